import Diagnostics
import Syntax
import Vocabulary

/// What a path in a condition turned out to mean.
enum Resolution {
    case reference(FactReference)
    /// A define, or an adjective such as `encrypted`.
    case condition(Formula)
    case list(ResolvedList)
    /// A parameter's value.
    case literal(Literal)
    /// A score or setting.
    case computed(Symbol)
    case elementList(ElementListName)
    /// A bound element by its name, by the index of its binder in the stack.
    case element(Int)
    /// Reported, or silent because of an earlier fault.
    case failed
}

/// A path where a fact, define or list may stand, with what may stand behind it.
struct WrittenFact: Written {
    let segments: [Name]
    let text: String
    let argument: TextLiteral?
    let asNumber: Bool
    let span: SourceSpan

    init(_ fact: Syntax.Fact) {
        segments = fact.path.segments
        text = fact.path.text
        argument = fact.argument
        asNumber = fact.asNumber
        span = fact.span
    }

    init(_ path: Path) {
        segments = path.segments
        text = path.text
        argument = nil
        asNumber = false
        span = path.span
    }
}

extension ExpressionChecker {
    func resolve(_ fact: Syntax.Fact) -> Resolution { resolve(WrittenFact(fact)) }
    func lookUp(_ fact: Syntax.Fact) -> Resolution? { lookUp(WrittenFact(fact)) }

    /// Resolves a path that must mean something here: an element's fact by its bare name, another bound element's by
    /// `name.fact`, then the message's, then what the policy declares.
    func resolve(_ fact: WrittenFact) -> Resolution { lookUp(fact) ?? unknown(fact) }

    /// The same, but gives `nil` for what means nothing instead of reporting it.
    func lookUp(_ fact: WrittenFact) -> Resolution? {
        let segments = fact.segments
        if let last = binders.lastIndex(where: { $0.name == segments[0].text }) {
            if segments.count == 1 { return .element(last) }
            return resolve(elementFact: fact, Array(segments.dropFirst()), last)
                ?? unknownFact(fact, of: binders[last])
        }
        if !binders.isEmpty {
            let last = binders.count - 1
            if segments.count == 1, isWord(segments[0].text, for: binders[last]) { return .element(last) }
            if let found = resolve(elementFact: fact, segments, last) { return found }
        }
        return resolve(messageFact: fact) ?? resolve(builtIn: fact) ?? resolve(declared: fact)
    }

    /// Whether a word such as `file` means the innermost element.
    private func isWord(_ word: String, for binder: Binder) -> Bool {
        ElementListName.allCases.contains { $0.singular == word && $0.kind == binder.list.kind }
    }

    // MARK: - Facts

    private func resolve(elementFact fact: WrittenFact, _ segments: [Name], _ index: Int) -> Resolution? {
        let binder = binders[index]
        if segments.count == 1, binder.list.kind == .part,
            let formula = adjective(segments[0].text, binder, at: fact.span)
        {
            return .condition(formula)
        }
        return resolve(fact, segments, in: .element(binder.list.kind), binder: binder.number)
    }

    /// `encrypted` and `signed` of an element.
    func adjective(_ word: String, _ binder: Binder, at span: SourceSpan) -> Formula? {
        guard let adjective = Adjective.ofPart.named(word) else { return nil }
        return .atom(Atom(.exists(FactReference(adjective.fact, binder: binder.number)), at: context.place(span)))
    }

    private func resolve(messageFact fact: WrittenFact) -> Resolution? {
        resolve(fact, fact.segments, in: .message, binder: nil)
            ?? resolve(fact, fact.segments, in: .recipient, binder: nil)
    }

    /// The fact with the longest name that the segments begin with; what follows are members.
    func resolve(
        _ fact: WrittenFact, _ segments: [Name], in factScope: FactScope, binder: Int?
    ) -> Resolution? {
        // `from` and `from.domain`, but also `virus` and a mistyped `virus.nmae`: members decide.
        FactCatalogue.row(beginning: segments.map(\.text), in: factScope).map { row, count in
            resolve(fact, row, members: Array(segments.dropFirst(count)), binder: binder)
        }
    }

    private func resolve(_ fact: WrittenFact, _ row: FactRow, members: [Name], binder: Int?) -> Resolution {
        guard let argument = checkArgument(of: fact, row) else { return .failed }
        var type = row.type
        var known: [Member] = []
        for name in members {
            guard let member = Member(rawValue: name.text), let next = member.type(in: type) else {
                report(SemanticsDiagnostics.unknownMember(name, of: row, type: type))
                return .failed
            }
            if member.needsPublicSuffixes, context.publicSuffixes(at: name.span) == nil { return .failed }
            known.append(member)
            type = next
        }
        if fact.asNumber, type != .text {
            report(SemanticsDiagnostics.asNumberOfOther(fact.span, type: type))
            return .failed
        }
        return .reference(
            FactReference(row.fact, argument: argument, binder: binder, members: known, asNumber: fact.asNumber))
    }

    /// The text after the fact's name, an empty one where it takes none.
    private func checkArgument(of fact: WrittenFact, _ row: FactRow) -> String?? {
        guard row.takesArgument else {
            if let argument = fact.argument {
                report(SemanticsDiagnostics.argumentNotTaken(argument.span, fact: row.writtenName))
                return nil
            }
            return .some(nil)
        }
        guard let argument = fact.argument else {
            report(SemanticsDiagnostics.argumentMissing(fact.span, fact: row.writtenName))
            return nil
        }
        if row.fact == .header { return checkHeaderName(argument).map { .some($0) } ?? nil }
        return .some(argument.value)
    }

    /// A header field's name in lower case; a misspelt well-known one is a warning.
    private func checkHeaderName(_ argument: TextLiteral) -> String? {
        guard let name = HeaderNames.normalized(argument.value) else {
            report(SemanticsDiagnostics.badHeaderName(argument))
            return nil
        }
        if let meant = HeaderNames.meant(by: name) {
            context.warn(SemanticsDiagnostics.similarHeader(argument, meant), in: levels)
        }
        return name
    }

    // MARK: - What the policy declares

    /// `policy.networks` and `policy.domains`.
    private func resolve(builtIn fact: WrittenFact) -> Resolution? {
        switch fact.text {
        case "policy.networks":
            .list(
                ResolvedList(
                    name: "policy.networks", type: .ip,
                    entries: context.organisation.networks.map(\.description)))
        case "policy.domains":
            .list(
                ResolvedList(
                    name: "policy.domains", type: .domain,
                    entries: context.organisation.domains.map(\.text)))
        default:
            ElementListName.allCases.first { $0.rawValue == fact.text }.map { .elementList($0) }
        }
    }

    private func resolve(declared fact: WrittenFact) -> Resolution? {
        if fact.segments.count == 1, let parameter = scope.parameters[fact.text] {
            switch parameter.value {
            case .literal(let literal):
                return .literal(literal)
            case .name(let name):
                guard let symbol = context.names.symbol(name.text, in: scope.scope(of: parameter)) else {
                    context.reportUnknown(
                        "name", name.text, in: scope.scope(of: parameter),
                        SemanticsDiagnostics.unknownName(fact, nearest: nil))
                    return .failed
                }
                return resolve(symbol, fact)
            }
        }
        return context.names.symbol(fact.text, in: scope).map { resolve($0, fact) }
    }

    private func resolve(_ symbol: Symbol, _ fact: WrittenFact) -> Resolution {
        switch symbol.kind {
        case .define:
            return expand(symbol, at: fact.span).map { .condition($0) } ?? .failed
        case .list:
            return context.use(list: symbol).map { .list($0) } ?? .failed
        case .setting, .score:
            context.names.usedComputed.insert(symbol.name)
            return context.broken.contain(symbol.span) ? .failed : .computed(symbol)
        case .dictionary, .rule, .exemption, .template:
            context.reportWrongKind(fact, symbol, expected: "a fact or a define")
            return .failed
        }
    }

    // MARK: - Nothing

    private func unknownFact(_ fact: WrittenFact, of binder: Binder) -> Resolution {
        let names = FactCatalogue.rows.filter { $0.scope == .element(binder.list.kind) }.map(\.writtenName)
        let segment = fact.segments[1]
        report(
            SemanticsDiagnostics.unknownFactOfElement(
                segment, element: binder.list.singular, nearest: Nearest.to(segment.text, among: names)))
        return .failed
    }

    /// Reports a path that means nothing here, with what it may have meant.
    private func unknown(_ fact: WrittenFact) -> Resolution {
        let path = fact
        let first = path.segments[0].text
        if binders.isEmpty, let row = elementRow(named: first) {
            unboundFacts.append((path, row))
            return .failed
        }
        if binders.isEmpty, Adjective.ofMessage.named(path.text) != nil {
            report(SemanticsDiagnostics.adjectiveAlone(path))
            return .failed
        }
        if let (list, member) = memberOfList(path) {
            report(SemanticsDiagnostics.memberOfList(path, list, member: member))
            return .failed
        }
        context.reportUnknown("name", path.text, in: scope, unknownName(path))
        return .failed
    }

    /// Looks at every name there is, so it is made within the bound of `reportUnknown` only.
    private func unknownName(_ path: WrittenFact) -> Diagnostic {
        let near = nearest(to: path)
        let isField = path.segments.count == 1 && HeaderNames.looksLikeField(path.text)
        return near == nil && isField
            ? SemanticsDiagnostics.headerField(path) : SemanticsDiagnostics.unknownName(path, nearest: near)
    }

    /// The fact of an element that a name means, of a file rather than of a link.
    private func elementRow(named name: String) -> FactRow? {
        FactCatalogue.row(named: name, in: .element(.part)) ?? FactCatalogue.row(named: name, in: .element(.url))
    }

    /// `files.size` and `message.urls.host`: a list's name, and what is asked of its elements.
    private func memberOfList(_ path: WrittenFact) -> (ElementListName, member: String)? {
        for list in ElementListName.allCases {
            for name in [list.rawValue, list.singular, list.singular + "s"] where path.text.hasPrefix(name + ".") {
                return (list, String(path.text.dropFirst(name.utf8.count + 1)))
            }
        }
        return nil
    }

    /// The name most like a path; where members follow, the most like its head.
    private func nearest(to path: WrittenFact) -> NearName? {
        let declared = declaredNames
        let names = factNames + declared
        if let nearest = Nearest.to(path.text, among: names) {
            return declared.contains(nearest.name) ? nearest.asSuggestion : nearest
        }
        for count in stride(from: path.segments.count - 1, to: 0, by: -1) {
            let head = path.segments.prefix(count).map(\.text).joined(separator: ".")
            let rest = path.segments.dropFirst(count).map(\.text).joined(separator: ".")
            if let nearest = Nearest.to(head, among: names) { return nearest.within("", "." + rest).asSuggestion }
        }
        // `body` alone, where `body.text` was meant.
        let text = path.text + ".text"
        return names.contains(text) ? NearName(text, isSure: false) : nil
    }

    /// The facts that a condition could name here.
    private var factNames: [String] {
        var names = FactCatalogue.rows.filter { $0.scope == .message || $0.scope == .recipient }.map(\.writtenName)
        if let binder = binders.last {
            names += FactCatalogue.rows.filter { $0.scope == .element(binder.list.kind) }.map(\.writtenName)
        }
        return names
    }

    /// What else a condition could name here: what the policy declares.
    private var declaredNames: [String] {
        binders.compactMap(\.name) + context.names.visibleNames([.define, .setting, .score, .list], in: scope)
            + scope.parameters.keys.sorted()
    }
}
