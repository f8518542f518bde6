/// Signs that a document can only be opened with a password.
enum DocumentEncryption {
    /// A compound file that is locked: an OOXML document under a password ([MS-OFFCRYPTO] 2.3.4.4), or a Word, Excel or
    /// PowerPoint file of the old formats that says so in its own stream.
    ///
    /// Streams start at multiples of the sector size, small ones and directory entries at smaller powers of two, so the
    /// signs are looked for at those places and no chain of sectors is followed: a broken one changes nothing.
    static func isEncryptedOLE(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: CompoundSectors.signature) else { return false }
        return bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 512, to: bytes.count, by: 64) {
                if isLockedSlides(bytes, at: offset) { return true }
                if offset % 128 == 0, bytes.holds(packageName, at: offset) { return true }
                if offset % 512 == 0, isLockedText(bytes, at: offset) || isLockedSheet(bytes, at: offset) {
                    return true
                }
            }
            return false
        }
    }

    private static let packageName = Array("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })

    /// FibBase ([MS-DOC] 2.5.2): the mark of Word, and the flag fEncrypted, which also stands for the XOR method.
    private static func isLockedText(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        bytes.holds([0xEC, 0xA5], at: offset) && bytes.little(at: offset + 2, count: 2) >= 0x65
            && bytes.little(at: offset + 10, count: 2) & 0x0100 != 0
    }

    /// A workbook ([MS-XLS] 2.4.117): records from BOF on, of which FilePass is one of the first.
    private static func isLockedSheet(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        guard bytes.holds([0x09, 0x08], at: offset), (4...64).contains(bytes.little(at: offset + 2, count: 2)) else {
            return false
        }
        var place = offset
        for _ in 0..<16 {
            let type = bytes.little(at: place, count: 2)
            let length = bytes.little(at: place + 2, count: 2)
            if type == 0x002F { return true }
            guard type != 0x000A, length <= 8_224, place + 4 + length < bytes.count else { return false }
            place += 4 + length
        }
        return false
    }

    /// CurrentUserAtom ([MS-PPT] 2.3.2): the header token says whether the document is encrypted.
    private static func isLockedSlides(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        bytes.holds([0x00, 0x00, 0xF6, 0x0F], at: offset)
            && bytes.holds([0x14, 0, 0, 0, 0xDF, 0xC4, 0xD1, 0xF3], at: offset + 8)
    }

    /// A PDF that is encrypted, and that the empty password does not open (ISO 32000-1, 7.6.3.1), which every reader
    /// tries without asking: an owner's password alone keeps nobody from reading.
    static func isLockedPDF(_ bytes: [UInt8]) -> Bool {
        namesEncryption(bytes) && !bytes.withUnsafeBytes { PortableDocument($0).opening == .done }
    }

    /// Whether a trailer or cross-reference stream names an encryption dictionary (ISO 32000-1, 7.6.1).
    private static func namesEncryption(_ bytes: [UInt8]) -> Bool {
        var place = bytes.startIndex
        while let slash = bytes[place...].firstIndex(of: UInt8(ascii: "/")) {
            place = slash + 1
            if let end = endOfName("Encrypt", in: bytes, from: place), isDelimiter(bytes, at: end) { return true }
        }
        return false
    }

    /// The end of a name that may be written with escapes (`#45` for `E`), nil if another name stands there.
    private static func endOfName(_ name: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        for index in 0..<name.utf8CodeUnitCount {
            guard place < bytes.count else { return nil }
            var byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "#"), place + 2 <= bytes.count {
                guard let value = UInt8(String(decoding: bytes[place..<(place + 2)], as: UTF8.self), radix: 16) else {
                    return nil
                }
                byte = value
                place += 2
            }
            if byte != name.utf8Start[index] { return nil }
        }
        return place
    }

    /// `/Encrypt 12 0 R` or `/Encrypt<<`, but not `/EncryptMetadata`.
    private static func isDelimiter(_ bytes: [UInt8], at place: Int) -> Bool {
        place < bytes.count && (bytes[place] <= 0x20 || "<%/([".utf8.contains(bytes[place]))
    }
}
