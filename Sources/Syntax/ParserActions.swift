import Diagnostics

/// Actions, answers and reasons.
extension Parser {
    /// Actions as long as they follow; a faulty one is reported and passed over.
    mutating func actions() -> [Action] {
        var result: [Action] = []
        var isFirst = true
        while true {
            mark(isFirst ? .first : .further)
            let before = index
            do throws(Stop) {
                guard let action = try action(isFirst: isFirst) else {
                    marks[index] = nil
                    return result
                }
                result.append(action)
                passJoinedAction()
            } catch {
                if index > before { marks[index] = nil }
                skip(to: Keywords.actions + Keywords.ruleClauses)
                guard token.kind == .word, Keywords.actions.contains(token.value), !isAtDeclaration else {
                    return result
                }
            }
            isFirst = false
        }
    }

    /// One action, or nil where none follows.
    mutating func action(isFirst: Bool) throws(Stop) -> Action? {
        let start = token.span
        if !isFirst, isAtDeclaration { return nil }
        let candidates = Keywords.actions
        var word: String?
        if token.kind == .word {
            if candidates.contains(token.value) {
                word = token.value
            } else if isName(token), isFirst || Spelling.nearest(to: token.value, among: Keywords.ruleClauses) == nil {
                word = keyword(of: candidates)
            }
        }
        guard let word else {
            if isFirst {
                throw failWord("an action such as `quarantine` or `reject`", help: Habits.help(forAction: token))
            }
            return nil
        }
        advance()
        let kind = try actionKind(word)
        return Action(kind: kind, span: span(from: start))
    }

    private mutating func actionKind(_ word: String) throws(Stop) -> Action.Kind {
        switch word {
        case "deliver": return .deliver(via: accept("via") ? try name("a route") : nil)
        case "defer": return .defer
        case "quarantine": return .quarantine(try name("a quarantine area"))
        case "reject": return .reject(try text("what the sender is told, as a text in quotes"))
        case "discard": return .discard
        case "tag":
            try expect("subject")
            return .tagSubject(try text())
        case "add":
            try expect("header")
            let field = try text()
            guard !at("}") else { throw fail("a value", help: "write `add header \"NAME\" \"VALUE\"`") }
            return .addHeader(field, try operand("a value"))
        case "remove":
            try expect("header")
            return .removeHeader(try text())
        case "strip": return .strip
        case "disclaimer": return .disclaimer(try name("a template"))
        case "redirect":
            try expect("to")
            return .redirect(try text())
        case "copy":
            try expect("to")
            return .copy(try text())
        case "log":
            let hasText = token.kind == .text
            return .log(hasText ? try text() : nil)
        default: return .notify(try notice())
        }
    }

    private mutating func notice() throws(Stop) -> Notice {
        var addressees: [Notice.Addressee] = []
        repeat {
            if token.kind == .text {
                addressees.append(.address(try text()))
            } else {
                addressees.append(.role(try name("whom to notify")))
            }
        } while acceptComma()
        let template = accept("using") ? try name("a template") : nil
        var even = false
        if accept("even") {
            try expect("unauthenticated")
            even = true
        }
        var except: Expression?
        if accept("except") {
            try expect("when")
            except = try expression()
        }
        return Notice(addressees: addressees, template: template, evenUnauthenticated: even, except: except)
    }

    /// `deliver`, `defer`, `quarantine`, `reject`, `discard` and nothing else.
    mutating func disposition() throws(Stop) -> Action {
        let words = ["deliver", "defer", "quarantine", "reject", "discard"]
        let start = token.span
        guard let word = keyword(of: words) else { throw failWord(list(words)) }
        advance()
        let kind = try actionKind(word)
        return Action(kind: kind, span: span(from: start))
    }

    /// `if reason, … [on …] then …`
    mutating func answer() throws(Stop) -> Answer {
        let start = token.span
        advance()
        var reasons: [Reason] = []
        if !accept("unknown") {
            reasons = try reasonList()
        }
        let directions = accept("on") ? try names("a direction") : []
        mark(.rowThen)
        if isCondition {
            throw fail("`then`", help: "a condition stands behind `when`; `if` answers a reason such as `encrypted`")
        }
        try expect("then")
        if at("ignore") {
            mark(.first)
            advance()
            return Answer(reasons: reasons, directions: directions, actions: [], span: span(from: start))
        }
        let done = actions()
        return Answer(reasons: reasons, directions: directions, actions: done, span: span(from: start))
    }

    /// Whether a condition goes on here: what stood before it was a fact, no reason.
    private var isCondition: Bool {
        (token.kind == .word && (token.value == "is" || Keywords.relations.contains(token.value)))
            || (token.kind == .symbol && Keywords.orders.contains(token.value)) || token.kind == .text
    }

    mutating func reasonList() throws(Stop) -> [Reason] {
        var reasons = [try reason()]
        while acceptComma() { reasons.append(try reason()) }
        return reasons
    }

    mutating func reason() throws(Stop) -> Reason {
        let start = token.span
        let name = try name("a reason such as `encrypted`")
        var kinds: [Name] = []
        if accept("(") {
            kinds = try names("a kind of encryption")
            if !accept(")") { throw fail("`)`") }
        }
        return Reason(name: name, kinds: kinds, span: span(from: start))
    }

    /// `allow NAME "reason"`, `deny NAME`
    mutating func level() throws(Stop) -> WarningLevel {
        let start = token.span
        let allows = advance().value != "deny"
        let warning = try name("the name of a warning")
        let reason = allows ? try text("the reason, as a text") : nil
        return WarningLevel(warning: warning, allowedBecause: reason, span: span(from: start))
    }

    /// `(name value, …)`. A faulty argument is reported and passed over, up to the next comma.
    mutating func arguments() throws(Stop) -> [Argument] {
        try expect("(")
        var result: [Argument] = []
        var isFaulty = false
        repeat {
            do throws(Stop) {
                // Behind a comma too many no name is missing: what stands there is what the comma replaced.
                let isBehindStray = lastReported == index - 1 && !isName(token)
                if isBehindStray { throw Stop() }
                let name = try name("a parameter")
                result.append(Argument(name: name, value: try value()))
            } catch {
                isFaulty = true
                skipArgument()
            }
        } while acceptComma()
        if accept(")") { return result }
        throw isFaulty ? Stop() : fail("`)`")
    }

    /// Skips to the comma or parenthesis behind a faulty argument, or to the next line.
    private mutating func skipArgument() {
        while !isAtEnd, !at(","), !at(")"), !token.isFirstOnLine { advance() }
    }
}
