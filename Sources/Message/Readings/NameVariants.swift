/// Names that less careful readers get from the fields of a part: with quotes, escapes and comments left out or kept
/// in, with sections joined in another order, or over two fields. Only what has an extension of its own is kept, since
/// the extension is what a name can lie about.
struct NameVariants {
    private(set) var names: [String] = []
    /// Sections of a name are missing, doubled or out of order (RFC 2231 section 3).
    private(set) var isDisordered = false

    /// - Parameters:
    ///   - values: the structured values of the fields that may name the part.
    init(_ values: [StructuredValue]) {
        for value in values where Self.isOddlyWritten(value) { addWritten(value.text) }
        guard values.contains(where: { $0.raw.contains(where: \.isExtended) }) else { return }
        for key in ["filename", "name"] {
            let sections = values.flatMap(\.raw).filter { $0.isExtended && $0.baseName.elementsEqual(key.utf8) }
            let own = sections.compactMap { Section($0, key) }
            let numbers = own.compactMap(\.number)
            if numbers != Array(0..<numbers.count) { isDisordered = true }
            addSections(own)
        }
        // Sections of one name that stand in two fields.
        let all = values.flatMap(\.raw).filter(\.isExtended).compactMap { parameter in
            Section(parameter, "filename") ?? Section(parameter, "name")
        }
        addSections(all)
    }

    // MARK: Sections

    private struct Section {
        let number: Int?
        let text: [UInt8]

        init?(_ parameter: RawParameter, _ key: String) {
            guard parameter.baseName.elementsEqual(key.utf8) else { return nil }
            let suffix = parameter.name.dropFirst(key.utf8.count + 1)
            number = Int(String(decoding: suffix.prefix { $0 != 0x2A }, as: UTF8.self))
            text = Self.unescaped(parameter.value)
        }

        /// Without charset and language, with escapes undone; zeros of wide charsets left out.
        private static func unescaped(_ value: [UInt8]) -> [UInt8] {
            var text = value[...]
            if let first = text.firstIndex(of: 0x27), let second = text[(first + 1)...].firstIndex(of: 0x27) {
                text = text[(second + 1)...]
            }
            let percent = Array(text.map { $0 == 0x3D ? UInt8(0x3F) : $0 == 0x25 ? UInt8(0x3D) : $0 })
            return QuotedPrintableRules().decode(percent[...], limit: percent.count).bytes.filter { $0 != 0 }
        }
    }

    private mutating func addSections(_ sections: [Section]) {
        guard !sections.isEmpty else { return }
        add(sections.flatMap(\.text))
        let numbered = sections.filter { $0.number != nil }
        let sorted = numbered.enumerated().sorted { left, right in
            (left.element.number ?? 0, left.offset) < (right.element.number ?? 0, right.offset)
        }
        add(sorted.flatMap(\.element.text))
        add(sections.reversed().flatMap(\.text))
    }

    // MARK: As written

    /// Bytes of a value in which names are looked for as they are written.
    private static let reach = 4_096

    /// What stands behind each `name=` of the text, whatever quotes and comments surround it.
    private mutating func addWritten(_ text: [UInt8]) {
        guard text.count <= Self.reach else { return }
        var place = 0
        while let equals = text[place...].firstIndex(of: 0x3D) {
            place = equals + 1
            let before = Self.withoutComments(text[..<equals]).filter { $0 > 0x20 }.map(asciiLowercase)
            guard before.suffix(4).elementsEqual("name".utf8) else { continue }
            let rest = text[place...]
            for value in [rest, rest.prefix { $0 != 0x3B }] {
                add(value.filter { !Self.isQuoting($0) })
                add(Self.withoutComments(value).filter { !Self.isQuoting($0) })
            }
        }
    }

    /// Whether readers may cut the value in different places: a plain token or quoted string is read by all alike.
    private static func isOddlyWritten(_ value: StructuredValue) -> Bool {
        var quotes = 0
        for byte in value.text {
            switch byte {
            case 0x22: quotes += 1
            case 0x27, 0x28, 0x5C: return true
            default: break
            }
        }
        return value.hasMalformed || quotes % 2 == 1
    }

    private static func isQuoting(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x5C }

    private static func withoutComments(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var level = 0
        for byte in text {
            if byte == 0x28 {
                level += 1
            } else if byte == 0x29, level > 0 {
                level -= 1
            } else if level == 0 {
                result.append(byte)
            }
        }
        return result
    }

    private mutating func add(_ bytes: [UInt8]) {
        let trimmed = bytes.drop { $0 <= 0x20 }
        guard !trimmed.isEmpty else { return }
        names.append(Charset.unlabelled(Array(trimmed)))
    }
}

extension String {
    /// What follows the last dot, in lower case; empty without one.
    var nameExtension: String {
        guard let dot = lastIndex(of: ".") else { return "" }
        return self[index(after: dot)...].lowercased().filter { $0 != " " }
    }
}
