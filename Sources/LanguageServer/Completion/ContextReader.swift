import Semantics
import Syntax
import Vocabulary

/// Tells from the pieces before the cursor what may follow. It never fails: where the text makes no sense it offers what
/// the block around it takes.
struct ContextReader {
    let tokens: [Lexeme]
    let isAtMargin: Bool

    /// Languages of notices that are offered; a policy may name any other.
    private static let languages = ["en", "fr", "de", "es", "it"]

    /// The word or symbol at an index; texts, numbers and regexes have none.
    func word(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "" }
        return tokens[index].kind == .word || tokens[index].kind == .symbol ? tokens[index].value : ""
    }

    private var last: String { word(tokens.count - 1) }

    /// Where the block that the cursor is in opens; `nil` outside braces. Where the innermost is within another (a
    /// template's language), that one's.
    private var openBraces: [Int] {
        var open: [Int] = []
        for index in tokens.indices where tokens[index].kind == .symbol {
            if tokens[index].value == "{" { open.append(index) }
            if tokens[index].value == "}" { _ = open.popLast() }
        }
        return open
    }

    func wants() -> [Want] {
        let head = word(0)
        guard !tokens.isEmpty, LanguageWords.declarations.contains(head) else { return [.declarations] }
        let open = openBraces
        guard let brace = open.first else { return outside(head) }
        if isAtMargin, tokens.count > 1, word(tokens.count - 1) == "}" { return [.declarations] }
        let inner = open.count > 1
        switch head {
        case "policy": return header(brace)
        case "rule", "mandatory": return clause(brace, LanguageWords.ruleClauses)
        case "uninspectable": return clause(brace, ["if"])
        case "exempt": return clause(brace, ["when"])
        case "score": return clause(brace, ["when"])
        case "setting": return clause(brace, LanguageWords.settingRows + ["then"])
        case "test": return test(brace)
        case "dictionary": return dictionary()
        case "quarantine": return area()
        case "template": return inner ? [.words(["subject", "body"])] : [.words(Self.languages)]
        default: return []
        }
    }

    // MARK: Outside braces

    private func outside(_ head: String) -> [Want] {
        let count = tokens.count
        if tokens.contains(where: { $0.kind == .symbol && $0.value == "}" }) { return [.declarations] }
        switch head {
        case "mandatory" where count == 1: return [.words(["rule"])]
        case "import":
            if count == 1 { return [.modules] }
            let inside = openParenthesis(from: 0) != nil
            if inside { return argument(ofModule: word(1)) }
            return last == "as" || last == "with" ? [] : [.words(["as", "with"]), .declarations]
        case "exempt":
            if count == 2 { return [.words(["from"])] }
            if last == "from" || last == "," { return [.names([.rule]), .words(["label", "unknown"])] }
            if last == "label" { return [.labels] }
            if last == "unknown" { return [.reasons] }
            return openParenthesis(from: 0) != nil ? [.encryptionKinds] : []
        case "list":
            return count == 2
                ? [.words(["of"])]
                : last == "of" ? [.types] : count == 4 ? [.words(["from"])] : last == "from" ? [.words(["file"])] : []
        case "group": return count == 2 ? [.words(["from"])] : last == "from" ? [.words(["file"])] : [.declarations]
        case "define": return define()
        case "setting":
            return count == 2 ? [.words(["take"])] : last == "take" ? [.words(["largest", "smallest", "one"])] : []
        case "parameter":
            return last == "=" ? [.areas, .names([.template, .group, .list])] : isAtMargin ? [.declarations] : []
        default: return count == 1 ? [] : isAtMargin ? [.declarations] : []
        }
    }

    private func define() -> [Want] {
        guard let equals = tokens.firstIndex(where: { $0.kind == .symbol && $0.value == "=" }) else {
            return last == "for" ? [.elementWords] : tokens.count == 2 ? [.words(["for"])] : []
        }
        var elements: [BoundElement] = []
        if word(2) == "for", let list = IndexBuilder.elements(word(3)) {
            elements = [BoundElement(list: list, name: nil)]
        }
        let wants = ConditionReader(tokens: Array(tokens[(equals + 1)...]), outer: elements).wants()
        return isAtMargin ? wants + [.declarations] : wants
    }

    private func argument(ofModule module: String) -> [Want] {
        if last == "(" || last == "," { return [.arguments(ofModule: module)] }
        let name = tokens.last?.kind == .word ? last : ""
        if tokens.last?.kind == .number { return [.words(Unit.allCases.map(\.rawValue))] }
        return name.isEmpty ? [] : [.areas, .names([.template, .group, .list])]
    }

    private func openParenthesis(from start: Int) -> Int? {
        var open: [Int] = []
        for index in tokens.indices where index >= start && tokens[index].kind == .symbol {
            if tokens[index].value == "(" { open.append(index) }
            if tokens[index].value == ")" { _ = open.popLast() }
        }
        return open.last
    }

    // MARK: Blocks

    private func header(_ brace: Int) -> [Want] {
        switch last {
        case "language": return [.words(Self.languages)]
        case "allow", "deny": return [.warnings]
        default: return [.words(LanguageWords.policyFields)]
        }
    }

    private func area() -> [Want] {
        let field = tokens.last { $0.kind == .word && LanguageWords.areaFields.contains($0.value) }?.value
        if tokens.last?.kind == .number { return [.units(.duration)] }
        switch last {
        case "then": return [.words(["deliver", "reject", "discard"])]
        case "keep", "approvers", "release", "after", "to", ",", "reject": return []
        case "expire": return [.words(["after"])]
        case "": return [.words((field == "release" ? ["to"] : []) + LanguageWords.areaFields)]
        default: return field == "expire" && isUnit(last) ? [.words(["then"])] : [.words(LanguageWords.areaFields)]
        }
    }

    private func isUnit(_ word: String) -> Bool { Unit(rawValue: word) != nil }

    /// What a dictionary does not ignore yet, behind `ignore` or a comma of its row.
    private func foldings() -> [Want]? {
        guard let start = tokens.lastIndex(where: { $0.kind == .word && $0.value == "ignore" }) else { return nil }
        let named = tokens[(start + 1)...]
        guard last == "ignore" || last == ",", named.allSatisfy({ $0.kind == .word || $0.kind == .symbol }) else {
            return nil
        }
        let all = TextFolding.named.map(\.name) + ["case"]
        return [.words(all.filter { name in !named.contains { $0.value == name } })]
    }

    private func dictionary() -> [Want] {
        if let foldings = foldings() { return foldings }
        if tokens.last?.kind == .number {
            return [.words(LanguageWords.patterns + ["times", "words"] + LanguageWords.dictionaryItems)]
        }
        if last == "up" { return [.words(["to"])] }
        if last == "checked" { return [.words(["by"])] }
        if last == "by" { return [.words(MatchCheck.allCases.map(\.rawValue))] }
        return [.words(LanguageWords.dictionaryItems + ["up", "within", "checked"])]
    }

    /// A clause of a rule or of what is like one. The words that begin a clause are found outside parentheses.
    private func clause(_ brace: Int, _ starters: [String]) -> [Want] {
        var begin = brace
        var kind = ""
        var depth = 0
        for index in tokens.indices where index > brace {
            switch word(index) {
            case "(": depth += 1
            case ")": depth -= 1
            case "on" where kind == "if": break
            case "then" where kind == "if":
                begin = index
                kind = "then"
            case "when" where word(index - 1) == "except":
                begin = index
                kind = "when"
            case let value where depth <= 0 && (starters.contains(value) || value == "then"):
                // A score's and a setting's lines need not begin at a line.
                begin = index
                kind = value
                depth = 0
            default: break
            }
        }
        let rest = Array(tokens[(begin + 1)...])
        let next: [Want] = depth <= 0 ? [.words(starters)] : []
        switch kind {
        case "on": return list(rest, [.directions], next)
        case "label": return list(rest, [.labels], next)
        case "when", "unless":
            let wants = ConditionReader(tokens: rest, outer: []).wants()
            return wants + (wants.mayEnd ? next : [])
        case "then":
            if word(0) == "setting" { return rest.isEmpty ? [] : next }
            let wants = ActionReader(tokens: rest).wants()
            return wants + (rest.isEmpty ? [.words(["ignore"])] : wants.mayEnd ? next : [])
        case "if": return answer(rest)
        case "allow", "deny": return rest.isEmpty ? [.warnings] : next
        case "otherwise": return rest.isEmpty ? [] : next
        default: return next
        }
    }

    private func list(_ rest: [Lexeme], _ wants: [Want], _ next: [Want]) -> [Want] {
        rest.isEmpty || rest.last?.value == "," ? wants : next
    }

    private func answer(_ rest: [Lexeme]) -> [Want] {
        if openParenthesis(from: tokens.count - rest.count) != nil { return [.encryptionKinds] }
        if rest.contains(where: { $0.value == "on" }) {
            return ["on", ","].contains(last) ? [.directions] : [.words(["then"])]
        }
        if rest.isEmpty { return [.reasons, .words(["unknown"])] }
        return last == "," ? [.reasons] : [.words(["on", "then"])]
    }

    private func test(_ brace: Int) -> [Want] {
        var begin = brace
        for index in tokens.indices where index > brace && LanguageWords.testSteps.contains(word(index)) {
            begin = index
        }
        let rest = Array(tokens[(begin + 1)...])
        let next: Want = .words(LanguageWords.testSteps)
        switch word(begin) {
        case "mail":
            if rest.count == 1 { return [.directions, .words(["from"])] }
            return rest.count == 2 && last != "from" ? [.words(["from"])] : [.words(["to"]), next]
        case "assume":
            if rest.isEmpty { return [.facts] }
            if last == "because" || (last == "," && rest.contains { $0.value == "because" }) { return [.reasons] }
            if last == "is" { return [.values(of: rest[0].value, []), .words(["unknown"])] }
            if last == "unknown" { return [.words(["because"])] }
            if tokens.last?.kind == .number { return [.unitsOf(rest[0].value, []), next] }
            return rest.count == 1 ? [.words(["is", "not"])] : [next]
        case "expect":
            if rest.isEmpty { return [.words(LanguageWords.actions + ["no"]), .names([.rule])] }
            if last == "by" { return [.names([.exemption]), .words(["unless"])] }
            if last == "exempted" { return [.words(["by"])] }
            let first = rest[0].value
            if rest.count == 1, !LanguageWords.reserved.contains(first) { return [.words(LanguageWords.outcomes)] }
            if last == "no" { return [.words(["notice"])] }
            let wants = first == "no" ? [] : ActionReader(tokens: rest).wants()
            return wants + (first == "no" || wants.mayEnd ? [next, .words(["for"])] : [])
        default: return [next]
        }
    }
}

/// Actions behind `then` or `expect`.
struct ActionReader {
    let tokens: [Lexeme]

    func wants() -> [Want] {
        let last = tokens.last.map { $0.kind == .text ? "" : $0.value } ?? ""
        switch last {
        case "quarantine": return [.areas]
        case "tag": return [.words(["subject"])]
        case "add", "remove": return [.words(["header"])]
        case "redirect", "copy": return [.words(["to"])]
        case "notify": return [.words(["sender", "recipient", "admin"])]
        case "using", "disclaimer": return [.names([.template])]
        case "even": return [.words(["unauthenticated"])]
        case "except": return [.words(["when"])]
        case "subject", "header", "to", "reject", "log", "via": return []
        case ",": return [.words(["sender", "recipient", "admin"])]
        default: break
        }
        let isNotice = tokens.last { LanguageWords.actions.contains($0.value) }?.value == "notify"
        return [.words((isNotice ? ["using", "even", "except"] : []) + LanguageWords.actions)]
    }
}

extension [Want] {
    /// Whether what stands before the place can be the end of a condition or of actions: another could follow.
    fileprivate var mayEnd: Bool {
        contains { want in
            guard case .words(let words) = want else { return false }
            return words == ConditionReader.joins || words.contains("quarantine")
        }
    }
}
