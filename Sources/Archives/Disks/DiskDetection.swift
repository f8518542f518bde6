/// Disks in one file are known by marks far behind the first byte, so that a file may be one beside being something
/// else: what starts a picture or a page may be mounted as a disk all the same.
extension ArchiveFormat {
    /// The format that starts at the first byte, if one does, and every kind of disk that the file could be mounted as.
    public static func all(in bytes: UnsafeRawBufferPointer) -> [ArchiveFormat] {
        var found = detect(bytes).map { [$0] } ?? []
        for (format, isRight) in disks where !found.contains(format) && isRight(bytes) {
            // A VHD of fixed size is a raw disk with a record behind it: one disk, not two.
            if format != .img || !VirtualDisk.isFixed(bytes) { found.append(format) }
        }
        return found
    }

    /// The format that starts at the first byte, if one does, and every kind of disk that the file could be mounted as.
    public static func all(in bytes: [UInt8]) -> [ArchiveFormat] {
        bytes.withUnsafeBytes { all(in: $0) }
    }

    /// Whether the format leaves the first bytes of a file to others.
    public var leavesFirstBytes: Bool { [.iso9660, .vhd, .img].contains(self) }

    static let disks: [(ArchiveFormat, @Sendable (UnsafeRawBufferPointer) -> Bool)] = [
        (.iso9660, { SectorForm.of($0) != nil }), (.vhd, { VirtualDisk.isOne($0) }), (.img, { isRawDisk($0) }),
    ]

    /// A disk without anything around it: a file system from its first sector on, or partitions.
    private static func isRawDisk(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 512 else { return false }
        let disk = DiskSource(bytes)
        if let system = FileSystem.of(disk), system != .optical { return true }
        return PartitionTable.isIn(disk)
    }
}

/// How the 2,048 bytes of a sector of an optical disk lie in a file: alone, or with what the drive reads around them.
struct SectorForm: Hashable {
    let bytes: Int
    /// Bytes before those that count.
    let head: Int

    private static let all = [
        SectorForm(bytes: 2_048, head: 0), SectorForm(bytes: 2_352, head: 16), SectorForm(bytes: 2_352, head: 24),
        SectorForm(bytes: 2_336, head: 8), SectorForm(bytes: 2_448, head: 16), SectorForm(bytes: 2_448, head: 24),
    ]

    /// Of the descriptors that can stand first: those of ISO 9660, and of UDF the boot and the volume's own, which some
    /// systems do not ask to stand behind a beginning (ECMA-167, 2/9).
    static let signs = ["CD001", "BEA01", "BOOT2", "CDW02", "NSR01", "NSR02", "NSR03"].map { Array($0.utf8) }

    /// The form of a disk with ISO 9660 or UDF, by the first of the descriptors in its seventeenth sector.
    static func of(_ bytes: UnsafeRawBufferPointer) -> SectorForm? {
        all.first { form in
            let place = 16 * form.bytes + form.head + 1
            return signs.contains { bytes.holds($0, at: place) }
        }
    }

    var isPlain: Bool { head == 0 }

    /// The sectors alone.
    func unwrapped(_ file: UnsafeRawBufferPointer) -> [UInt8] {
        var found: [UInt8] = []
        found.reserveCapacity(file.count / bytes * 2_048)
        for start in stride(from: head, through: max(0, file.count - 2_048), by: bytes) {
            found.append(contentsOf: file[start..<(start + 2_048)])
        }
        return found
    }
}
