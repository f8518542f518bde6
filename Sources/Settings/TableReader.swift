import Diagnostics
import Vocabulary

/// Takes values out of one table by name and type. What was not asked for in the end is a fault: a misspelt key must not
/// be passed over.
struct TableReader {
    let path: String
    let place: TOMLPlace
    let members: [String: TOMLValue]
    private var asked: [String] = []

    init(_ members: [String: TOMLValue], at place: TOMLPlace, of path: String) {
        self.members = members
        self.place = place
        self.path = path
    }

    func fault(_ cause: String, _ cure: String, at key: String? = nil) -> ConfigurationFault {
        let place = key.flatMap { members[$0]?.place } ?? place
        return ConfigurationFault(path: path, line: place.line, column: place.column, cause: cause, cure: cure)
    }

    mutating func text(_ key: String) throws(ConfigurationFault) -> String? {
        guard let value = take(key) else { return nil }
        guard case .text(let text) = value.content else { throw wrong(key, value, "a text in quotes") }
        guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw fault("`\(key)` is empty, or has characters that no name has", "write it in one line", at: key)
        }
        return text
    }

    mutating func requiredText(_ key: String, example: String) throws(ConfigurationFault) -> String {
        guard let text = try text(key) else {
            throw missing(key, "add a line such as `\(key) = \"\(example)\"`")
        }
        return text
    }

    mutating func texts(_ key: String, example: String) throws(ConfigurationFault) -> [String] {
        guard let value = take(key) else {
            throw missing(key, "add a line such as `\(key) = [\"\(example)\"]`")
        }
        guard case .list(let values) = value.content, !values.isEmpty else {
            throw wrong(key, value, "a list such as `[\"\(example)\"]`")
        }
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value.content, !text.isEmpty else {
                throw wrong(key, value, "a list of texts in quotes")
            }
            texts.append(text)
        }
        return texts
    }

    /// Seconds, a whole number or one with decimals.
    mutating func seconds(_ key: String, most: Int) throws(ConfigurationFault) -> Double? {
        guard let value = take(key) else { return nil }
        let seconds: Double
        switch value.content {
        case .integer(let number): seconds = Double(number)
        case .real(let number): seconds = number
        default: throw wrong(key, value, "a number of seconds")
        }
        guard seconds >= 0.1, seconds <= Double(most) else {
            throw fault("`\(key)` is out of range", "write seconds from 0.1 to \(most)", at: key)
        }
        return seconds
    }

    /// Bytes, as a number or as policies write sizes: `"25 MB"`.
    mutating func size(_ key: String, most: Int) throws(ConfigurationFault) -> Int? {
        guard let value = take(key) else { return nil }
        let bytes: Int?
        switch value.content {
        case .integer(let number): bytes = Int(exactly: number)
        case .text(let text): bytes = Self.bytes(text)
        default: throw wrong(key, value, "a size such as `\"25 MB\"`")
        }
        guard let bytes, (1...most).contains(bytes) else {
            throw fault(
                "`\(key)` is no size, or out of range",
                "write a size up to \(ByteCount(Int64(most))), such as `\"25 MB\"`",
                at: key)
        }
        return bytes
    }

    private static func bytes(_ text: String) -> Int? {
        let words = text.split(separator: " ")
        guard words.count == 2, let number = Int(words[0]), number > 0,
            let unit = ByteCount.units.first(where: { $0.name == words[1] })
        else { return nil }
        let product = number.multipliedReportingOverflow(by: Int(unit.bytes))
        return product.overflow ? nil : product.partialValue
    }

    /// - Throws: for the first key, by its place, that nobody asked for.
    func finish() throws(ConfigurationFault) {
        if let first = unknown.first { throw first }
    }

    /// Every key that nobody asked for, in the order of their places.
    var unknown: [ConfigurationFault] {
        let unknown = members.filter { !asked.contains($0.key) }
            .sorted { ($0.value.place.line, $0.value.place.column) < ($1.value.place.line, $1.value.place.column) }
        return unknown.map { key, _ in
            let meant = Nearest.to(key, among: asked.filter { members[$0] == nil })?.name
            return fault(
                "there is no `\(Excerpt.of(key))` here",
                meant.map { "did you mean `\($0)`?" } ?? "the keys are \(Self.list(asked))", at: key)
        }
    }

    static func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }

    mutating func take(_ key: String) -> TOMLValue? {
        asked.append(key)
        return members[key]
    }

    /// A key that is needed: perhaps it is there, misspelt.
    func missing(_ key: String, _ cure: String) -> ConfigurationFault {
        let others = members.keys.filter { !asked.contains($0) }.sorted()
        guard let misspelt = Nearest.to(key, among: others)?.name else { return fault("`\(key)` is missing", cure) }
        return fault("there is no `\(Excerpt.of(misspelt))` here", "did you mean `\(key)`?", at: misspelt)
    }

    func wrong(_ key: String, _ value: TOMLValue, _ wanted: String) -> ConfigurationFault {
        fault("`\(key)` is \(value.kind)", "write \(wanted)", at: key)
    }
}
