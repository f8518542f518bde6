import Diagnostics
import Syntax
import Vocabulary

/// Walks a tree and notes every name it meets.
struct IndexBuilder {
    let source: SourceFile
    var declared: [DeclaredName] = []
    var mentions: [Mention] = []
    var imports: [FileIndex.Import] = []
    var binders: [Binder] = []

    mutating func add(_ tree: SourceTree) {
        for (number, declaration) in tree.declarations.enumerated() {
            if let name = declaration.name, let kind = Self.kind(of: declaration) {
                declared.append(DeclaredName(kind: kind, name: name, span: declaration.span, declaration: number))
            }
            add(declaration)
        }
    }

    static func kind(of declaration: Declaration) -> NameKind? {
        switch declaration {
        case .policy: .policy
        case .parameter: .parameter
        case .list(let node): node.elementType == nil ? .group : .list
        case .dictionary: .dictionary
        case .define: .define
        case .setting: .setting
        case .area: .area
        case .rule: .rule
        case .exempt: .exemption
        case .score: .score
        case .template: .template
        case .importing, .uninspectable, .test: nil
        }
    }

    mutating func mention(_ name: Name, _ role: MentionRole) {
        guard name.span.end > name.span.start else { return }
        mentions.append(Mention(role: role, segments: [name], span: name.span))
    }

    mutating func mention(_ path: Path, _ role: MentionRole) {
        mentions.append(Mention(role: role, segments: path.segments, span: path.span))
    }

    private mutating func add(_ declaration: Declaration) {
        switch declaration {
        case .policy(let node): add(node)
        case .importing(let node): add(node)
        case .parameter(let node): add(node.value)
        case .define(let node):
            let list = node.element.flatMap { Self.elements($0.text) }
            if let list { binders.append(Binder(list: list, name: nil)) }
            if let element = node.element, let list { mention(element, .elements(list)) }
            add(node.condition)
            binders = []
        case .setting(let node):
            for row in node.rows {
                if let condition = row.condition { add(condition) }
                add(row.value)
            }
        case .area(let node):
            for field in node.fields { if case .expire(_, let action) = field.kind { add(action) } }
        case .uninspectable(let node): for answer in node.answers { add(answer) }
        case .rule(let node): for clause in node.clauses { add(clause) }
        case .exempt(let node):
            for target in node.targets {
                switch target {
                case .rule(let path): mention(path, .name)
                case .label(let name): mention(name, .label)
                case .unknown(let reason): add(reason)
                }
            }
            add(node.condition)
        case .score(let node):
            for line in node.lines {
                add(line.weight)
                add(line.condition)
            }
        case .dictionary(let node):
            for threshold in node.thresholds { add(threshold) }
            for entry in node.entries { add(entry.weight) }
        case .test(let node): for step in node.steps { add(step) }
        case .list, .template: break
        }
    }

    private mutating func add(_ header: PolicyHeader) {
        for field in header.fields {
            if case .limits(let arguments) = field.kind { for one in arguments { add(one.value) } }
        }
    }

    private mutating func add(_ node: ImportDeclaration) {
        mention(node.module, .module)
        if let alias = node.alias { mention(alias, .alias) }
        if let prefix = node.alias ?? node.module.segments.last {
            imports.append(.init(module: node.module.text, modulePlace: node.module.span, prefix: prefix))
        }
        for argument in node.arguments {
            mention(argument.name, .argument(ofModule: node.module.text))
            add(argument.value)
        }
    }

    mutating func add(_ value: Syntax.Value) {
        if case .name(let name) = value { mention(name, .name) }
    }

    private mutating func add(_ clause: RuleDeclaration.Clause) {
        switch clause.kind {
        case .level: break
        case .on(let names): for name in names { mention(name, .direction) }
        case .label(let names): for name in names { mention(name, .label) }
        case .when(let condition), .unless(let condition): add(condition)
        case .then(let actions): for action in actions { add(action) }
        case .answer(let answer): add(answer)
        }
    }

    private mutating func add(_ answer: Syntax.Answer) {
        for reason in answer.reasons { add(reason) }
        for name in answer.directions { mention(name, .direction) }
        for action in answer.actions { add(action) }
    }

    private mutating func add(_ reason: Reason) {
        mention(reason.name, .reason)
        for kind in reason.kinds { mention(kind, .symbol(of: .encryption)) }
    }

    mutating func add(_ action: Syntax.Action) {
        switch action.kind {
        case .quarantine(let name): mention(name, .area)
        case .disclaimer(let name): mention(name, .name)
        case .reject(let text), .tagSubject(let text), .log(let text?): mentionValues(in: text)
        case .addHeader(_, let value):
            if case .literal(.text(let text)) = value.kind { mentionValues(in: text) }
            add(value)
        case .notify(let notice):
            if let template = notice.template { mention(template, .name) }
            if let except = notice.except { add(except) }
        default: break
        }
    }

    /// The scores and settings that a text shows: `{suspicion}`. Found in the text as it is written, for that is where a
    /// new name is put.
    private mutating func mentionValues(in text: TextLiteral) {
        for (name, range) in TemplatePlaceholder.occurrences(in: source.text(text.span))
        where TemplatePlaceholder(rawValue: name) == nil {
            var start = text.span.start + range.lowerBound + 1
            let segments = name.split(separator: ".", omittingEmptySubsequences: false).map { segment in
                defer { start += segment.utf8.count + 1 }
                let end = start + segment.utf8.count
                return Name(text: String(segment), span: SourceSpan(file: text.span.file, start: start, end: end))
            }
            mentions.append(
                Mention(
                    role: .name, segments: segments,
                    span: SourceSpan(file: text.span.file, start: segments[0].span.start, end: start - 1)))
        }
    }

    private mutating func add(_ step: TestDeclaration.Step) {
        switch step {
        case .mail(let mail): if let direction = mail.direction { mention(direction, .direction) }
        case .assume(let assumption):
            let left = add(assumption.fact)
            switch assumption.state {
            case .value(let value): addValue(value, of: left)
            case .unknown(let reasons): for reason in reasons { add(reason) }
            case .absent: break
            }
        case .expect(let expectation):
            switch expectation.kind {
            case .action(let action): add(action)
            case .noNotice: break
            case .rule(let path, let outcome):
                mention(path, .name)
                if case .exempted(let by) = outcome, by.text != "unless" { mention(by, .name) }
            }
        }
    }

    /// The list a quantifier's or define's word means.
    static func elements(_ word: String) -> ElementListName? {
        ElementListName.allCases.first { $0.singular == word || $0.rawValue == word }
    }
}
