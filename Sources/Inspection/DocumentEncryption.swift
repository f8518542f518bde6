/// Signs that a document can only be opened with a password.
enum DocumentEncryption {
    /// An OLE2 file that holds `EncryptedPackage`: an OOXML document under a password ([MS-OFFCRYPTO] 2.3.4.4).
    ///
    /// Directory entries are UTF-16LE names at multiples of 128 bytes; the whole file is searched because the
    /// directory may lie anywhere.
    static func isEncryptedOLE(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
            && hasDirectoryEntry(named: "EncryptedPackage", in: bytes)
    }

    /// A PDF whose trailer or cross-reference stream names an encryption dictionary (ISO 32000-1, 7.6.1).
    static func isEncryptedPDF(_ bytes: [UInt8]) -> Bool {
        contains(Array("/Encrypt".utf8), in: bytes) { following in
            // `/Encrypt 12 0 R` or `/Encrypt <<`, but not `/EncryptMetadata`.
            following == 0x20 || following == 0x0a || following == 0x0d || following == 0x09
                || following == UInt8(ascii: "<")
        }
    }

    private static func hasDirectoryEntry(named name: String, in bytes: [UInt8]) -> Bool {
        let encoded = Array(name.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] })
        var offset = 512
        while offset + 128 <= bytes.count {
            if bytes[offset..<(offset + encoded.count)].elementsEqual(encoded) { return true }
            offset += 128
        }
        return false
    }

    private static func contains(_ sought: [UInt8], in bytes: [UInt8], followedBy isRight: (UInt8) -> Bool) -> Bool {
        guard let first = sought.first else { return false }
        var index = 0
        while index + sought.count < bytes.count {
            if bytes[index] == first, bytes[index..<(index + sought.count)].elementsEqual(sought),
                isRight(bytes[index + sought.count])
            {
                return true
            }
            index += 1
        }
        return false
    }
}
