import Diagnostics

/// What the formatter needs to know of a token.
enum LayoutMark: Sendable {
    /// Begins a declaration.
    case declaration
    /// Begins a line of a block.
    case item
    /// Opens a block whose lines stand below each other.
    case blockOpen
    /// Opens a block that stays on its line where it fits.
    case inlineOpen
    /// Closes a block.
    case blockClose
    /// The `then` of a row, aligned over a block.
    case rowThen
    /// The first action behind `then`, or the start of a clause's condition.
    case first
    /// A further action.
    case further
}

/// Blocks, and where reading goes on behind a fault.
extension Parser {
    mutating func mark(_ mark: LayoutMark) { marks[index] = mark }

    /// Whether a declaration begins here; `quarantine` does where a name and a brace follow.
    var isAtDeclaration: Bool {
        guard token.kind == .word, Keywords.declarations.contains(token.value) else { return false }
        switch token.value {
        case "quarantine": return peek(1).kind == .word && peek(2).value == "{" && peek(2).kind == .symbol
        case "rule": return index == 0 || tokens[index - 1].value != "mandatory"
        default: return true
        }
    }

    /// Reads `{ item item … }`. Where the brace is missing before the next declaration or the end, that is told of
    /// the opening one. `starters` are the words (or `#` for a number) an item begins with.
    mutating func block(
        of what: String, starters: [String], layout: LayoutMark = .blockOpen,
        item: (inout Parser) throws(Stop) -> Void
    ) throws(Stop) {
        let opener = token.span
        mark(layout)
        try openBrace(starters)
        if at("{"), !starters.contains("{") {
            report(.strayBrace(token))
            advance()
        }
        while !at("}") {
            if isAtEnd || (isAtDeclaration && !starters.contains(token.value)) || isOutdented {
                // Behind a fault that is still open the brace may well have been passed over with it.
                if lastReported != index, !(isAtEnd && endsInText) {
                    bag.add(.unclosedBrace(opener, what: what, found: isAtEnd ? lastToken : token))
                }
                return
            }
            if at(",") {
                let isLast = mayBegin(starters, peek(1))
                reportComma(isLast: isLast)
                advance()
                if !isLast { skip(to: starters) }
                continue
            }
            let before = index
            marks[index] = .item
            do throws(Stop) {
                try item(&self)
            } catch {
                if index == before, !at("}"), !isAtDeclaration { advance() }
                skip(to: starters)
            }
        }
        mark(.blockClose)
        advance()
    }

    /// The token read last, as the one that ends the file.
    private var lastToken: Token {
        var last = tokens[max(index - 1, 0)]
        last.kind = .end
        return last
    }

    /// Reads `{`; where it is missing or something else stands before it or in its place, that is reported and the
    /// block read all the same.
    private mutating func openBrace(_ starters: [String]) throws(Stop) {
        if accept("{") { return }
        let stop = fail("`{`")
        if starts(starters, token) { return }
        let next = peek(1)
        if next.kind == .symbol, next.value == "{" {
            advance()
            advance()
            return
        }
        guard !isAtEnd, starts(starters, next) || (next.value == "}" && next.kind == .symbol) else { throw stop }
        advance()
    }

    /// Whether a declaration word stands where an item would, at the margin: the block above it was left open.
    private var isOutdented: Bool {
        isAtDeclaration && token.isFirstOnLine && file.position(of: token.span.start).column == 1
    }

    /// Whether an item begins at the token, as written or misspelt. What stands behind a stray comma else is the rest of
    /// the item before it.
    private func mayBegin(_ starters: [String], _ token: Token) -> Bool {
        token.kind == .symbol && ["}", ","].contains(token.value) || starts(starters, token)
            || isName(token) && Spelling.nearest(to: token.value, among: starters) != nil
    }

    /// Reports a comma behind an item. It is one too many where nothing of the item follows; else what it was to say is
    /// for the author to tell.
    mutating func reportComma(isLast: Bool) {
        if conditionEnd == index, !isLast {
            report(.commaBetweenConditions(token))
        } else {
            report(.straySeparator(token, isTight: !peek(1).isSpaced, isSure: isLast))
        }
    }

    /// Whether an item may begin with a token. Starters are words, `#` for a number, `"` for a text, `{` for a name
    /// with a block.
    func starts(_ starters: [String], _ token: Token) -> Bool {
        if token.kind == .number || (token.kind == .symbol && token.value == "-") { return starters.contains("#") }
        if token.kind == .text { return starters.contains("\"") }
        guard token.kind == .word else { return false }
        return starters.contains(token.value) || (starters.contains("{") && isName(token))
    }

    /// Skips to the next item, the closing brace or the next declaration.
    mutating func skip(to starters: [String]) {
        while !isAtEnd, !isAtDeclaration {
            if at("}"), !isStrayBrace { return }
            let begins = token.isFirstOnLine || Keywords.reserved.contains(token.value) && !standsAlone(starters)
            if starts(starters, token), begins { return }
            advance()
        }
    }

    /// Whether the word at hand is itself the fault, the last of its line before the next item: nothing begins with it.
    private func standsAlone(_ starters: [String]) -> Bool {
        lastReported == index && peek(1).isFirstOnLine && starts(starters, peek(1))
    }

    /// Whether the brace at hand is itself the fault: more of the item follows on its line.
    private var isStrayBrace: Bool {
        let next = peek(1)
        return lastReported == index && !token.isFirstOnLine && !next.isFirstOnLine && next.kind != .end
            && next.value != "}" && !Keywords.declarations.contains(next.value)
    }

    /// Skips the rest of a declaration whose head is faulty: a block in braces, or all before the next declaration.
    mutating func skipDeclaration() {
        var open = 0
        while !isAtEnd {
            if isAtDeclaration, open == 0 || file.position(of: token.span.start).column == 1 { return }
            if at("{") { open += 1 }
            if at("}") {
                open -= 1
                if open <= 0 {
                    advance()
                    return
                }
            }
            advance()
        }
    }

    mutating func nested<Result>(_ body: (inout Parser) throws(Stop) -> Result) throws(Stop) -> Result {
        guard depth < limits.nesting else {
            report(.nestedTooDeeply(token.span, limit: limits.nesting))
            throw Stop()
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }
}
