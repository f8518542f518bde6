/// The record at the end of a zip file, which says where its central directory lies (APPNOTE 4.3.16).
struct ZipEnd {
    static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    static let byteCount = 22

    /// Where the record starts.
    let offset: Int
    /// How many entries it declares, modulo 65,536.
    let entryCount: Int
    /// The size of the central directory; 0xFFFFFFFF where a zip64 record has the real one.
    let directorySize: Int
    /// Where it says the directory starts.
    let directoryOffset: Int
    /// Whether the comment, which ends the file, reaches beyond its end.
    let isCut: Bool
    /// Where the comment ends.
    let end: Int
    /// Whether the zip says that it is one of several volumes.
    let isVolume: Bool

    init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard offset >= 0, offset <= bytes.count - Self.byteCount, bytes.holds(Self.signature, at: offset) else {
            return nil
        }
        let last = offset + Self.byteCount + Int(bytes.uint16(at: offset + 20))
        let disk = bytes.uint16(at: offset + 4)
        self.offset = offset
        entryCount = Int(bytes.uint16(at: offset + 10))
        directorySize = Int(bytes.uint32(at: offset + 12))
        directoryOffset = Int(bytes.uint32(at: offset + 16))
        isCut = last > bytes.count
        end = min(last, bytes.count)
        isVolume = disk != 0 && disk != 0xFFFF
    }

    /// Whether the directory can lie before the record, as it must.
    var directoryFits: Bool { directorySize == 0xFFFF_FFFF || directorySize <= offset }

    /// The last such record whose comment reaches no further than the end, or failing that the last one at all.
    static func find(in bytes: UnsafeRawBufferPointer) -> ZipEnd? {
        guard bytes.count >= byteCount else { return nil }
        var offset = bytes.count - byteCount
        let lowest = max(0, bytes.count - ArchiveLimits.zipEndDistance)
        var loose: ZipEnd?
        while offset >= lowest {
            if bytes[offset] == 0x50, let end = ZipEnd(bytes, at: offset) {
                if end.offset + byteCount + Int(bytes.uint16(at: offset + 20)) == bytes.count { return end }
                loose = loose ?? end
            }
            offset -= 1
        }
        return loose
    }

    /// Where the first local header stands: past the program or picture that comes before it, if any.
    static func firstLocalHeader(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= ZipRecord.localBytes else { return nil }
        for offset in 0...(bytes.count - ZipRecord.localBytes) where bytes[offset] == 0x50 {
            if bytes.holds(ZipRecord.localSignature, at: offset) { return offset }
        }
        return nil
    }
}

/// What an end record leads to: its directory, by each way of finding it.
struct ZipDirectoryPlace: Hashable {
    /// Where directory records start.
    let start: Int
    /// What is added to a declared position to get the one in the file: the size of what was put before the zip.
    let shift: Int
    /// How many entries are declared; nil where the number says only that another record has it.
    let entryCount: Int?
    /// The size that is declared.
    let size: Int

    /// The places at which programs look, the most usual first: by the sizes of what lies between directory and end, by the
    /// position that is declared, with and without a zip64 record (APPNOTE 4.3.14 and 4.3.15). Only those where a
    /// directory record stands.
    static func all(of end: ZipEnd, in bytes: UnsafeRawBufferPointer) -> [ZipDirectoryPlace] {
        var places: [ZipDirectoryPlace] = []
        for record in farRecords(of: end, in: bytes) {
            let size = bytes.uint64(at: record + 40)
            places += choices(
                endingAt: record, size: size, offset: bytes.uint64(at: record + 48), bytes.uint64(at: record + 32))
        }
        let isFar = end.directorySize == 0xFFFF_FFFF || end.directoryOffset == 0xFFFF_FFFF
        if !isFar || places.isEmpty {
            let isCountFar = end.entryCount == 0xFFFF && !places.isEmpty
            places += choices(
                endingAt: end.offset, size: end.directorySize, offset: end.directoryOffset,
                isCountFar ? nil : end.entryCount)
        }
        var seen: Set<Int> = []
        return places.filter {
            bytes.holds(ZipRecord.directorySignature, at: $0.start) && seen.insert($0.start).inserted
        }
    }

    private static func choices(
        endingAt end: Int, size: Int, offset: Int, _ count: Int?
    ) -> [ZipDirectoryPlace] {
        var places: [ZipDirectoryPlace] = []
        if size <= end {
            let shift = offset == 0xFFFF_FFFF ? 0 : end - size - offset
            places.append(.init(start: end - size, shift: shift, entryCount: count, size: size))
        }
        if offset < end { places.append(.init(start: offset, shift: 0, entryCount: count, size: size)) }
        return places
    }

    /// The zip64 records that an end record may mean: where its locator leads, and right before the locator.
    private static func farRecords(of end: ZipEnd, in bytes: UnsafeRawBufferPointer) -> [Int] {
        let locator = end.offset - 20
        guard bytes.holds([0x50, 0x4B, 0x06, 0x07], at: locator) else { return [] }
        return [locator - 56, bytes.uint64(at: locator + 8)].filter {
            $0 >= 0 && bytes.holds([0x50, 0x4B, 0x06, 0x06], at: $0) && $0 + 56 <= bytes.count
        }
    }
}
