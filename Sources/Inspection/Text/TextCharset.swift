import Message

/// The charset of a text that nothing declares: what the text says of itself, or the pattern of its zeros.
enum TextCharset {
    /// Bytes searched for a declaration, as browsers do (HTML, 13.2.3.2), and for zeros.
    private static let reach = 1_024

    /// The label by which a text is read: the declared one, unless its zeros say that it is UTF-16. A reader would see
    /// every second of its letters as nothing.
    static func label(of bytes: ArraySlice<UInt8>, declared: String?, isMarkup: Bool) -> String? {
        guard let declared else { return guess(bytes, isMarkup: isMarkup) }
        let name = declared.lowercased()
        return name.hasPrefix("utf-16") || !changesASCII(name) ? wide(bytes) ?? declared : declared
    }

    /// A text as UTF-8, where it is valid although it was decoded by another label: readers that look at the bytes
    /// rather than the label show it so.
    static func unlabelled(_ bytes: ArraySlice<UInt8>, _ decoded: Charset.Result) -> [UInt8]? {
        guard decoded.charset != "utf-8", !changesASCII(decoded.charset), bytes.contains(where: { $0 >= 0x80 }),
            String(validating: bytes, as: UTF8.self) != nil
        else { return nil }
        return Array(bytes)
    }

    /// A label, or nil where there is no sign.
    static func guess(_ bytes: ArraySlice<UInt8>, isMarkup: Bool) -> String? {
        wide(bytes) ?? (isMarkup ? named(bytes) : nil)
    }

    /// The charsets of which a text has escapes (RFC 1468, RFC 1557), which readers obey under any label.
    static func escaped(_ bytes: ArraySlice<UInt8>) -> [String] {
        guard bytes.contains(0x1B) else { return [] }
        let forms: [(String, [UInt8])] = [
            ("iso-2022-jp", [0x1B, 0x24]), ("iso-2022-jp", [0x1B, 0x28]), ("iso-2022-kr", [0x1B, 0x24, 0x29, 0x43]),
        ]
        var found: [String] = []
        for place in bytes.indices where bytes[place] == 0x1B && found.count < 2 {
            for (name, sign) in forms where !found.contains(name) && bytes[place...].starts(with: sign) {
                found.append(name)
            }
        }
        return found
    }

    /// The label that a page gives itself, where it is known.
    static func named(_ bytes: ArraySlice<UInt8>) -> String? { names(bytes).first }

    /// All of them, three at most: one may stand in a comment, or where readers do not look.
    static func names(_ bytes: ArraySlice<UInt8>) -> [String] {
        var found: [String] = []
        let head = String(decoding: bytes.prefix(reach), as: UTF8.self).lowercased()
        for sign in ["charset", "encoding"] {
            for place in places(of: sign, in: head) {
                let rest = head[place...].drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
                let label = rest.prefix { $0.isLetter || $0.isNumber || "-_:.".contains($0) }
                // A page that can be read so far is not in UTF-16, whatever it says.
                guard !label.isEmpty, !label.hasPrefix("utf-16"), Charset.isKnown(String(label)) else { continue }
                if !found.contains(String(label)) { found.append(String(label)) }
                if found.count == 3 { return found }
            }
        }
        return found
    }

    /// Labels beyond the bytes that browsers look at first that are read by, at most.
    private static let mostFarNames = 8

    /// The labels in `<meta>` beyond the first bytes: browsers begin anew when they come to one (HTML, 13.2.3.4), other
    /// readers look no further. Linear in the length.
    static func farNames(_ bytes: ArraySlice<UInt8>) -> [String] {
        var found: [String] = []
        var index = bytes.startIndex
        let sign = Array("<meta".utf8)
        while found.count < mostFarNames, let open = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = open + 1
            guard bytes[open...].prefix(sign.count).lazy.map(WebAddress.lowercased).elementsEqual(sign) else {
                continue
            }
            let end = bytes[open...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.endIndex
            index = end
            guard end - bytes.startIndex > reach else { continue }
            for name in names(bytes[open..<end]) where !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// Whether ASCII characters stand for others in a charset, or take several bytes.
    static func changesASCII(_ charset: String) -> Bool {
        ["utf-16", "utf-32", "ucs", "utf-7", "iso-2022", "hz", "ebcdic", "ibm037"].contains(where: charset.hasPrefix)
    }

    /// UTF-16 without its mark: in Western texts every second byte is zero.
    static func wide(_ bytes: ArraySlice<UInt8>) -> String? {
        let head = Array(bytes.prefix(reach))
        guard head.count >= 4 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in head.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        if zeros.odd * 10 > head.count * 3, zeros.even * 10 < zeros.odd { return "utf-16le" }
        if zeros.even * 10 > head.count * 3, zeros.odd * 10 < zeros.even { return "utf-16be" }
        return nil
    }

    /// Where the text goes on behind each `sign` that an equals sign follows.
    private static func places(of sign: String, in text: String) -> [String.Index] {
        var found: [String.Index] = []
        var rest = text[...]
        while let first = rest.firstIndex(where: { $0 == sign.first }) {
            let from = rest[first...]
            if from.hasPrefix(sign) {
                let behind = from.dropFirst(sign.count)
                if behind.drop(while: { $0 == " " }).first == "=" { found.append(behind.startIndex) }
            }
            rest = from.dropFirst()
        }
        return found
    }
}
