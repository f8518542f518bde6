/// Compressed streams that hold no byte, told by their own framing.
///
/// libarchive can't tell them from streams that are cut before their first byte of content.
enum EmptyStream {
    /// Whether the stream is whole and empty.
    static func holdsNothing(_ bytes: UnsafeRawBufferPointer, _ format: ArchiveFormat) -> Bool {
        switch format {
        case .bzip2: return bytes.count == 14 && bytes.holds([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4)
        // Stream header, an index without records, stream footer (xz file format, 2.1 and 4).
        case .xz: return bytes.count == 32 && bytes.holds([0x00, 0x00], at: 12) && bytes.holds([0x59, 0x5A], at: 30)
        // The member size and the data size stand in the trailer.
        case .lzip: return bytes.count == 36 && bytes[20..<28].allSatisfy { $0 == 0 }
        // A frame descriptor of 3 to 15 bytes, then the end mark, perhaps with the checksum of nothing.
        case .lz4:
            return (11...27).contains(bytes.count)
                && (bytes.holds([0, 0, 0, 0], at: bytes.count - 4)
                    || bytes.holds([0, 0, 0, 0, 0x05, 0x5D, 0xCC, 0x02], at: bytes.count - 8))
        // A last raw block of size 0 (RFC 8878, 3.1.1.2), perhaps with the checksum of nothing.
        case .zstd:
            return (8...22).contains(bytes.count)
                && (bytes.holds([0x01, 0, 0], at: bytes.count - 3) || bytes.holds([0x01, 0, 0], at: bytes.count - 7))
        default: return false
        }
    }
}
