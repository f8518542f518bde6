/// The names in a zip, without decoding anything: cheap enough to ask of every zip what it is.
public enum ZipDirectory {
    private static let local: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let central: [UInt8] = [0x50, 0x4B, 0x01, 0x02]

    /// The first `limit` names of the central directory, as stored; of the local headers if there is none.
    ///
    /// Headers are followed by position and not searched for: the content of an uncompressed entry may itself be a
    /// zip, whose names say nothing about this one.
    public static func names(in bytes: UnsafeRawBufferPointer, limit: Int) -> [String] {
        if let end = ZipEnd.find(in: bytes), end.directorySize <= end.offset {
            // The record's own offset is wrong where bytes were put before the zip; its distance from the end is not.
            let names = walk(bytes, from: end.offset - end.directorySize, isLocal: false, limit: limit)
            if !names.isEmpty { return names }
        }
        guard let start = ZipEnd.firstLocalHeader(in: bytes) else { return [] }
        return walk(bytes, from: start, isLocal: true, limit: limit)
    }

    private static func walk(
        _ bytes: UnsafeRawBufferPointer, from start: Int, isLocal: Bool, limit: Int
    ) -> [String] {
        let signature = isLocal ? local : central
        let fixedSize = isLocal ? 30 : 46
        var names: [String] = []
        var offset = start
        while names.count < limit, bytes.holds(signature, at: offset), offset + fixedSize <= bytes.count {
            let nameSize = Int(bytes.uint16(at: offset + (isLocal ? 26 : 28)))
            let extraSize = Int(bytes.uint16(at: offset + (isLocal ? 28 : 30)))
            let nameEnd = min(offset + fixedSize + nameSize, bytes.count)
            names.append(String(decoding: bytes[(offset + fixedSize)..<nameEnd], as: UTF8.self))
            let next = offset + fixedSize + nameSize + extraSize
            if isLocal {
                // With flag 3 the size stands behind the data, so the next header can't be reached by position.
                guard bytes.uint16(at: offset + 6) & 8 == 0 else { break }
                offset = next + Int(bytes.uint32(at: offset + 18))
            } else {
                offset = next + Int(bytes.uint16(at: offset + 32))
            }
        }
        return names
    }
}
