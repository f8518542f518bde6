import Diagnostics

/// Declarations.
extension Parser {
    /// `file`. Rubble behind a faulty declaration (its rest, when a stray brace seemed to close it) or behind a stray
    /// brace or comma, up to the margin, is passed over without a word.
    mutating func parseFile() -> [Declaration] {
        var result: [Declaration] = []
        var isRubble = false
        var isLost = false
        while !isAtEnd {
            if !isAtDeclaration, isRubble, !isMisspeltDeclaration {
                advance()
                continue
            }
            if at("}") || at(",") {
                let next = peek(1)
                let isLast = next.isFirstOnLine || Keywords.declarations.contains(next.value) || next.kind == .end
                if at("}") { report(.strayBrace(token)) } else { reportComma(isLast: isLast) }
                advance()
                isRubble = !isAtMargin
                continue
            }
            mark(.declaration)
            let before = index
            // Behind a head that could not be read, on its line, or where a value was missing, this is as likely a piece
            // of it: two swapped words.
            let isPiece = (isLost || lastReported == index) && !token.isFirstOnLine && !isBehindBrace
            let told = isPiece ? bag : nil
            isLost = false
            do throws(Stop) {
                result.append(try declaration())
            } catch {
                if let told { bag = told }
                if index == before { advance() }
                skipDeclaration()
                isLost = true
            }
            isRubble = lastReported >= before
        }
        return result
    }

    private var isAtMargin: Bool { file.position(of: token.span.start).column == 1 }

    private var isBehindBrace: Bool {
        index > 0 && tokens[index - 1].kind == .symbol && tokens[index - 1].value == "}"
    }

    /// Whether a word at the margin is nearly one that begins a declaration.
    private var isMisspeltDeclaration: Bool {
        isName(token) && isAtMargin && Spelling.nearest(to: token.value, among: Keywords.declarations) != nil
    }

    private mutating func declaration() throws(Stop) -> Declaration {
        let word = keyword(of: Keywords.declarations)
        let start = token.span
        guard let word else {
            throw failWord(
                "a declaration such as `rule`, `group` or `policy`", help: Habits.help(forDeclaration: token))
        }
        advance()
        switch word {
        case "policy":
            hasHeader = true
            return .policy(try policy(start))
        case "import": return .importing(try importing(start))
        case "parameter":
            let name = try name("the parameter's name")
            try expect("=")
            let value = try value()
            return .parameter(ParameterDeclaration(name: name, value: value, span: span(from: start)))
        case "group", "list": return .list(try list(start, isGroup: word == "group"))
        case "dictionary": return .dictionary(try dictionary(start))
        case "define": return .define(try define(start))
        case "setting": return .setting(try setting(start))
        case "quarantine": return .area(try area(start))
        case "uninspectable":
            var answers: [Answer] = []
            try block(of: "`uninspectable`", starters: ["if"]) { parser throws(Stop) in
                guard parser.keyword(of: ["if"]) != nil else { throw parser.failWord("`if`") }
                answers.append(try parser.answer())
            }
            return .uninspectable(UninspectableDeclaration(answers: answers, span: span(from: start)))
        case "mandatory":
            try expect("rule")
            return .rule(try rule(start, isMandatory: true))
        case "rule": return .rule(try rule(start, isMandatory: false))
        case "exempt": return .exempt(try exempt(start))
        case "score": return .score(try score(start))
        case "template": return .template(try template(start))
        default: return .test(try test(start))
        }
    }

    private mutating func policy(_ start: SourceSpan) throws(Stop) -> PolicyHeader {
        let name = try name("the policy's name")
        var fields: [PolicyHeader.Field] = []
        try block(of: "policy `\(name.text)`", starters: Keywords.policyFields) { parser throws(Stop) in
            let start = parser.token.span
            guard let word = parser.keyword(of: Keywords.policyFields) else {
                throw parser.failWord("a field of the policy")
            }
            let kind = try parser.policyField(word)
            fields.append(PolicyHeader.Field(kind: kind, span: parser.span(from: start)))
        }
        return PolicyHeader(name: name, fields: fields, span: span(from: start))
    }

    private mutating func policyField(_ word: String) throws(Stop) -> PolicyHeader.Field.Kind {
        if word == "allow" || word == "deny" { return .level(try level()) }
        advance()
        switch word {
        case "edition": return .edition(try number())
        case "description": return .description(try text())
        case "timezone": return .timezone(try text())
        case "language": return .language(try names("a language"))
        case "limits": return .limits(try arguments())
        case "domains": return .domains(try texts())
        case "networks": return .networks(try texts())
        case "admin": return .admin(try texts())
        default: return .authServers(try texts())
        }
    }

    private mutating func importing(_ start: SourceSpan) throws(Stop) -> ImportDeclaration {
        if at("with"), peek(1).value == "(" { throw fail("a module") }
        let module = try path("a module")
        let alias = accept("as") ? try name("a name") : nil
        let given = accept("with") ? try arguments() : []
        return ImportDeclaration(module: module, alias: alias, arguments: given, span: span(from: start))
    }

    private mutating func list(_ start: SourceSpan, isGroup: Bool) throws(Stop) -> ListDeclaration {
        let name = try name(isGroup ? "the group's name" : "the list's name")
        var type: Name?
        if !isGroup {
            try expect("of")
            type = try self.name("a type such as `Domain`")
        }
        if accept("from") {
            let kind = try self.name("`file`")
            let hasText = token.kind == .text || (isName(token) && !token.isFirstOnLine)
            let place = hasText ? try text() : nil
            return ListDeclaration(
                name: name, elementType: type, contents: .external(kind, place), span: span(from: start))
        }
        guard at("{") else { throw fail("`{` or `from`") }
        var elements: [TextLiteral] = []
        try block(of: "`\(name.text)`", starters: ["\""], layout: .inlineOpen) { parser throws(Stop) in
            elements += try parser.texts()
            guard parser.token.kind != .text else { throw parser.fail("`,` or `}`") }
        }
        return ListDeclaration(name: name, elementType: type, contents: .inline(elements), span: span(from: start))
    }

    private mutating func dictionary(_ start: SourceSpan) throws(Stop) -> DictionaryDeclaration {
        let name = try name("the dictionary's name")
        var node = DictionaryDeclaration(name: name, thresholds: [], ignored: [], entries: [], span: start)
        try block(of: "dictionary `\(name.text)`", starters: Keywords.dictionaryItems + ["#"]) { parser throws(Stop) in
            if parser.token.kind == .number || parser.at("-") || parser.isAtNamedWeight {
                node.entries.append(try parser.entry())
            } else if let word = parser.keyword(of: Keywords.dictionaryItems) {
                parser.advance()
                if word == "threshold" {
                    node.thresholds.append(try parser.numberOrName())
                } else {
                    node.ignored += try parser.names("what to ignore")
                }
            } else {
                throw parser.failWord("`threshold`, `ignore` or an entry with its weight")
            }
        }
        node.span = span(from: start)
        return node
    }

    /// Whether an entry begins here whose weight is a name.
    private var isAtNamedWeight: Bool {
        guard isName(token), !Keywords.dictionaryItems.contains(token.value) else { return false }
        let next = peek(1)
        return next.kind == .word && Keywords.patterns.contains(next.value)
            || next.kind == .text && peek(2).kind == .word && peek(2).value == "within"
    }

    private mutating func entry() throws(Stop) -> DictionaryDeclaration.Entry {
        let start = token.span
        let weight = try weight()
        let pattern = try pattern()
        var times: NumberLiteral?
        if accept("up") {
            try expect("to")
            times = try number()
            try expect("times")
        }
        return DictionaryDeclaration.Entry(weight: weight, pattern: pattern, times: times, span: span(from: start))
    }

    private mutating func pattern() throws(Stop) -> DictionaryDeclaration.Pattern {
        if token.kind == .text {
            let text = try text()
            try expect("within")
            let distance = try number()
            try expect("words")
            try expect("of")
            return .near(text, within: distance, of: try self.text())
        }
        guard let word = keyword(of: Keywords.patterns) else {
            throw failWord("`word`, `phrase`, `regex` or a text")
        }
        advance()
        switch word {
        case "word": return .word(try text())
        case "phrase": return .phrase(try text())
        default:
            let regex = try regex()
            var check: Name?
            if accept("checked") {
                try expect("by")
                check = try name("a check such as `luhn`")
            }
            return .regex(regex, checkedBy: check)
        }
    }

    private mutating func define(_ start: SourceSpan) throws(Stop) -> DefineDeclaration {
        let name = try name("the name to define")
        let element = accept("for") ? try self.name("an element such as `url`") : nil
        try expect("=")
        // The name stands even where its condition is faulty: its uses are no mistakes.
        let from = token.span
        let found = condition()
        if found == nil { skipDeclaration() }
        let condition = found ?? Expression(kind: .missing, span: from)
        return DefineDeclaration(name: name, element: element, condition: condition, span: span(from: start))
    }

    private mutating func setting(_ start: SourceSpan) throws(Stop) -> SettingDeclaration {
        let name = try name("the setting's name")
        try expect("take")
        let take = try self.name("how values are joined, such as `largest`")
        var rows: [SettingDeclaration.Row] = []
        try block(of: "setting `\(name.text)`", starters: Keywords.settingRows) { parser throws(Stop) in
            let start = parser.token.span
            guard let word = parser.keyword(of: Keywords.settingRows) else {
                throw parser.failWord("`otherwise` or `when`")
            }
            parser.advance()
            var condition: Expression?
            if word == "when" {
                condition = try parser.expression()
                parser.mark(.rowThen)
                try parser.expect("then")
            }
            let value = try parser.value()
            rows.append(SettingDeclaration.Row(condition: condition, value: value, span: parser.span(from: start)))
        }
        return SettingDeclaration(name: name, take: take, rows: rows, span: span(from: start))
    }

    private mutating func area(_ start: SourceSpan) throws(Stop) -> AreaDeclaration {
        let name = try name("the area's name")
        var fields: [AreaDeclaration.Field] = []
        try block(of: "quarantine `\(name.text)`", starters: Keywords.areaFields, layout: .inlineOpen) {
            parser throws(Stop) in
            let start = parser.token.span
            guard let word = parser.keyword(of: Keywords.areaFields) else {
                throw parser.failWord(parser.list(Keywords.areaFields))
            }
            parser.advance()
            let kind = try parser.areaField(word)
            fields.append(AreaDeclaration.Field(kind: kind, span: parser.span(from: start)))
        }
        return AreaDeclaration(name: name, fields: fields, span: span(from: start))
    }

    private mutating func areaField(_ word: String) throws(Stop) -> AreaDeclaration.Field.Kind {
        switch word {
        case "keep": return .keep(try quantity())
        case "approvers": return .approvers(try texts())
        case "release":
            let group = try text()
            try expect("to")
            return .release(group, to: try text())
        default:
            try expect("after")
            let time = try quantity()
            try expect("then")
            return .expire(after: time, then: try disposition())
        }
    }
}
