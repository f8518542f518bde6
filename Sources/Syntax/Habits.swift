/// What people write out of the habit of other languages and tools, where the parser by itself could only say that a
/// word does not fit.
enum Habits {
    /// Words for an action elsewhere, and what is written here.
    private static let actions = [
        "accept": "deliver", "allow": "deliver", "keep": "deliver", "pass": "deliver", "permit": "deliver",
        "delete": "discard", "drop": "discard", "silent": "discard",
        "bounce": "reject \"TEXT\"", "block": "reject \"TEXT\"", "deny": "reject \"TEXT\"",
        "refuse": "reject \"TEXT\"",
        "hold": "quarantine AREA", "fileinto": "quarantine AREA", "move": "quarantine AREA",
        "forward": "redirect to \"ADDRESS\"", "send": "redirect to \"ADDRESS\"",
        "bcc": "copy to \"ADDRESS\"", "alert": "notify admin", "warn": "notify admin", "mail": "notify admin",
        "greylist": "defer", "tempfail": "defer", "addheader": "add header \"NAME\" \"VALUE\"",
        "prepend": "add header \"NAME\" \"VALUE\"", "mark": "tag subject \"TEXT\"",
    ]

    /// Words for a relation elsewhere, and what is written here.
    private static let relations = [
        "does": "not contains", "doesnt": "not contains", "has": "contains", "includes": "contains",
        "include": "contains", "containing": "contains", "like": "contains", "equals": "is", "equal": "is",
        "eq": "is", "within": "in", "belongs": "in", "begins": "starts with", "startswith": "starts with",
        "endswith": "ends with", "regex": "matches", "matching": "matches",
    ]

    /// Words with which other languages begin a condition.
    private static let conditions: Set<String> = [
        "if", "elsif", "else", "elseif", "when", "unless", "then", "require", "anyof", "allof", "any", "all", "on",
    ]

    static func help(forAction token: Token) -> String? {
        if token.kind == .symbol, token.value == "{" { return "actions stand behind `then` without braces" }
        guard token.kind == .word else { return nil }
        return actions[token.value.lowercased()].map { "write `\($0)`" }
    }

    static func help(forClause token: Token) -> String? {
        switch token.value.lowercased() {
        case "else", "elsif", "elseif", "otherwise":
            "a rule has no `else`: what is to be done with other mail is said by a rule of its own"
        case "and", "or": "conditions stand in one `when`, actions side by side behind `then`"
        default: nil
        }
    }

    /// - Parameter next: what follows the word, of which `does not exist` has two.
    static func help(forRelation token: Token, _ next: [Token]) -> String? {
        let word = token.value.lowercased()
        if word == "does" || word == "doesnt", let verb = next.first(where: { $0.value != "not" })?.value {
            let meant = Keywords.relations.first { [verb, verb + "s", verb + "es"].contains($0) }
            let isDenied = word == "doesnt" || next.first?.value == "not"
            let second = meant.flatMap { ["starts": " with", "ends": " with", "looks": " like"][$0] } ?? ""
            if let meant { return "write `\(isDenied ? "not " : "")\(meant)\(second)`" }
        }
        return relations[word].map { "write `\($0)`" }
    }

    static func help(forDeclaration token: Token) -> String? {
        guard token.kind == .word, conditions.contains(token.value.lowercased()) else { return nil }
        return "conditions and actions stand in a rule: `rule NAME { when … then … }`"
    }

    /// Where a declaration's name is expected and a word of the language stands, perhaps as the first of several.
    static func help(forName token: Token, _ what: String) -> String? {
        guard token.kind == .word, !token.isFirstOnLine, what.hasSuffix("'s name") else { return nil }
        return "a name is one word of letters, digits and hyphens, such as `no-clips`"
    }

    /// The name that a text in quotes surely stands for; `nil` where it looks like a path, an address or a sentence.
    static func plainName(of text: String) -> String? {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        guard (1...4).contains(words.count) else { return nil }
        let name = words.joined(separator: "-")
        return LanguageWords.canBeName(name) ? name : nil
    }

    /// The same of a dotted path, which may be written as a path of files.
    static func plainPath(of text: String) -> String? {
        var path = text.hasSuffix(".lazaret") ? String(text.dropLast(8)) : text
        path = String(path.map { $0 == "/" ? "." : $0 })
        let segments = path.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(segments.count), segments.allSatisfy({ plainName(of: String($0)) == String($0) })
        else { return nil }
        return path
    }
}
