/// Recognition of containers by their own bytes. Names and declared types are the caller's affair.
///
/// libarchive's own guessing is not used: it bids all formats against each other, so one file could be read as
/// another format than the one we say it has.
extension ArchiveFormat {
    /// The format that starts at the first byte, or nil. Looks at 65 KiB, and the last sector, at most.
    ///
    /// A container behind other bytes (a self-extracting program, a zip with a prefix) is not found here: see
    /// `detectEmbedded(in:)`.
    public static func detect(_ bytes: UnsafeRawBufferPointer) -> ArchiveFormat? {
        for (format, offset, magic) in signatures where bytes.holds(magic, at: offset) {
            return format
        }
        if isCompressedStream(bytes, format: .gzip) { return .gzip }
        if isBzip2(bytes) { return .bzip2 }
        if isZstd(bytes) { return .zstd }
        if isCompressedStream(bytes, format: .compress) { return .compress }
        if isLHA(bytes) { return .lha }
        if isTar(bytes) { return .tar }
        if let (disk, _) = disks.first(where: { $0.1(bytes) }) { return disk }
        if isBinaryCPIO(bytes) { return .cpio }
        if isARJ(bytes) { return .arj }
        if isLZMA(bytes) { return .lzma }
        return nil
    }

    /// The format that starts at the first byte, or nil.
    public static func detect(_ bytes: [UInt8]) -> ArchiveFormat? {
        bytes.withUnsafeBytes { detect($0) }
    }

    /// A container that stands behind other bytes: a zip found by the record at its end.
    ///
    /// Programs that open zips look from the end, so a zip behind a picture or a program is still a zip to them.
    /// For the other formats see `EmbeddedArchive`.
    public static func detectEmbedded(in bytes: UnsafeRawBufferPointer) -> ArchiveFormat? {
        guard let end = ZipEnd.find(in: bytes), end.entryCount > 0, end.directoryFits else { return nil }
        return .zip
    }

    /// A container that stands behind other bytes: a zip found by the record at its end.
    public static func detectEmbedded(in bytes: [UInt8]) -> ArchiveFormat? {
        bytes.withUnsafeBytes { detectEmbedded(in: $0) }
    }

    /// Signatures that decide alone: long enough, or at a place, that no text has them by chance.
    private static let signatures: [(ArchiveFormat, Int, [UInt8])] = [
        (.zip, 0, [0x50, 0x4B, 0x03, 0x04]),
        (.zip, 0, [0x50, 0x4B, 0x05, 0x06]),
        (.zip, 0, [0x50, 0x4B, 0x07, 0x08, 0x50, 0x4B]),
        (.zip, 0, [0x50, 0x4B, 0x30, 0x30, 0x50, 0x4B]),
        (.sevenZip, 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        (.rar5, 0, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]),
        (.rar, 0, [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00]),
        (.cab, 0, [0x4D, 0x53, 0x43, 0x46, 0, 0, 0, 0]),
        (.ar, 0, Array("!<arch>\n".utf8)),
        (.cpio, 0, Array("070701".utf8)),
        (.cpio, 0, Array("070702".utf8)),
        (.cpio, 0, Array("070707".utf8)),
        (.xar, 0, Array("xar!".utf8)),
        (.rpm, 0, [0xED, 0xAB, 0xEE, 0xDB]),
        (.ace, 7, Array("**ACE**".utf8)),
        (.vhdx, 0, Array("vhdxfile".utf8)),
        (.wim, 0, Array("MSWIM\0\0\0".utf8)),
        // The kind that is written to a pipe.
        (.wim, 0, Array("WLPWM\0\0\0".utf8)),
        (.chm, 0, Array("ITSF".utf8)),
        (.xz, 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        (.lz4, 0, [0x04, 0x22, 0x4D, 0x18]),
        (.lz4, 0, [0x02, 0x21, 0x4C, 0x18]),
        (.lzip, 0, Array("LZIP".utf8) + [0x01]),
        (.lzop, 0, [0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A]),
        (.lrzip, 0, Array("LRZI\0".utf8)),
    ]

    private static func isCompressedStream(_ bytes: UnsafeRawBufferPointer, format: ArchiveFormat) -> Bool {
        switch format {
        case .gzip:
            // RFC 1952: method 8 is the only one; the three high flag bits are reserved and must be zero.
            bytes.holds([0x1F, 0x8B, 0x08], at: 0) && bytes.count > 3 && bytes[3] & 0xE0 == 0
        case .compress:
            // Bits 5 and 6 of the third byte are reserved; the code width is 9 to 16 bits.
            bytes.holds([0x1F, 0x9D], at: 0) && bytes.count > 2 && bytes[2] & 0x60 == 0
                && (9...16).contains(bytes[2] & 0x1F)
        default: false
        }
    }

    private static func isBzip2(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.holds(Array("BZh".utf8), at: 0) && bytes.count > 9 && (0x31...0x39).contains(bytes[3])
            && (bytes.holds([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], at: 4)
                || bytes.holds([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], at: 4))
    }

    private static func isZstd(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.holds([0x28, 0xB5, 0x2F, 0xFD], at: 0) { return true }
        // A skippable frame (RFC 8878, 3.1.2) counts only if a frame follows it.
        guard bytes.count >= 8, bytes[0] & 0xF0 == 0x50, bytes.holds([0x2A, 0x4D, 0x18], at: 1) else { return false }
        return bytes.holds([0x28, 0xB5, 0x2F, 0xFD], at: 8 + Int(bytes.uint32(at: 4)))
    }

    private static func isLHA(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 21, bytes[2] == 0x2D, bytes[6] == 0x2D, bytes[20] <= 3 else { return false }
        switch (bytes[3], bytes[4]) {
        case (UInt8(ascii: "l"), UInt8(ascii: "h")), (UInt8(ascii: "l"), UInt8(ascii: "z")),
            (UInt8(ascii: "p"), UInt8(ascii: "m")):
            return true
        default: return false
        }
    }

    /// A tar header carries the sum of its own bytes: the one check that old tars without "ustar" pass too.
    private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 512 else { return false }
        var unsigned = 0
        var signed = 0
        for offset in 0..<512 {
            let byte = (148..<156).contains(offset) ? 0x20 : bytes[offset]
            unsigned += Int(byte)
            signed += Int(Int8(bitPattern: byte))
        }
        // Eight blanks: an empty header, which is the end mark and starts no archive.
        guard unsigned != 8 * 0x20 else { return false }
        var stored = 0
        var digits = 0
        for offset in 148..<156 {
            let byte = bytes[offset]
            if (0x30...0x37).contains(byte) {
                stored = stored * 8 + Int(byte - 0x30)
                digits += 1
            } else if byte != 0x20 || digits > 0 {
                break
            }
        }
        return digits > 0 && (stored == unsigned || stored == signed)
    }

    /// Two bytes are a weak sign: the name's length and its closing zero must agree too.
    private static func isBinaryCPIO(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 27 else { return false }
        let length: Int
        if bytes.holds([0xC7, 0x71], at: 0) {
            length = Int(bytes[20]) | Int(bytes[21]) << 8
        } else if bytes.holds([0x71, 0xC7], at: 0) {
            length = Int(bytes[20]) << 8 | Int(bytes[21])
        } else {
            return false
        }
        let end = 26 + length - 1
        return length > 1 && end < bytes.count && bytes[end] == 0 && bytes[end - 1] != 0
    }

    private static func isARJ(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.holds([0x60, 0xEA], at: 0), bytes.count > 10 else { return false }
        let headerSize = Int(bytes[2]) | Int(bytes[3]) << 8
        return (30...2_600).contains(headerSize) && bytes[4] >= 30 && Int(bytes[4]) <= headerSize && bytes[10] == 2
    }

    /// The old .lzma has no signature: properties below 225, a dictionary of 2^n or 2^n + 2^(n-1), a sane size.
    private static func isLZMA(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 14, bytes[0] < 225, bytes[13] == 0 else { return false }
        let dictionary = bytes.uint32(at: 1)
        let isUsual = (12...30).contains { dictionary == 1 << $0 || dictionary == (1 << $0) + (1 << ($0 - 1)) }
        let low = UInt64(bytes.uint32(at: 5))
        let high = UInt64(bytes.uint32(at: 9))
        let size = high << 32 | low
        return isUsual && (size == .max || (size > 0 && size < 1 << 38))
    }
}

extension UnsafeRawBufferPointer {
    /// Whether `magic` stands at `offset`.
    func holds(_ magic: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset <= count, count - offset >= magic.count else { return false }
        for index in magic.indices where self[offset + index] != magic[index] { return false }
        return true
    }

    /// The little-endian number at `offset`; 0 beyond the end.
    func uint32(at offset: Int) -> UInt32 {
        guard offset >= 0, count >= 4, offset <= count - 4 else { return 0 }
        return loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
    }

    /// The little-endian number at `offset`; 0 beyond the end.
    func uint16(at offset: Int) -> UInt16 {
        guard offset >= 0, count >= 2, offset <= count - 2 else { return 0 }
        return loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian
    }
}
