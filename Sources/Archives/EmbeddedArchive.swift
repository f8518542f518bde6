import Glibc

/// A container that starts behind other bytes: a self-extracting program, an archive glued to a picture.
///
/// Programs that open archives look for them there: for a zip from the end, for RAR and 7z from the start, and
/// whoever names the file chooses the program.
public struct EmbeddedArchive: Sendable, Hashable {
    /// The container's format.
    public let format: ArchiveFormat
    /// Where it starts. A zip says so itself and is read from the file's first byte, which is 0.
    public let offset: Int

    /// The containers behind the first bytes, at most one of each format. Linear, with a search limit for all but zip.
    ///
    /// A signature alone proves nothing: unpackers carry those of the formats they read. What follows it must fit.
    public static func all(in bytes: UnsafeRawBufferPointer) -> [EmbeddedArchive] {
        var found: [EmbeddedArchive] = []
        if ArchiveFormat.detectEmbedded(in: bytes) != nil { found.append(EmbeddedArchive(format: .zip, offset: 0)) }
        for (format, magic) in sought {
            if let offset = first(magic, in: bytes, where: { isStart(of: format, in: bytes, at: $0) }) {
                found.append(EmbeddedArchive(format: format, offset: offset))
            }
        }
        return found
    }

    /// The containers behind the first bytes.
    public static func all(in bytes: [UInt8]) -> [EmbeddedArchive] {
        bytes.withUnsafeBytes { all(in: $0) }
    }

    /// Whether a zip's end record ends the file exactly, as one that was appended to another container's does.
    public static func endsAsZip(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let end = ZipEnd.find(in: bytes), end.entryCount > 0, end.directoryFits, !end.isCut else {
                return false
            }
            return end.offset + 22 + Int(bytes.uint16(at: end.offset + 20)) == bytes.count
                && bytes.holds([0x50, 0x4B, 0x01, 0x02], at: end.offset - end.directorySize)
        }
    }

    private static let sought: [(ArchiveFormat, [UInt8])] = [
        (.rar5, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]),
        (.rar, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00]),
        (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        (.cab, [0x4D, 0x53, 0x43, 0x46, 0, 0, 0, 0]),
    ]

    private static func first(
        _ magic: [UInt8], in bytes: UnsafeRawBufferPointer, where isRight: (Int) -> Bool
    ) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let end = min(bytes.count, ArchiveLimits.embeddedDistance + magic.count)
        var offset = 1
        while offset < end, let hit = memchr(base + offset, Int32(magic[0]), end - offset) {
            let place = UnsafeRawPointer(hit) - base
            if bytes.holds(magic, at: place), isRight(place) { return place }
            offset = place + 1
        }
        return nil
    }

    private static func isStart(of format: ArchiveFormat, in bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        switch format {
        // A main header or an encryption header comes first: type behind a CRC and a size of one byte.
        case .rar5:
            return offset + 14 <= bytes.count && (bytes[offset + 13] == 1 || bytes[offset + 13] == 4)
        case .rar: return offset + 10 <= bytes.count && bytes[offset + 9] == 0x73
        case .sevenZip:
            guard offset + 32 <= bytes.count else { return false }
            return bytes[offset + 6] == 0 && bytes.uint32(at: offset + 8) == crc32(bytes[(offset + 12)..<(offset + 32)])
        case .cab:
            let size = Int(bytes.uint32(at: offset + 8))
            return bytes.holds([3, 1], at: offset + 24) && size >= 36 && size <= bytes.count - offset
                && Int(bytes.uint32(at: offset + 16)) < size
        default: return false
        }
    }

    /// The CRC-32 of ISO 3309, over the few bytes of a 7z start header.
    private static func crc32(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = crc & 1 == 1
                crc >>= 1
                if isOdd { crc ^= 0xEDB8_8320 }
            }
        }
        return ~crc
    }
}
