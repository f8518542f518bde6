import Semantics
import Vocabulary

/// Makes up typed policies: every kind of formula, test, answer and exemption.
struct PolicyGenerator {
    var facts: FactsGenerator
    private var dictionaries: [TypedDictionary] = []
    private(set) var sets: [ValueSet] = []
    private var computed: [TypedComputed] = []
    private var line = 0

    init(seed: UInt64) { facts = FactsGenerator(random: SeededGenerator(seed: seed)) }

    mutating func place() -> SourcePlace {
        line += 1
        return SourcePlace(file: "made-up.lazaret", line: line, column: 1, length: 3)
    }

    mutating func policy() -> TypedPolicy {
        dictionaries = (0..<2).map { dictionary($0) }
        sets = []
        computed = []
        for number in 0..<facts.random.below(4) { computed.append(computed(number)) }
        var rules: [TypedRule] = []
        for number in 0..<(1 + facts.random.below(6)) { rules.append(rule("rule-\(number)")) }
        var exemptions: [TypedExemption] = []
        for number in 0..<facts.random.below(4) { exemptions.append(exemption("exemption-\(number)", rules)) }
        var organisation = Organisation(domains: [OwnDomain("acme.example")])
        organisation.networks = [Network("192.0.2.0/24")].compactMap { $0 }
        return TypedPolicy(
            name: "made-up", organisation: organisation, rules: rules, exemptions: exemptions, sets: sets,
            dictionaries: dictionaries, computed: computed,
            templates: [
                MessageTemplate(
                    name: "held",
                    versions: [.init(language: "en", subject: TemplateText("s"), body: TemplateText("b {rule}"))])
            ],
            areas: [
                QuarantineArea(name: "a"),
                QuarantineArea(
                    name: "b", keep: 86_400, approvers: [Address("desk@acme.example")],
                    release: .init(start: 1080, end: 360),
                    expiry: .init(seconds: 3600, disposition: .reject, reason: "too late")),
            ], limits: [.files: 4000],
            suffixes: try? PublicSuffixList(version: "1", rules: Array("example\nfr\nsub.acme.fr\n".utf8)))
    }

    private mutating func rule(_ name: String) -> TypedRule {
        var unless: [Formula] = []
        for _ in 0..<facts.random.below(3) { unless.append(formula(depth: 1, bound: [])) }
        var answers = AnswerTable<TypedConsequence>(all: answer())
        for reason in Reasons.all.singles {
            for direction in Direction.allCases where facts.random.oneIn(2) { answers[reason, direction] = answer() }
        }
        let directions = DirectionSet(rawValue: facts.random.oneIn(2) ? 7 : UInt8(1 + facts.random.below(7)))
        return TypedRule(
            name: name, title: facts.random.oneIn(2) ? "A title" : nil, place: place(), directions: directions,
            labels: facts.random.oneIn(2) ? ["l"] : [], isMandatory: facts.random.oneIn(5),
            when: formula(depth: 3, bound: []), unless: unless, consequence: consequence(), answers: answers)
    }

    private mutating func exemption(_ name: String, _ rules: [TypedRule]) -> TypedExemption {
        let names = rules.filter { !$0.isMandatory && facts.random.oneIn(2) }.map(\.name)
        return TypedExemption(
            name: name, place: place(), rules: names,
            unknown: facts.random.oneIn(2) ? facts.reasons().union(facts.reasons()) : [],
            when: formula(depth: 1, bound: []))
    }

    private mutating func answer() -> TypedAnswer {
        switch facts.random.below(4) {
        case 0: .quiet
        case 1: .ignore
        default: .consequence(consequence())
        }
    }

    private mutating func consequence() -> TypedConsequence {
        var consequence = TypedConsequence(disposition: facts.random.pick(Disposition.allCases))
        if consequence.disposition == .quarantine { consequence.areas = facts.random.some(2) { $0.pick(["a", "b"]) } }
        if consequence.disposition == .reject { consequence.reason = text() }
        if facts.random.oneIn(2) {
            consequence.actions = facts.random.some(3) {
                .plain(
                    $0.pick([
                        .tagSubject("[x] "), .log(nil), .log("seen"), .copy(to: Address("copy@acme.example")),
                        .addHeader(name: "X-A", value: "1"), .removeHeader(name: "X-B"),
                        .notify(whom: .sender, template: "held", evenUnauthenticated: false),
                        .notify(whom: .mailbox(Address("desk@acme.example")), template: nil, evenUnauthenticated: true),
                        .redirect(to: Address("else@acme.example")), .deliverVia(route: "slow"),
                        .disclaimer(template: "held"),
                    ]))
            }
        }
        if facts.random.oneIn(3) { consequence.actions.append(filledAction()) }
        if facts.random.oneIn(3) { consequence.actions.append(.strip) }
        return consequence
    }

    /// An action that is settled only when the decision is made.
    private mutating func filledAction() -> TypedAction {
        switch facts.random.below(4) {
        case 0: .addHeader(name: "X-C", text())
        case 1: .tagSubject(text())
        case 2: .log(text())
        default:
            .notify(
                whom: facts.random.pick([.recipient, .administrator]), template: "held", evenUnauthenticated: false,
                except: formula(depth: 1, bound: []))
        }
    }

    private mutating func text() -> TextForm<Operand> {
        var pieces: [TextForm<Operand>.Piece] = []
        for _ in 0..<(1 + facts.random.below(3)) {
            switch facts.random.below(4) {
            case 0: pieces.append(.literal(facts.random.pick(["no", "never: ", String(repeating: "é", count: 300)])))
            case 1: pieces.append(.verdict(facts.random.pick(VerdictWord.allCases)))
            case 2 where !computed.isEmpty:
                let one = facts.random.pick(computed)
                pieces.append(.value(.computed(one.reference(dictionaries: dictionaries))))
            default:
                let type = reference(nil, []).type
                pieces.append(.value(operand(type, [])))
            }
        }
        return TextForm(pieces)
    }

    private mutating func dictionary(_ number: Int) -> TypedDictionary {
        let entries = facts.random.some(5) { random in
            TypedDictionary.Entry(
                weight: random.pick([5, 3, 1, -2]), pattern: Self.pattern(&random),
                times: random.pick([1, 1, 2, 3, 10_000]))
        }
        return TypedDictionary(name: "dictionary-\(number)", threshold: 5, entries: entries)
    }

    /// A score or setting, which may use those before it.
    private mutating func computed(_ number: Int) -> TypedComputed {
        let kind = facts.random.pick(TypedComputed.Kind.allCases + [.score])
        let type: ValueType =
            switch kind {
            case .score: .decimal
            case .largest, .smallest: facts.random.pick([.size, .int, .decimal])
            case .one: facts.random.pick([.size, .domain, .symbol, .text, .fileType, .decimal])
            }
        func value() -> Value {
            if kind == .score { return .number(facts.random.pick([1000, 2500, 5000, -1000, -4000])) }
            return facts.value(of: type, symbols: ["pass", "fail", "inbound"])
        }
        let rows = (0..<(1 + facts.random.below(4))).map { _ in
            TypedComputed.Row(when: formula(depth: 2, bound: []), value: value(), place: place())
        }
        let otherwise = TypedComputed.Row(when: .constant(true), value: value(), place: place())
        return TypedComputed(
            name: "computed-\(number)", type: type, kind: kind, rows: rows, otherwise: kind == .score ? nil : otherwise,
            place: place())
    }

    /// A comparison with a score or setting on either side or on both.
    private mutating func computedTest(_ bound: [ElementListName]) -> Test {
        let one = facts.random.pick(computed)
        let reference = one.reference(dictionaries: dictionaries)
        let own = Operand.computed(reference)
        if one.kind != .score, [.text, .domain].contains(one.type), facts.random.oneIn(2) {
            let left = operand(one.type, bound)
            if one.type == .domain, facts.random.oneIn(2) { return .under(left, [own]) }
            return .text(
                facts.random.pick([.contains, .starts, .ends, .looksLike]), left, [own], exactly: facts.random.oneIn(3))
        }
        if one.kind == .score, facts.random.oneIn(3) {
            let alike = computed.filter { $0.type == .decimal }
            let other =
                facts.random.oneIn(2)
                ? Operand.computed(facts.random.pick(alike).reference(dictionaries: dictionaries))
                : .constant(.number(facts.random.pick([0, 1000, 2500, 4000, 5000, -1000])))
            return facts.random.oneIn(2) ? .equals(own, [other], exactly: false) : .equals(other, [own], exactly: false)
        }
        if !one.type.isOrdered || (one.kind != .score && facts.random.oneIn(4)) {
            let other = facts.random.oneIn(2) ? operand(one.type, bound) : constant(one.type)
            return facts.random.oneIn(2)
                ? .equals(own, [other], exactly: false) : .equals(other, [own], exactly: facts.random.oneIn(3))
        }
        let order = facts.random.pick(Order.allCases)
        let alike = computed.filter { $0.type == one.type }
        var other = facts.random.oneIn(2) ? operand(one.type, bound) : constant(one.type)
        if one.kind == .score { other = .constant(.number(facts.random.pick([0, 1000, 2000, 4500, -1000]))) }
        if alike.count > 1, facts.random.oneIn(3) {
            other = .computed(facts.random.pick(alike).reference(dictionaries: dictionaries))
        }
        return facts.random.oneIn(2) ? .compare(own, order, other) : .compare(other, order, own)
    }

    private static let patterns: [TextPattern] = [
        TextPattern(.literal, "beta"), TextPattern(.exact, "Beta"), TextPattern(.word, "alpha"),
        TextPattern(.phrase, "a b"), TextPattern(.phrase, "urgent gift"), TextPattern(.literal, "STRASSE"),
        TextPattern(.literal, "été"), TextPattern(.literal, "k"), TextPattern(.exact, "gift"),
        TextPattern(.regex, "be?ta", ignoresCase: true), TextPattern(.regex, "[0-9]+\\.[0-9]"),
        TextPattern(.regex, "gamma|alpha"), TextPattern(.regex, "^a"), TextPattern(.word, "étÉ"),
        TextPattern(.regex, "[0-9]{4,}", check: .luhn), TextPattern(.regex, "[0-9 ]{2,}", check: .luhn),
        TextPattern(.regex, "[a-z0-9]{6,}", ignoresCase: true, check: .mod97),
        TextPattern(.regex, "[0-9]+", check: .nir),
    ]

    /// A few: each folding of a group is a scanner of its own to compile. `FoldingAgreementTests` take all there are.
    private static let foldings: [TextFolding] = [.accents, [.spacing, .leet], .all]

    /// Words, neighbours and expressions of these foldings.
    private static let foldedPatterns: [TextPattern] = foldings.flatMap { folding in
        [
            TextPattern(.word, "alpha", folding: folding), TextPattern(.phrase, "urgent gift", folding: folding),
            TextPattern(.word, "ete", folding: folding), TextPattern(.regex, "b.ta x?", folding: folding),
            TextPattern(.near, "alpha", folding: folding, neighbour: .init(text: "beta", distance: 2)),
            TextPattern(.near, "a b", folding: folding, neighbour: .init(text: "a", distance: 1)),
        ]
    }

    private static func pattern(_ random: inout SeededGenerator) -> TextPattern {
        random.oneIn(6) ? random.pick(foldedPatterns) : random.pick(patterns)
    }

    // MARK: Formulas

    /// A formula in which these kinds of elements are bound, the outermost first.
    mutating func formula(depth: Int, bound: [ElementListName]) -> Formula {
        if depth == 0 || facts.random.oneIn(4) {
            if facts.random.oneIn(12) { return .constant(facts.random.oneIn(2)) }
            return .atom(Atom(test(bound), at: place()))
        }
        switch facts.random.below(bound.count < 2 ? 7 : 4) {
        case 0: return .not(formula(depth: depth - 1, bound: bound))
        case 1: return .and(formulas(depth, bound))
        case 2: return .or(formulas(depth, bound))
        case 3:
            let operands = formulas(depth, bound)
            return .atLeast(facts.random.below(operands.count + 2), operands, place())
        case 4, 5:
            let list = facts.random.pick([ElementListName.attachments, .files, .parts])
            return .some(
                Quantification(
                    list: list, binder: bound.count, body: formula(depth: depth - 1, bound: bound + [list]),
                    place: place()))
        default: return .count(count(depth, bound))
        }
    }

    private mutating func formulas(_ depth: Int, _ bound: [ElementListName]) -> [Formula] {
        (0..<(1 + facts.random.below(3))).map { _ in formula(depth: depth - 1, bound: bound) }
    }

    private mutating func count(_ depth: Int, _ bound: [ElementListName]) -> Count {
        let list = facts.random.pick([ElementListName.attachments, .files, .parts])
        let measure: Count.Measure
        var type = ValueType.int
        var limit: Int64 = Int64(facts.random.below(4))
        switch facts.random.below(5) {
        case 3:
            let rows = FactCatalogue.rows.filter { $0.scope == .element(.part) }
            measure = .distinct(
                FactReference(facts.random.pick(rows).fact, binder: bound.count), list, binder: bound.count,
                formula(depth: depth - 1, bound: bound + [list]))
        case 0:
            measure = .elements(list, binder: bound.count, formula(depth: depth - 1, bound: bound + [list]))
        case 1:
            type = .size
            limit = facts.random.pick([0, 1000, 2_000_000, 4_000_000])
            measure = .sum(
                FactReference(.size, binder: bound.count), list, binder: bound.count,
                formula(depth: depth - 1, bound: bound + [list]))
        case 2: measure = .values(reference(nil, []), distinct: facts.random.oneIn(2))
        default:
            measure = .matches(
                facts.random.pick([TextPattern(.regex, "[ab]"), TextPattern(.regex, "beta", ignoresCase: true)]),
                operand(.text, []))
        }
        return Count(
            measure: measure, order: facts.random.pick(Order.allCases), bound: limit, type: type, place: place())
    }

    // MARK: Tests

    /// A reference to a fact of this type, any type for `nil`, of the message or of a bound element.
    private mutating func reference(_ type: ValueType?, _ bound: [ElementListName]) -> FactReference {
        var candidates: [FactReference] = []
        for row in FactCatalogue.rows {
            for argument in row.takesArgument ? FactsGenerator.headers.map(Optional.some) : [nil] {
                switch row.scope {
                case .message, .recipient:
                    candidates.append(FactReference(row.fact, argument: argument))
                    for member in Member.allCases where member.type(in: row.type) != nil {
                        candidates.append(FactReference(row.fact, argument: argument, members: [member]))
                    }
                    if row.takesArgument, row.type == .text {
                        candidates.append(FactReference(row.fact, argument: argument, asNumber: true))
                    }
                case .element(.part):
                    for binder in bound.indices {
                        candidates.append(FactReference(row.fact, binder: binder))
                        candidates.append(FactReference(row.fact, binder: binder))
                    }
                case .element(.url): break
                }
            }
        }
        if let type { candidates = candidates.filter { $0.type == type } }
        return candidates.isEmpty ? FactReference(.subject) : facts.random.pick(candidates)
    }

    private mutating func operand(_ type: ValueType, _ bound: [ElementListName]) -> Operand {
        let first = Operand.fact(reference(type, bound))
        if facts.random.oneIn(6) {
            return .otherwise(first, facts.random.oneIn(2) ? .fact(reference(type, bound)) : constant(type))
        }
        return first
    }

    private mutating func constant(_ type: ValueType) -> Operand {
        .constant(facts.value(of: type, symbols: ["pass", "fail", "inbound"]))
    }

    private mutating func others(_ type: ValueType, _ bound: [ElementListName]) -> [Operand] {
        (0..<(1 + facts.random.below(3))).map { _ in
            facts.random.oneIn(5) ? operand(type, bound) : constant(type)
        }
    }

    private mutating func test(_ bound: [ElementListName]) -> Test {
        if !computed.isEmpty, facts.random.oneIn(4) { return computedTest(bound) }
        switch facts.random.below(bound.isEmpty ? 9 : 11) {
        case 0: return .holds(operand(.bool, bound))
        case 1: return .exists(reference(nil, bound))
        case 2:
            let type = facts.random.pick([ValueType.size, .int, .decimal])
            return .compare(operand(type, bound), facts.random.pick(Order.allCases), others(type, bound)[0])
        case 3:
            let type = reference(nil, bound).type
            return .equals(operand(type, bound), others(type, bound), exactly: facts.random.oneIn(3))
        case 4:
            let type = facts.random.pick([ValueType.text, .address, .domain, .text])
            let relation = facts.random.pick(TextRelation.allCases)
            return .text(relation, operand(type, bound), others(.text, bound), exactly: facts.random.oneIn(3))
        case 5 where facts.random.oneIn(2):
            let type = facts.random.pick([ValueType.text, .address, .domain])
            return .text(
                .looksLike, operand(type, bound), others(facts.random.oneIn(2) ? type : .text, bound), exactly: false)
        case 5: return .under(operand(.domain, bound), others(.domain, bound))
        case 6: return member(bound)
        case 7: return .matches(operand(.text, bound), facts.random.some(3) { Self.pattern(&$0) })
        case 8:
            return .mentions(
                operand(.text, bound), dictionary: facts.random.below(dictionaries.count),
                threshold: facts.random.pick([1, 3, 5, 2, 9]), inTotal: facts.random.oneIn(3))
        case 9:
            let types = facts.random.some(2) { $0.pick(["archive", "video", "zip"]) }.compactMap(FileType.named)
            return .insideType(binder: facts.random.below(bound.count), types)
        default:
            return .insideElement(binder: facts.random.below(bound.count), container: facts.random.below(bound.count))
        }
    }

    private mutating func member(_ bound: [ElementListName]) -> Test {
        let (type, entries): (ValueType, [String]) = facts.random.pick([
            (.address, ["eve@partner.example", "*@acme.example"]), (.domain, ["acme.example", "fr"]),
            (.text, ["alpha", "beta"]), (.ip, ["192.0.2.0/24"]), (.fileType, ["archive", "video"]),
            (.size, ["1000"]),
        ])
        if let set = try? ValueSet(name: facts.random.oneIn(2) ? "named" : nil, type: type, entries: entries) {
            sets.append(set)
        }
        return .member(operand(type, bound), set: sets.count - 1)
    }
}
