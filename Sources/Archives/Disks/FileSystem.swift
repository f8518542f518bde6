/// The kinds of file system that a disk, or a part of one, can be seen to hold.
enum FileSystem: Hashable {
    case fat
    case exFAT
    case ntfs
    /// ISO 9660 or UDF.
    case optical
    /// One that is not read here.
    case other(String)

    /// What starts at the first byte of `disk`; nil if nothing that is known does.
    ///
    /// FAT has no mark of its own: systems differ in what they ask of its first sector, and whatever one of them mounts
    /// counts. None asks for the jump and the closing 55 AA at once.
    static func of(_ disk: DiskSource) -> FileSystem? {
        for (mark, offset, kind) in marks where disk.holds(mark, at: offset) { return kind }
        if disk.little(at: 1_080, bytes: 2) == 0xEF53, disk.little(at: 1_048, bytes: 4) <= 6 { return .other("ext") }
        if disk.holds(Array("BD".utf8), at: 1_024), disk.little(at: 1_046, bytes: 2) & 0xFF01 == 0,
            (1...27).contains(disk.byte(at: 1_060))
        {
            return .other("HFS")
        }
        // A disk of this kind says nothing of its first 32 KiB, so that it can be one of FAT besides.
        if FatGeometry(disk) != nil { return .fat }
        if SectorForm.signs.contains(where: { disk.holds($0, at: 32_769) }) { return .optical }
        return reserve(disk)
    }

    private static let ntfsMark = Array("NTFS    ".utf8)
    private static let exFATMark = Array("EXFAT   ".utf8)

    private static let marks: [([UInt8], Int, FileSystem)] = [
        (ntfsMark, 3, .ntfs), (exFATMark, 3, .exFAT), (Array("ReFS\0\0\0\0".utf8), 3, .other("ReFS")),
        (Array("-FVE-FS-".utf8), 3, .other("BitLocker")), (Array("NXSB".utf8), 32, .other("APFS")),
        (Array("H+\0\u{4}".utf8), 1_024, .other("HFS Plus")), (Array("HX\0\u{5}".utf8), 1_024, .other("HFS Plus")),
        (Array("XFSB\0".utf8), 0, .other("XFS")), ([0x4C, 0x55, 0x4B, 0x53, 0xBA, 0xBE], 0, .other("LUKS")),
        (Array("_BHRfS_M".utf8), 65_600, .other("Btrfs")), ([0x10, 0x20, 0xF5, 0xF2], 1_024, .other("F2FS")),
        (Array("CDROM".utf8), 32_777, .other("High Sierra")),
    ]

    /// Second copies of a first sector, which readers take where the first one is broken.
    private static func reserve(_ disk: DiskSource) -> FileSystem? {
        if let copy = disk.part(from: FatGeometry.reserveSector * 512, count: disk.count),
            FatGeometry(copy)?.bits == 32
        {
            return .fat
        }
        if disk.holds(exFATMark, at: 12 * 512 + 3) { return .exFAT }
        return disk.count >= 1_024 && disk.holds(ntfsMark, at: disk.count / 512 * 512 - 512 + 3) ? .ntfs : nil
    }
}
