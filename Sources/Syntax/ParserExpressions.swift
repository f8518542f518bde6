import Diagnostics

/// Conditions.
extension Parser {
    /// A condition; a faulty one is reported and missing.
    mutating func condition() -> Expression? {
        do throws(Stop) { return try expression() } catch { return nil }
    }

    mutating func expression() throws(Stop) -> Expression {
        let whole = try nested { parser throws(Stop) in try parser.junction() }
        conditionEnd = index
        return whole
    }

    /// `expr`: terms joined by `and` or by `or`. Mixed ones are read with `and` the tighter, and reported once.
    private mutating func junction() throws(Stop) -> Expression {
        let start = token.span
        var groups: [[Expression]] = [[try term()]]
        var firstOperator: Token?
        var other: Token?
        while let operation = junctor() {
            if firstOperator == nil { firstOperator = operation }
            if other == nil, let first = firstOperator, junctorName(first) != junctorName(operation) {
                other = operation
            }
            let operand = try term()
            if junctorName(operation) == "and" {
                groups[groups.count - 1].append(operand)
            } else {
                groups.append([operand])
            }
        }
        if let other, let first = firstOperator {
            let ands = groups.filter { $0.count > 1 }.map { $0[0].span.joined(to: $0[$0.count - 1].span) }
            bag.add(.mixedAndOr(other.span, other: first.span, ands: ands, ors: Self.alternatives(in: groups)))
        }
        let whole = span(from: start)
        let joined = groups.map { group in
            group.count == 1
                ? group[0]
                : Expression(kind: .and(group), span: group[0].span.joined(to: group[group.count - 1].span))
        }
        return joined.count == 1 ? joined[0] : Expression(kind: .or(joined), span: whole)
    }

    /// The runs of operands that `or` joins: the last of a group, the groups of one that follow, and the first of the
    /// next.
    private static func alternatives(in groups: [[Expression]]) -> [SourceSpan] {
        var runs: [SourceSpan] = []
        var start: SourceSpan?
        for (group, next) in zip(groups, groups.dropFirst()) {
            let from = start ?? group[group.count - 1].span
            if next.count == 1 {
                start = from
            } else {
                runs.append(from.joined(to: next[0].span))
                start = nil
            }
        }
        if let start, let last = groups.last?.first { runs.append(start.joined(to: last.span)) }
        return runs
    }

    /// Reports an operator of another language; the word for it gets the spaces it needs.
    mutating func reportForeign(_ replacement: String) {
        let before = token.isSpaced ? "" : " "
        let next = peek(1)
        let after = next.isSpaced || (next.kind == .symbol && next.value != "!") ? "" : " "
        let isNot = replacement == "not"
        report(
            .foreignOperator(token, replacement: replacement, text: (isNot ? "" : before) + replacement + after))
    }

    private func junctorName(_ token: Token) -> String {
        token.value == "and" || token.value == "&&" || token.value == "&" ? "and" : "or"
    }

    private mutating func junctor() -> Token? {
        if at("and") || at("or") { return advance() }
        guard token.kind == .symbol, ["&&", "||", "&", "|"].contains(token.value) else { return nil }
        reportForeign(junctorName(token))
        return advance()
    }

    private mutating func term() throws(Stop) -> Expression {
        let start = token.span
        switch token.kind == .word || token.kind == .symbol ? token.value : "" {
        case "(":
            advance()
            let inner = try expression()
            try close()
            return Expression(kind: .group(inner), span: span(from: start))
        case "!":
            reportForeign("not")
            return try denial()
        case "not": return try denial()
        case "any":
            if peek(1).value == "of", peek(1).kind == .word {
                advance()
                return try conditions(from: start) { .anyOf($0) }
            }
            return try quantified(.any)
        case "every": return try quantified(.every)
        case "no": return try quantified(.no)
        case "all":
            advance()
            return try conditions(from: start) { .allOf($0) }
        case "at":
            advance()
            try expect("least")
            let number = try numberOrName()
            return try conditions(from: start) { .atLeast(number, of: $0) }
        case "inside":
            advance()
            let choice = try choice()
            return Expression(kind: .inside(choice), span: span(from: start))
        case "count": return try count()
        case "sum": return try sum()
        default: return try comparison()
        }
    }

    /// `not ( … )` or `not fact`. A comparison behind `not` is reported, and read as it was meant.
    private mutating func denial() throws(Stop) -> Expression {
        let start = token.span
        let word = advance()
        let operand: Expression
        if at("(") {
            operand = try term()
        } else {
            operand = try nested { parser throws(Stop) in try parser.term() }
            var isFact = false
            if case .operand(let inner) = operand.kind, case .fact = inner.kind, inner.otherwise == nil {
                isFact = true
            }
            if !isFact { bag.add(.notNeedsParentheses(word, operand: operand.span)) }
        }
        return Expression(kind: .not(operand), span: span(from: start))
    }

    private mutating func close() throws(Stop) {
        if at(","), conditionEnd == index, !endsList(1) {
            report(.commaBetweenConditions(token))
            throw Stop()
        }
        if at(",") { _ = acceptComma() }
        guard !accept(")") else { return }
        throw fail("`)`")
    }

    /// `of (expr, …)`
    private mutating func conditions(
        from start: SourceSpan, _ make: ([Expression]) -> Expression.Kind
    ) throws(Stop) -> Expression {
        try expect("of")
        try expect("(")
        var members = [try expression()]
        while acceptComma() { members.append(try expression()) }
        try close()
        return Expression(kind: make(members), span: span(from: start))
    }

    private mutating func quantified(_ quantifier: Quantifier) throws(Stop) -> Expression {
        let start = token.span
        advance()
        let from = token.span
        let list = try path("what is quantified, such as `file`")
        let binding = accept("as") ? try name("a name") : nil
        let condition = try filter()
        let elements = Elements(list: list, binding: binding, condition: condition, span: span(from: from))
        return Expression(kind: .quantified(quantifier, elements), span: span(from: start))
    }

    /// `where (…)`
    private mutating func filter() throws(Stop) -> Expression {
        try expect("where")
        try expect("(")
        let condition = try expression()
        try close()
        return condition
    }

    private mutating func count() throws(Stop) -> Expression {
        let start = token.span
        let word = advance()
        if let list = try calledLike(word) {
            let order = try ordering(of: start)
            let bound = try bound()
            return Expression(
                kind: .count(distinct: false, list, where: nil, order, bound), span: span(from: start))
        }
        try expect("of")
        if accept("matches") {
            let pattern = try regex()
            try expect("in")
            let fact = try fact()
            let order = try ordering(of: start)
            return Expression(
                kind: .countOfMatches(pattern, in: fact, order, try bound()), span: span(from: start))
        }
        let distinct = accept("distinct")
        let list = try path("what is counted")
        let condition = at("where") ? try filter() : nil
        let order = try ordering(of: start)
        let bound = try bound()
        return Expression(
            kind: .count(distinct: distinct, list, where: condition, order, bound), span: span(from: start))
    }

    private mutating func sum() throws(Stop) -> Expression {
        let start = token.span
        let word = advance()
        var list = try calledLike(word)
        var condition: Expression?
        if list == nil {
            try expect("of")
            list = try path("what is summed")
            condition = at("where") ? try filter() : nil
        }
        guard let list else { throw Stop() }
        let order = try ordering(of: start)
        let bound = try bound()
        return Expression(kind: .sum(list, where: condition, order, bound), span: span(from: start))
    }

    /// What a count is compared with: a number, or the name of what stands for one.
    private mutating func bound() throws(Stop) -> Value {
        if isName(token), !token.isFirstOnLine { return .name(try name("a number")) }
        return .literal(.quantity(try quantity()))
    }

    /// A number without a unit, or the name of what stands for one.
    mutating func numberOrName() throws(Stop) -> Value {
        if isName(token), !token.isFirstOnLine { return .name(try name("a number")) }
        return .literal(.quantity(try plainNumber()))
    }

    /// What a line of a score or an entry of a dictionary adds.
    mutating func weight() throws(Stop) -> Value {
        let next = peek(1)
        let isWeighed = next.kind == .word && (Keywords.patterns + ["when"]).contains(next.value)
        if isName(token), isWeighed || next.kind == .text { return .name(try name("a weight")) }
        return .literal(.quantity(try plainNumber("a weight", signed: true)))
    }

    private mutating func plainNumber(
        _ what: String = "a number", signed: Bool = false
    ) throws(Stop) -> Quantity {
        let number = try number(what, signed: signed)
        return Quantity(number: number, unit: nil, span: number.span)
    }

    private mutating func ordering(of measure: SourceSpan) throws(Stop) -> Ordering {
        guard token.kind == .symbol, let order = Ordering(rawValue: token.value) else {
            throw fail("`<`, `<=`, `>` or `>=`", help: helpOfEquality(span(from: measure)))
        }
        advance()
        return order
    }

    // MARK: Comparisons

    private mutating func comparison() throws(Stop) -> Expression {
        let left = try operand("a condition")
        let kind = try comparisonTail(left)
        let whole = span(from: left.span)
        if case .operand = kind { return Expression(kind: kind, span: whole) }
        if at("is") || at("=") || at("==") || at("!=") || Keywords.orders.contains(token.value) && token.kind == .symbol
        {
            report(.chainedComparison(token))
            throw Stop()
        }
        return Expression(kind: kind, span: whole)
    }

    private mutating func comparisonTail(_ left: Operand) throws(Stop) -> Expression.Kind {
        if token.kind == .symbol {
            if Ordering(rawValue: token.value) != nil {
                let order = try ordering(of: left.span)
                return .order(left, order, try operand("a value"))
            }
            if ["=", "==", "!=", "<>"].contains(token.value) {
                let negated = token.value == "!=" || token.value == "<>"
                reportForeign(negated ? "is not" : "is")
                advance()
                return .equality(left, negated: negated, try choice())
            }
            return .operand(left)
        }
        if accept("is") {
            let negated = accept("not")
            return .equality(left, negated: negated, try choice())
        }
        let negated = at("not")
        if negated { advance() }
        if isName(token) {
            guard let meant = keyword(of: Keywords.relations + ["is"]) else {
                let help = Habits.help(forRelation: token, [peek(1), peek(2)])
                throw failWord("a relation such as `is`, `contains` or `in`", help: help)
            }
            if meant == "is" {
                advance()
                return .equality(left, negated: accept("not"), try choice())
            }
            return .relation(left, negated: negated, try relation(meant))
        }
        guard token.kind == .word, Keywords.relations.contains(token.value) else {
            if negated { throw fail("a relation such as `contains` or `in`") }
            return .operand(left)
        }
        return .relation(left, negated: negated, try relation(token.value))
    }

    private mutating func relation(_ word: String) throws(Stop) -> Relation {
        advance()
        switch word {
        case "exists": return .exists
        case "in": return .isIn(try container())
        case "mentions":
            let dictionary = try path("a dictionary")
            let threshold = accept("at") ? try numberOrName() : nil
            var inTotal = false
            if accept("in") {
                try expect("total")
                inTotal = true
            }
            return .mentions(dictionary, threshold: threshold, inTotal: inTotal)
        case "matches": return .matches(try patterns())
        case "starts":
            try expect("with")
            return .text(.startsWith, try choice())
        case "ends":
            try expect("with")
            return .text(.endsWith, try choice())
        case "looks":
            try expect("like")
            return .text(.looksLike, try choice())
        case "under": return .text(.under, try choice())
        default: return .text(.contains, try choice())
        }
    }

    private mutating func container() throws(Stop) -> Container {
        if at("(") {
            let start = token.span
            let values = try operands()
            return .values(values, span(from: start))
        }
        if token.kind == .text {
            let written = token
            report(
                .unexpected(
                    written, expected: "a group, a list, or values in parentheses",
                    fixIts: [
                        FixIt(
                            "put it in parentheses", isSure: true,
                            edits: [SourceEdit(written.span.before, "("), SourceEdit(written.span.after, ")")])
                    ]))
            return .values([try operand("a value")], span(from: written.span))
        }
        return .path(try path("a group, a list, or values in parentheses"))
    }

    private mutating func patterns() throws(Stop) -> Patterns {
        guard at("any") || at("all") else { return .one(try regex()) }
        let start = token.span
        let quantifier = advance().value
        try expect("of")
        try expect("(")
        var list = [try regex()]
        while acceptComma() { list.append(try regex()) }
        try close()
        return quantifier == "any" ? .any(list, span(from: start)) : .all(list, span(from: start))
    }

    mutating func choice() throws(Stop) -> Choice {
        let start = token.span
        let exactly = accept("exactly")
        let values: Choice.Values
        if at("any") || at("all") {
            let quantifier = advance().value
            try expect("of")
            let list = try operands()
            values = quantifier == "any" ? .any(list) : .all(list)
        } else if let alternatives = try bareAlternatives() {
            values = alternatives
        } else {
            let isText = token.kind == .text
            let value = try operand("a value")
            if isText, at(","), peek(1).kind == .text {
                values = try several(value)
            } else {
                values = .one(value)
            }
        }
        return Choice(exactly: exactly, values: values, span: span(from: start))
    }

    /// Texts behind a first one, where `any of (…)` should stand: told once, and read as they were meant.
    private mutating func several(_ first: Operand) throws(Stop) -> Choice.Values {
        var list = [first]
        while at(","), peek(1).kind == .text {
            advance()
            list.append(try operand("a value"))
        }
        let whole = span(from: first.span)
        bag.add(.severalValues(whole, written: file.text(whole.start..<whole.end)))
        return .any(list)
    }

    mutating func operands() throws(Stop) -> [Operand] {
        try expect("(")
        var list = [try operand("a value")]
        while acceptComma() { list.append(try operand("a value")) }
        try close()
        return list
    }

    mutating func operand(_ what: String) throws(Stop) -> Operand {
        let start = token.span
        let kind: Operand.Kind
        if isName(token) {
            kind = .fact(try fact())
        } else if [.text, .number, .date].contains(token.kind) || at("-") || at("true") || at("false") {
            kind = .literal(try literal())
        } else {
            throw fail(what)
        }
        var fallback: Operand.Fallback?
        if accept("otherwise") {
            fallback = .operand(try nested { parser throws(Stop) in try parser.operand("a value") })
        }
        return Operand(kind: kind, otherwise: fallback, span: span(from: start))
    }

    mutating func fact() throws(Stop) -> Fact {
        let path = try path("a fact")
        var argument: TextLiteral?
        if token.kind == .text { argument = try text() } else { argument = unquotedField(behind: path) }
        var asNumber = false
        if at("as"), peek(1).value == "number" {
            advance()
            advance()
            asNumber = true
        }
        return Fact(path: path, argument: argument, asNumber: asNumber, span: span(from: path.span))
    }
}
