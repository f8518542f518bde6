/// The record at the end of a zip file, which says where its central directory lies.
struct ZipEnd {
    /// Where the record starts.
    let offset: Int
    /// How many entries it declares, modulo 65,536.
    let entryCount: Int
    /// The size of the central directory; 0xFFFFFFFF where a zip64 record has the real one.
    let directorySize: Int

    /// Whether the comment, which ends the file, reaches beyond its end.
    let isCut: Bool

    /// Whether the directory can lie before the record, as it must.
    var directoryFits: Bool { directorySize == 0xFFFF_FFFF || directorySize <= offset }

    /// The last such record whose comment reaches no further than the end, or failing that the last one at all.
    static func find(in bytes: UnsafeRawBufferPointer) -> ZipEnd? {
        guard bytes.count >= 22 else { return nil }
        var offset = bytes.count - 22
        let lowest = max(0, bytes.count - ArchiveLimits.zipEndDistance)
        var loose: ZipEnd?
        while offset >= lowest {
            if bytes[offset] == 0x50, bytes.holds([0x50, 0x4B, 0x05, 0x06], at: offset) {
                let last = offset + 22 + Int(bytes.uint16(at: offset + 20))
                let end = ZipEnd(
                    offset: offset, entryCount: Int(bytes.uint16(at: offset + 10)),
                    directorySize: Int(bytes.uint32(at: offset + 12)), isCut: last > bytes.count)
                if last == bytes.count { return end }
                loose = loose ?? end
            }
            offset -= 1
        }
        return loose
    }

    /// Where the first local header stands: past the program or picture that comes before it, if any.
    static func firstLocalHeader(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= 30 else { return nil }
        for offset in 0...(bytes.count - 30) where bytes[offset] == 0x50 {
            if bytes.holds([0x50, 0x4B, 0x03, 0x04], at: offset) { return offset }
        }
        return nil
    }
}
