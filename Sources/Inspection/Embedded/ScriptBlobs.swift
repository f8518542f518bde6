import Vocabulary

/// Files that a page's script would put together and offer as a download ("smuggling"): long texts in base64 or
/// hexadecimal digits, in pieces or whole, lists of numbers, and escapes.
///
/// Looks only at how they are written; what is decoded counts if its first bytes are those of a file that a mail filter
/// would look into. One pass for each way of writing.
enum ScriptBlobs {
    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        let before = found.files.count
        takeDigits(bytes, &found)
        takeNumbers(bytes, &found)
        takeEscapes(bytes, &found)
        guard found.files.count > before else { return }
        found.note("smuggled-file", "a file is written into a script or page as text")
    }

    // MARK: Base64 and hexadecimal digits

    /// What may stand between the pieces of one text: quotes, plus signs, commas, blanks, ends of lines.
    private static func joins(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","),
            UInt8(ascii: "\\"), UInt8(ascii: "="):
            true
        default: false
        }
    }

    private static func takeDigits(_ bytes: [UInt8], _ found: inout EmbeddedFiles) {
        var place = 0
        while let run = Base64Text.run(of: InspectionLimits.blobPieceBytes, in: bytes, from: place) {
            let (start, end) = (run.lowerBound, run.upperBound)
            place = end
            guard hasFileStart(bytes[start..<end]) else { continue }
            var text = Array(bytes[start..<end])
            var next = end
            while next < bytes.count, joins(bytes[next]) || Base64Text.isDigit(bytes[next]) {
                // A plus between two quotes joins; within a text it is a digit.
                if Base64Text.isDigit(bytes[next]), !isBetweenQuotes(bytes, next) { text.append(bytes[next]) }
                next += 1
            }
            place = next
            guard !found.isFull else { return found.missing.formUnion(.overLimit) }
            add(text, &found)
        }
    }

    private static func isBetweenQuotes(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard bytes[place] == UInt8(ascii: "+") else { return false }
        func isQuoteOrBlank(_ byte: UInt8) -> Bool {
            byte <= 0x20 || [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(byte)
        }
        return isQuoteOrBlank(bytes[place - 1]) || (place + 1 < bytes.count && isQuoteOrBlank(bytes[place + 1]))
    }

    /// Whether the first digits are those of a file, so that most long words are passed over at no cost.
    private static func hasFileStart(_ text: ArraySlice<UInt8>) -> Bool {
        let head = text.prefix(32)
        return isFile(Base64Text.decoded(head, limit: 32).bytes) || isFile(hexadecimal(head))
    }

    private static func add(_ text: [UInt8], _ found: inout EmbeddedFiles) {
        let isHexadecimal = isFile(hexadecimal(text.prefix(32)[...]))
        let bytes =
            isHexadecimal ? hexadecimal(text[...]) : Base64Text.decoded(text[...], limit: found.room).bytes
        // Nothing but zeros in front is a disk image, and those are large.
        guard bytes.prefix(4).contains(where: { $0 != 0 }) || bytes.count > 32_768 else { return }
        found.addNew(bytes)
    }

    /// Empty where something else than digits stands.
    private static func hexadecimal(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2)
        var upper: UInt8?
        for byte in text {
            guard let digit = HexDigit.value(byte) else { return [] }
            if let high = upper {
                bytes.append(high << 4 | digit)
                upper = nil
            } else {
                upper = digit
            }
        }
        return bytes
    }

    // MARK: Numbers and escapes

    /// The next bracket that a number follows.
    private static func nextOpening(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBufferPointer { text in
            var place = start
            while place + 1 < text.count {
                if text[place] == UInt8(ascii: "[") || text[place] == UInt8(ascii: "("),
                    text[place + 1] <= 0x20 || (0x30...0x39).contains(text[place + 1])
                {
                    return place
                }
                place += 1
            }
            return nil
        }
    }

    /// `[77, 90, 0x90, …]`
    private static func takeNumbers(_ bytes: [UInt8], _ found: inout EmbeddedFiles) {
        var place = 0
        while let open = nextOpening(bytes, from: place) {
            place = open + 1
            var list: [UInt8] = []
            var number: Int?
            var isHex = false
            while place < bytes.count {
                let byte = bytes[place]
                if let digit = HexDigit.value(byte), isHex || digit < 10 && byte < 0x3A {
                    number = min((number ?? 0) * (isHex ? 16 : 10) + Int(digit), 256)
                } else if byte | 0x20 == UInt8(ascii: "x"), number == 0 {
                    isHex = true
                } else if byte == UInt8(ascii: ",") {
                    guard let value = number, value < 256 else { break }
                    list.append(UInt8(value))
                    number = nil
                    isHex = false
                } else if byte > 0x20 {
                    break
                }
                place += 1
            }
            if let value = number, value < 256 { list.append(UInt8(value)) }
            guard list.count >= InspectionLimits.blobPieceBytes, isFile(list) else { continue }
            guard !found.isFull else { return found.missing.formUnion(.overLimit) }
            found.addNew(list)
        }
    }

    /// `\x4d\x5a…` and `%4d%5a…`
    private static func takeEscapes(_ bytes: [UInt8], _ found: inout EmbeddedFiles) {
        for (sign, length) in [(UInt8(ascii: "\\"), 4), (UInt8(ascii: "%"), 3)] {
            var place = 0
            while let start = bytes.withUnsafeBufferPointer({ $0.next(sign, from: place) }) {
                place = start
                var list: [UInt8] = []
                while place + length <= bytes.count, bytes[place] == sign,
                    length == 3 || bytes[place + 1] | 0x20 == UInt8(ascii: "x"),
                    let upper = HexDigit.value(bytes[place + length - 2]),
                    let lower = HexDigit.value(bytes[place + length - 1])
                {
                    list.append(upper << 4 | lower)
                    place += length
                }
                place = max(place, start + 1)
                guard list.count >= InspectionLimits.blobPieceBytes, isFile(list) else { continue }
                guard !found.isFull else { return found.missing.formUnion(.overLimit) }
                found.addNew(list)
            }
        }
    }

    /// The first bytes of archives, programs, documents, images of disks, shortcuts and pages.
    private static let starts: [[UInt8]] = [
        [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x4D, 0x5A], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7A, 0xBC, 0xAF],
        [0x1F, 0x8B, 8], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58], [0x4D, 0x53, 0x43, 0x46],
        [0xD0, 0xCF, 0x11, 0xE0], Array("%PDF".utf8), Array("{\\rt".utf8), [0x4C, 0, 0, 0, 1, 0x14],
        [0x7F, 0x45, 0x4C, 0x46],
        [0xE4, 0x52, 0x5C, 0x7B], Array("ITSF".utf8), Array("<html".utf8), Array("<HTML".utf8), Array("<!DOCTYPE".utf8),
        Array("<!doctype".utf8), Array("<script".utf8), Array("<svg".utf8), Array("<?xml".utf8), [0, 0x61, 0x73, 0x6D],
        Array("conectix".utf8), Array("X5O!P%@AP".utf8),
    ]

    /// A disk image starts with nothing for 32 KiB; so does no picture or font.
    private static func isFile(_ bytes: [UInt8]) -> Bool {
        starts.contains { bytes.starts(with: $0) } || (bytes.count >= 16 && bytes.prefix(16).allSatisfy { $0 == 0 })
    }
}
