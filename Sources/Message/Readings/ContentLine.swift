/// A line that a lenient reader takes for one of the three fields that shape a part, by its first bytes.
struct ContentLine {
    /// Which field.
    enum Name: CaseIterable {
        case type
        case transferEncoding
        case disposition

        var text: String {
            switch self {
            case .type: "Content-Type"
            case .transferEncoding: "Content-Transfer-Encoding"
            case .disposition: "Content-Disposition"
            }
        }

        fileprivate static let lowercase = allCases.map { ($0, Array($0.text.lowercased().utf8)) }
    }

    let name: Name
    /// What stands behind the name, colons and blanks skipped.
    let value: ArraySlice<UInt8>

    /// The field that `line` (trimmed at its start) is, with or without its colon.
    init?(_ line: ArraySlice<UInt8>) {
        guard let first = line.first, asciiLowercase(first) == 0x63, line.count > 12 else { return nil }
        for (name, text) in Name.lowercase where line.count > text.count {
            guard zip(line, text).allSatisfy({ asciiLowercase($0) == $1 }) else { continue }
            let rest = line.dropFirst(text.count)
            guard let next = rest.first, next == 0x3A || next <= 0x20 else { continue }
            self.name = name
            value = rest.drop { $0 == 0x3A || $0 <= 0x20 }
            return
        }
        return nil
    }

    /// Whether the value is one that such a field has. The lists of fields in signatures (RFC 6376 section 3.5) are
    /// folded before any name.
    var hasPlausibleValue: Bool {
        let word = value.prefix { $0 > 0x20 && $0 != 0x3B }
        switch name {
        case .type: return word.contains(0x2F) && !word.contains(0x3A)
        case .transferEncoding: return TransferEncoding.read(Array(word)).encoding != .unknown && !word.isEmpty
        case .disposition: return ["inline", "attachment"].contains(String(decoding: word, as: UTF8.self).lowercased())
        }
    }
}
