import Diagnostics
import Vocabulary

/// JSON whose keys keep the order they were written in, so that a line reads the same in every run and release.
public enum OrderedJSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Int)
    /// A decimal number that is kept in thousandths.
    case thousandths(Int64)
    case string(String)
    case list([OrderedJSON])
    case object([(String, OrderedJSON)])
    /// JSON already, from a renderer of its own; stands on one line.
    case rendered(String)

    public static func == (left: OrderedJSON, right: OrderedJSON) -> Bool { left.compact == right.compact }

    public static func optional(_ string: String?) -> OrderedJSON { string.map { .string($0) } ?? .null }
    public static func optional(_ number: Int?) -> OrderedJSON { number.map { .number($0) } ?? .null }
    public static func optional(_ bool: Bool?) -> OrderedJSON { bool.map { .bool($0) } ?? .null }
    public static func strings(_ strings: some Sequence<String>) -> OrderedJSON { .list(strings.map { .string($0) }) }

    /// On one line.
    public var compact: String {
        var text = ""
        write(to: &text, indentation: nil)
        return text
    }

    /// On many lines, two spaces a level.
    public var pretty: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text
    }

    /// Values nest as deep as what they describe, which has bounds of its own.
    private func write(to text: inout String, indentation: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += String(value)
        case .thousandths(let value): text += Value.number(value).written(as: .decimal)
        case .string(let value): text += JSONText.quoted(value)
        case .rendered(let value): text += value
        case .list(let values):
            Self.write(values.map { (nil, $0) }, between: ("[", "]"), to: &text, indentation)
        case .object(let members):
            Self.write(members.map { (Optional($0.0), $0.1) }, between: ("{", "}"), to: &text, indentation)
        }
    }

    private static func write(
        _ members: [(String?, OrderedJSON)], between brackets: (String, String), to text: inout String,
        _ indentation: Int?
    ) {
        text += brackets.0
        for (index, member) in members.enumerated() {
            if index > 0 { text += "," }
            startLine(indentation.map { $0 + 1 }, in: &text)
            if let key = member.0 {
                text += JSONText.quoted(key)
                text += indentation == nil ? ":" : ": "
            }
            member.1.write(to: &text, indentation: indentation.map { $0 + 1 })
        }
        if !members.isEmpty { startLine(indentation, in: &text) }
        text += brackets.1
    }

    private static func startLine(_ indentation: Int?, in text: inout String) {
        guard let indentation else { return }
        text += "\n" + String(repeating: "  ", count: indentation)
    }
}
