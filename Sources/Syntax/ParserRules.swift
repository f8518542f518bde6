import Diagnostics

/// Rules, exemptions, scores, templates and tests.
extension Parser {
    mutating func rule(_ start: SourceSpan, isMandatory: Bool) throws(Stop) -> RuleDeclaration {
        let name = try name("the rule's name")
        let title = token.kind == .text ? try text() : nil
        var clauses: [RuleDeclaration.Clause] = []
        try block(of: "rule `\(name.text)`", starters: Keywords.ruleClauses) { parser throws(Stop) in
            let start = parser.token.span
            guard let word = parser.keyword(of: Keywords.ruleClauses) else {
                throw parser.failWord(
                    "a clause such as `on`, `when`, `unless` or `then`", help: Habits.help(forClause: parser.token))
            }
            let kind = try parser.clause(word)
            clauses.append(RuleDeclaration.Clause(kind: kind, span: parser.span(from: start)))
        }
        return RuleDeclaration(
            isMandatory: isMandatory, name: name, title: title, clauses: clauses, span: span(from: start))
    }

    private mutating func clause(_ word: String) throws(Stop) -> RuleDeclaration.Clause.Kind {
        switch word {
        case "allow", "deny": return .level(try level())
        case "if": return .answer(try answer())
        default: advance()
        }
        switch word {
        case "on": return .on(try names("a direction: inbound, outbound or internal") + directionsWithoutComma())
        case "label": return .label(try names("a label"))
        case "when": return .when(try expression())
        case "unless": return .unless(try expression())
        default: return .then(actions())
        }
    }

    mutating func exempt(_ start: SourceSpan) throws(Stop) -> ExemptDeclaration {
        let name = try name("the exemption's name")
        try expect("from")
        var targets: [ExemptDeclaration.Target] = []
        repeat {
            if accept("label") {
                targets.append(.label(try self.name("a label")))
            } else if accept("unknown") {
                targets.append(.unknown(try reason()))
            } else {
                targets.append(.rule(try path("a rule, `label` or `unknown`")))
            }
        } while acceptComma()
        var condition: Expression?
        let place = token.span
        try block(of: "exempt `\(name.text)`", starters: ["when"]) { parser throws(Stop) in
            guard parser.keyword(of: ["when"]) != nil, condition == nil else { throw parser.failWord("`when`") }
            parser.advance()
            condition = Expression(kind: .missing, span: parser.token.span)
            condition = try parser.expression()
        }
        if condition == nil, lastReported < 0 || tokens[lastReported].span.start < place.start {
            index -= 1
            report(.unexpected(token, expected: "`when`"))
            advance()
        }
        return ExemptDeclaration(
            name: name, targets: targets, condition: condition ?? Expression(kind: .missing, span: place),
            span: span(from: start))
    }

    mutating func score(_ start: SourceSpan) throws(Stop) -> ScoreDeclaration {
        let name = try name("the score's name")
        var lines: [ScoreDeclaration.Line] = []
        try block(of: "score `\(name.text)`", starters: ["#"]) { parser throws(Stop) in
            let start = parser.token.span
            let weight = try parser.weight()
            try parser.expect("when")
            let condition = try parser.expression()
            lines.append(
                ScoreDeclaration.Line(weight: weight, condition: condition, span: parser.span(from: start)))
        }
        return ScoreDeclaration(name: name, lines: lines, span: span(from: start))
    }

    mutating func template(_ start: SourceSpan) throws(Stop) -> TemplateDeclaration {
        let name = try name("the template's name")
        var versions: [TemplateDeclaration.Version] = []
        try block(of: "template `\(name.text)`", starters: ["{"]) { parser throws(Stop) in
            let start = parser.token.span
            let language = try parser.language()
            var subject: TextLiteral?
            var body: TextLiteral?
            let reported = parser.bag.diagnostics.count
            try parser.block(of: "`\(language.text)`", starters: ["subject", "body"], layout: .inlineOpen) {
                inner throws(Stop) in
                let next = subject == nil ? "subject" : "body"
                guard body == nil else { throw inner.fail("`}`") }
                try inner.expect(next)
                let text = try inner.text()
                if next == "subject" { subject = text } else { body = text }
            }
            guard let subject, let body else {
                if parser.bag.diagnostics.count == reported {
                    parser.index -= 1
                    parser.report(.unexpected(parser.token, expected: subject == nil ? "`subject`" : "`body`"))
                    parser.advance()
                }
                return
            }
            versions.append(
                TemplateDeclaration.Version(
                    language: language, subject: subject, body: body, span: parser.span(from: start)))
        }
        return TemplateDeclaration(name: name, versions: versions, span: span(from: start))
    }

    /// The language before a version's block; where something else stands there the block is read all the same.
    private mutating func language() throws(Stop) -> Name {
        do throws(Stop) { return try name("a language") } catch {
            let place = token.span
            if !at("{"), peek(1).value == "{" { advance() }
            guard at("{"), ["subject", "body"].contains(peek(1).value) else { throw error }
            return Name(text: "", span: place)
        }
    }

    // MARK: Tests

    mutating func test(_ start: SourceSpan) throws(Stop) -> TestDeclaration {
        let title = try text("the test's title, as a text")
        var steps: [TestDeclaration.Step] = []
        try block(of: "test \"\(title.value)\"", starters: Keywords.testSteps) { parser throws(Stop) in
            let start = parser.token.span
            guard let word = parser.keyword(of: Keywords.testSteps) else {
                throw parser.failWord("`mail`, `assume` or `expect`")
            }
            parser.advance()
            switch word {
            case "mail": steps.append(.mail(try parser.mail(start)))
            case "assume": steps.append(.assume(try parser.assumption(start)))
            default: steps.append(.expect(try parser.expectation(start)))
            }
        }
        return TestDeclaration(title: title, steps: steps, span: span(from: start))
    }

    private mutating func mail(_ start: SourceSpan) throws(Stop) -> TestDeclaration.Mail {
        let file = try text("the mail's file, as a text")
        let direction = at("from") ? nil : try name("`from`, or a direction: inbound, outbound or internal")
        try expect("from")
        let sender = try text()
        try expect("to")
        let recipients = try texts()
        return TestDeclaration.Mail(
            file: file, direction: direction, sender: sender, recipients: recipients, span: span(from: start))
    }

    private mutating func assumption(_ start: SourceSpan) throws(Stop) -> TestDeclaration.Assumption {
        let fact = try fact()
        let state: TestDeclaration.Assumption.State
        if accept("not") {
            try expect("exists")
            state = .absent
        } else {
            if at("=") || at("==") {
                reportForeign("is")
                advance()
            } else {
                try expect("is")
            }
            if accept("unknown") {
                try expect("because")
                state = .unknown(try reasonList())
            } else {
                state = .value(try operand("a value"))
            }
        }
        return TestDeclaration.Assumption(fact: fact, state: state, span: span(from: start))
    }

    private mutating func expectation(_ start: SourceSpan) throws(Stop) -> TestDeclaration.Expectation {
        let kind: TestDeclaration.Expectation.Kind
        if accept("no") {
            try expect("notice")
            kind = .noNotice
        } else if isName(token) {
            let rule = try path("a rule")
            guard let word = keyword(of: Keywords.outcomes) else { throw failWord(list(Keywords.outcomes)) }
            advance()
            switch word {
            case "fires": kind = .rule(rule, .fires)
            case "quiet": kind = .rule(rule, .quiet)
            case "undetermined": kind = .rule(rule, .undetermined)
            default:
                try expect("by")
                kind = .rule(rule, .exempted(by: try excuse()))
            }
        } else if let action = try action(isFirst: true) {
            kind = .action(action)
        } else {
            throw fail("an action or a rule")
        }
        let recipient = accept("for") ? try text() : nil
        return TestDeclaration.Expectation(kind: kind, recipient: recipient, span: span(from: start))
    }

    /// What excused a rule: an exemption, or the rule's own `unless`.
    private mutating func excuse() throws(Stop) -> Path {
        guard at("unless") else { return try path("an exemption or `unless`") }
        let word = advance()
        return Path(segments: [Name(text: "unless", span: word.span)], span: word.span)
    }
}
