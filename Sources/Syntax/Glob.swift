/// A pattern of names with `*` and `?`, as shells know it, where a regular expression should stand.
struct Glob {
    /// The regular expression that finds the same.
    let expression: String
    /// The relation to a text that says the same, where one does: `ends with ".exe"`.
    let plain: String?

    private static let special = "\\^$.[]|()+{}/"

    /// - Returns: `nil` for what may as well be meant as an expression.
    init?(_ text: String) {
        guard text.contains("*") || text.hasPrefix("?"), !text.contains("\\"), !text.contains(where: \.isNewline),
            text.hasPrefix("*") || text.hasPrefix("?") || !Self.isExpression(text)
        else { return nil }
        let open = (start: text.hasPrefix("*"), end: text.hasSuffix("*"))
        var middle = Substring(text)
        while middle.hasPrefix("*") { middle.removeFirst() }
        while middle.hasSuffix("*") { middle.removeLast() }
        guard !middle.isEmpty else { return nil }
        let escaped = middle.map { character in
            switch character {
            case "*": ".*"
            case "?": "."
            default: Self.special.contains(character) ? "\\\(character)" : String(character)
            }
        }
        expression = (open.start ? "" : "^") + escaped.joined() + (open.end ? "" : "$")
        let relation: String? =
            switch (open.start, open.end) {
            case (true, true): "contains"
            case (true, false): "ends with"
            case (false, true): "starts with"
            case (false, false): nil
            }
        plain = middle.contains { "*?\"".contains($0) } ? nil : relation.map { "\($0) \"\(middle)\"" }
    }

    /// Whether signs stand in it that mean something to expressions only, or before a `*` what it can repeat at will.
    private static func isExpression(_ text: String) -> Bool {
        text.contains { "^$[]|()+{}".contains($0) } || text.contains(".*")
    }
}
