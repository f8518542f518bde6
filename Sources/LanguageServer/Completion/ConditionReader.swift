import Syntax
import Vocabulary

/// What may follow within a condition.
struct ConditionReader {
    let tokens: [Lexeme]
    let outer: [BoundElement]

    /// What joins a condition to another.
    static let joins = ["and", "or"]

    /// An open parenthesis.
    private enum Bracket {
        /// A condition or several.
        case conditions
        /// `where (`
        case elements(BoundElement)
        /// Values of a fact by its name.
        case values(String)
    }

    private func word(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "" }
        return tokens[index].kind == .word || tokens[index].kind == .symbol ? tokens[index].value : ""
    }

    private func isName(_ index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].kind == .word
            && !LanguageWords.reserved.contains(tokens[index].value)
    }

    func wants() -> [Want] {
        var stack: [Bracket] = []
        for index in tokens.indices where tokens[index].kind == .symbol {
            if tokens[index].value == "(" { stack.append(bracket(at: index)) }
            if tokens[index].value == ")" { _ = stack.popLast() }
        }
        var bound = outer
        for case .elements(let element) in stack { bound.append(element) }
        let last = tokens.count - 1
        guard last >= 0 else { return [.terms(bound)] }
        if case .values(let fact) = stack.last, ["(", ","].contains(word(last)) { return [.values(of: fact, bound)] }
        return behind(last, bound, in: stack.last)
    }

    private func bracket(at index: Int) -> Bracket {
        switch word(index - 1) {
        case "where":
            // `any file as outer where (`, `count of files where (`
            let isNamed = word(index - 3) == "as"
            let list = IndexBuilder.elements(word(isNamed ? index - 4 : index - 2))
            guard let list else { return .conditions }
            return .elements(BoundElement(list: list, name: isNamed ? word(index - 2) : nil))
        case "of":
            // `type is any of (`, but `any of (` at the start of a term.
            let before = index - 3
            if ["any", "all"].contains(word(index - 2)), let fact = compared(before) { return .values(fact) }
            return .conditions
        case "in": return .values(tested(index - 1))
        default: return .conditions
        }
    }

    /// The name of the fact before a relation that ends at an index, if one does.
    private func compared(_ index: Int) -> String? {
        var index = index
        if word(index) == "exactly" { index -= 1 }
        switch word(index) {
        case "is", "contains", "under", "matches": index -= 1
        case "with", "like": index -= 2
        case "not" where word(index - 1) == "is": index -= 2
        case "inside": return "type"
        default: return nil
        }
        if word(index) == "not" { index -= 1 }
        if tokens.indices.contains(index), tokens[index].kind == .text { index -= 1 }
        return isName(index) ? word(index) : ""
    }

    private func behind(_ index: Int, _ bound: [BoundElement], in bracket: Bracket?) -> [Want] {
        let joins: Want = .words(Self.joins)
        switch word(index) {
        case "": return behindLiteral(index, bound, joins)
        case "and", "or", "(", "otherwise": return [.terms(bound)]
        case ",": return [.terms(bound)]
        case "not":
            if word(index - 1) == "is" { return [.values(of: compared(index) ?? "", bound), .words(["any"])] }
            return isName(index - 1) ? [.words(LanguageWords.relations)] : [.terms(bound)]
        case "is":
            let fact = compared(index) ?? ""
            return [.values(of: fact, bound), .words(["not", "any"]), .exactly(of: fact, bound)]
        case "exactly": return compared(index - 1).map { [.values(of: $0, bound)] } ?? []
        case "any", "every", "no":
            return compared(index - 1) != nil ? [.words(["of"])] : [.elementWords, .words(["of"])]
        case "all": return [.words(["of"])]
        case "at": return word(index - 2) == "mentions" ? [] : [.words(["least"])]
        case "count", "sum", "least": return [.words(["of"])]
        case "of":
            return ["count", "sum"].contains(word(index - 1)) ? [.elementLists, .words(["distinct", "matches"])] : []
        case "distinct": return [.elementLists, .terms(bound)]
        case "in": return word(index - 2) == "mentions" ? [.words(["total"])] : [.lists(of: tested(index), bound)]
        case "mentions": return [.names([.dictionary])]
        case "inside": return [.containers(bound), .words(["any"])]
        case "matches": return [.words(["any", "all"])]
        case "starts", "ends": return [.words(["with"])]
        case "looks": return [.words(["like"])]
        case "contains", "with", "under", "like":
            return [.words(["any", "all", "exactly"]), .names([.list, .parameter])]
        case "where": return []
        case "as": return ["any", "every", "no"].contains(word(index - 2)) ? [] : [.words(["number"])]
        case "<", "<=", ">", ">=": return [.names([.parameter, .setting, .score])]
        case ")", "exists", "true", "false": return [joins]
        default: return behindName(index, bound, joins)
        }
    }

    private func behindLiteral(_ index: Int, _ bound: [BoundElement], _ joins: Want) -> [Want] {
        guard tokens[index].kind == .number else {
            // `header "X-Spam"` is a fact still.
            return isName(index - 1) ? [.relations(of: word(index - 1), bound), .words(["as"]), joins] : [joins]
        }
        var before = index - 1
        if word(before) == "-" { before -= 1 }
        if word(before) == "least" { return [.words(["of"])] }
        guard ["<", "<=", ">", ">=", "is"].contains(word(before)) else { return [joins] }
        return [.unitsOf(isName(before - 1) ? word(before - 1) : "", bound), joins]
    }

    private func behindName(_ index: Int, _ bound: [BoundElement], _ joins: Want) -> [Want] {
        switch word(index - 1) {
        case "any", "every", "no": return [.words(["where", "as"])]
        case "of", "distinct": return [.words(["where", "<", "<=", ">", ">="])]
        case "as": return word(index) == "number" ? [.relations(of: "", bound), joins] : [.words(["where"])]
        case "in", "inside": return [joins]
        case "mentions": return [.words(["at", "in"]), joins]
        case "is", "exactly", "with", "like", "contains", "under", "<", "<=", ">", ">=": return [joins]
        case "not" where word(index - 2) == "is": return [joins]
        default: return Unit(rawValue: word(index)) == nil ? [.relations(of: word(index), bound), joins] : [joins]
        }
    }

    /// The name of the fact before an `in`.
    private func tested(_ index: Int) -> String {
        var left = index - 1
        if word(left) == "not" { left -= 1 }
        return isName(left) ? word(left) : ""
    }
}
