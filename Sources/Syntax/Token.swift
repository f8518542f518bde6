import Diagnostics

/// The smallest piece of a policy's text.
struct Token: Sendable {
    enum Kind: Sendable {
        /// A word or path; whether it is a keyword is for the parser to say.
        case word
        case text
        case regex
        case number
        case date
        case symbol
        case end
    }

    var kind: Kind
    var span: SourceSpan
    /// The text as written; of a text literal what it stands for, of a regex its source.
    var value: String
    /// The letters behind a regex.
    var flags = ""
    /// Whether it is the first token of its line.
    var isFirstOnLine = false
    /// Whether white space or a comment stands before it.
    var isSpaced = true

    /// How it is named in "found …".
    var description: String {
        switch kind {
        case .word, .symbol: "`\(value)`"
        case .text: "a text"
        case .regex: "a regular expression"
        case .number: "the number `\(value)`"
        case .date: "the date `\(value)`"
        case .end: "the end of the file"
        }
    }
}

/// The words of the language.
enum Keywords {
    /// Words that can never be names.
    static let reserved: Set<String> = [
        "allow", "deny", "for", "policy", "import", "parameter", "group", "list", "dictionary", "define", "setting",
        "uninspectable", "rule", "mandatory", "exempt", "score", "template", "test", "on", "label", "when", "unless",
        "then", "if", "and", "or", "not", "is", "in", "any", "every", "no", "all", "at", "count", "sum", "of", "where",
        "as", "inside", "exists", "otherwise", "exactly", "under", "looks", "true", "false", "unknown", "contains",
        "starts", "ends", "matches", "mentions", "distinct", "ignore", "except", "deliver", "defer", "quarantine",
        "reject", "discard", "tag", "add", "remove", "strip", "disclaimer", "redirect", "copy", "notify", "log",
    ]
    static let declarations = [
        "policy", "import", "parameter", "group", "list", "dictionary", "define", "setting", "quarantine",
        "uninspectable", "rule", "mandatory", "exempt", "score", "template", "test",
    ]
    static let actions = [
        "deliver", "defer", "quarantine", "reject", "discard", "tag", "add", "remove", "strip", "disclaimer",
        "redirect", "copy", "log", "notify",
    ]
    static let policyFields = [
        "edition", "allow", "deny", "description", "timezone", "language", "limits", "domains", "networks", "admin",
        "auth-servers",
    ]
    static let dictionaryItems = ["threshold", "ignore"]
    static let patterns = ["word", "phrase", "regex"]
    static let settingRows = ["otherwise", "when"]
    static let areaFields = ["keep", "approvers", "release", "expire"]
    static let ruleClauses = ["allow", "deny", "on", "label", "when", "unless", "then", "if"]
    /// Reserved words that begin a line of a block or a declaration, and never an element of a list.
    static let clauseStarts = Set(ruleClauses + declarations + settingRows).subtracting(["label"])
    static let testSteps = ["mail", "assume", "expect"]
    static let outcomes = ["fires", "quiet", "undetermined", "exempted"]
    static let relations = [
        "exists", "in", "mentions", "matches", "contains", "under", "starts", "ends", "looks",
    ]
    static let orders = ["<", "<=", ">", ">="]
}

/// Spelling: which of several words was meant.
enum Spelling {
    /// The candidate nearest to a word, where one is near enough to be meant: one edit in short words, two in longer.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let own = Array(word.lowercased().unicodeScalars)
        let bound = word.count <= 4 ? 1 : 2
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let distance = EditDistance.between(own, Array(candidate.unicodeScalars), limit: bound)
            if let distance, distance < best?.distance ?? Int.max { best = (distance, candidate) }
        }
        return best?.word
    }

    /// Whether a word is surely a slip for another: one edit in four letters, two in eight, and no other as near.
    static func isSlip(_ word: String, for meant: String, among candidates: some Sequence<String>) -> Bool {
        let own = word.lowercased()
        let allowed = own.utf8.count >= 8 ? 2 : own.utf8.count >= 4 ? 1 : 0
        func distance(_ other: String) -> Int? {
            EditDistance.between(Array(own.unicodeScalars), Array(other.unicodeScalars), limit: allowed)
        }
        guard let edits = distance(meant) else { return false }
        return candidates.allSatisfy { $0 == meant || (distance($0) ?? .max) > edits }
    }
}
