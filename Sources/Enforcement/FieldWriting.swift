import Vocabulary

/// Values of header fields, in ASCII and on lines that RFC 5322 and RFC 2047 allow. Nothing that is handed in can end a
/// field or begin another.
enum FieldWriting {
    /// A line with an encoded word has at most 76 characters (RFC 2047, section 2).
    private static let lineBytes = 76

    /// `Name: text`, in encoded words where the text is not plain ASCII or needs more than a line. The text is one line.
    static func unstructured(_ name: String, _ text: String, isAlwaysEncoded: Bool = false) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        if isPlain, !isAlwaysEncoded, name.utf8.count + 2 + text.utf8.count <= lineBytes { return "\(name): \(text)" }
        var lines: [String] = []
        var word: [UInt8] = []
        var room = Self.room(behind: name.utf8.count + 2)
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > room {
                lines.append(encodedWord(word))
                word = []
                room = Self.room(behind: 1)
            }
            word += bytes
        }
        lines.append(encodedWord(word))
        return "\(name): " + lines.joined(separator: "\r\n ")
    }

    /// Bytes that a word may encode on a line that has so many characters already.
    private static func room(behind used: Int) -> Int {
        (lineBytes - used - encodedWord([]).utf8.count) / 4 * 3
    }

    private static func encodedWord(_ bytes: [UInt8]) -> String {
        "=?UTF-8?B?" + BodyEncoding.base64(bytes) + "?="
    }

    /// An address as a field and SMTP have it; `nil` for one that neither can: its local part is not ASCII, or nothing
    /// that RFC 5321 calls one, or its domain is none.
    static func mailbox(_ address: Address) -> String? {
        guard let domain = address.domain.ascii else { return nil }
        let local = address.local.utf8
        guard (1...64).contains(local.count), isDotString(local) || isQuoted(local) else { return nil }
        return address.local.string + "@" + domain
    }

    private static func isDotString(_ local: [UInt8]) -> Bool {
        local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy(isOfAtom)
        }
    }

    /// Characters of an atom (RFC 5322, section 3.2.3).
    static func isOfAtom(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isQuoted(_ local: [UInt8]) -> Bool {
        guard local.count > 2, local.first == UInt8(ascii: "\""), local.last == UInt8(ascii: "\"") else { return false }
        var isEscaped = false
        for byte in local.dropFirst().dropLast() {
            guard (0x20...0x7E).contains(byte), isEscaped || byte != UInt8(ascii: "\"") else { return false }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return !isEscaped
    }

    /// A message identifier that a field may repeat, in its brackets; `nil` for anything that is none.
    static func messageID(_ text: String) -> String? {
        let sides = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 250, sides.count == 2, !sides.contains(where: \.isEmpty),
            sides.allSatisfy({ $0.allSatisfy { isOfAtom($0) || ".[]:".utf8.contains($0) } })
        else { return nil }
        return "<\(text)>"
    }

    /// A date-time of RFC 5322, in UTC.
    static func date(_ seconds: Int64) -> String {
        let time = CivilTime(secondsSince1970: seconds)
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400 % 7 + 7) % 7
        func digits(_ number: Int64, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(days[day]), \(time.day) \(months[Int(time.month) - 1]) \(digits(time.year, 4)) "
            + "\(digits(time.hour, 2)):\(digits(time.minute, 2)):\(digits(time.second, 2)) +0000"
    }
}
