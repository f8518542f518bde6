import Bytecode
import Semantics
import Vocabulary

/// Makes a program of a checked policy.
public struct CodeGenerator {
    /// What the compiler calls itself in bundles.
    public static let compilerName = "lazaret 0.1"

    private let policy: TypedPolicy
    private var tables: TableBuilder
    private var emitter = CodeEmitter()
    /// Reduced formulas in the order of their numbers.
    private var reduced: [Formula] = []
    /// Consequences that are translated: one that answers several reasons has its formulas once.
    private var consequences: [TypedConsequence: ConsequenceEntry] = [:]

    private init(policy: TypedPolicy) {
        self.policy = policy
        tables = TableBuilder(policy: policy)
    }

    /// Generates the program. The order of the policy's rules, exemptions, templates and areas leaves no trace.
    ///
    /// - Throws: `GenerationFault` for a formula that is nested too deeply.
    public static func generate(
        _ policy: TypedPolicy, limits: CostLimits = CostLimits()
    ) throws(GenerationFault) -> Program {
        var generator = CodeGenerator(policy: policy)
        generator.tables.program.manifest.limits = limits.lowered(to: policy.limits)
        try generator.addRules()
        generator.emitSections()
        generator.finish()
        return generator.tables.program
    }

    private mutating func addRules() throws(GenerationFault) {
        let exemptions = policy.exemptions.sorted { $0.name < $1.name }
        var exemptionsOfRule: [String: [Int]] = [:]
        for (number, exemption) in exemptions.enumerated() {
            for rule in Set(exemption.rules) { exemptionsOfRule[rule, default: []].append(number) }
        }
        for rule in policy.rules.sorted(by: { $0.name < $1.name }) {
            let when = try addFormula(rule.when, place: rule.place, isOnDemand: false)
            var unless: [Int] = []
            for excuse in rule.unless { unless.append(try addFormula(excuse, place: rule.place, isOnDemand: true)) }
            let consequence = try entry(of: rule.consequence, place: rule.place)
            var strips: [Int] = []
            if rule.consequence.actions.contains(.strip) {
                for found in rule.when.strippedElements {
                    let element = LoopHead(list: found.list, binder: found.binder)
                    strips.append(
                        try addFormula(found.body, place: rule.place, isOnDemand: true, element: element))
                }
            }
            var answers = AnswerTable<ConsequenceEntry>(all: .quiet)
            for reason in Reasons.all.singles {
                for direction in Direction.allCases {
                    answers[reason, direction] = try entry(of: rule.answers[reason, direction], place: rule.place)
                }
            }
            tables.program.rules.append(
                RuleEntry(
                    name: rule.name, title: rule.title, place: tables.place(rule.place), directions: rule.directions,
                    labels: rule.labels, isMandatory: rule.isMandatory, when: when, unless: unless,
                    exemptions: rule.isMandatory ? [] : exemptionsOfRule[rule.name, default: []],
                    consequence: tables.consequence(consequence), strips: strips, answers: tables.answers(answers),
                    cost: 0))
        }
        for computed in policy.computed {
            var rows: [ComputedEntry.Row] = []
            for row in computed.rows {
                rows.append(
                    ComputedEntry.Row(
                        value: tables.constant(row.value), place: tables.place(row.place),
                        formula: try addFormula(row.when, place: row.place, isOnDemand: true)))
            }
            let usesRecipient = rows.contains { tables.program.formulas[$0.formula].level == .recipient }
            tables.program.computed.append(
                ComputedEntry(
                    name: computed.name, type: computed.type, kind: .init(computed.kind),
                    level: usesRecipient ? .recipient : .message, place: tables.place(computed.place), rows: rows,
                    otherwise: computed.otherwise.map {
                        ComputedEntry.Otherwise(value: tables.constant($0.value), place: tables.place($0.place))
                    }))
        }
        for exemption in exemptions {
            let when = try addFormula(exemption.when, place: exemption.place, isOnDemand: true)
            tables.program.exemptions.append(
                ExemptionEntry(
                    name: exemption.name, place: tables.place(exemption.place), unknown: exemption.unknown,
                    when: when))
        }
    }

    private mutating func entry(
        of answer: TypedAnswer, place: SourcePlace
    ) throws(GenerationFault) -> AnswerEntry {
        switch answer {
        case .quiet: .quiet
        case .ignore: .ignore
        case .consequence(let consequence): .consequence(try entry(of: consequence, place: place))
        }
    }

    private mutating func entry(
        of consequence: TypedConsequence, place: SourcePlace
    ) throws(GenerationFault) -> ConsequenceEntry {
        if let known = consequences[consequence] { return known }
        var formulas: [Formula: Int] = [:]
        for condition in consequence.conditions where formulas[condition] == nil {
            formulas[condition] = try addFormula(condition, place: place, isOnDemand: true)
        }
        let entry = consequence.mapping({ tables.operand($0) }, { formulas[$0] ?? 0 })
        consequences[consequence] = entry
        return entry
    }

    /// Notes a formula and writes its tree. Its code comes later, when it is known what is shared.
    private mutating func addFormula(
        _ formula: Formula, place: SourcePlace, isOnDemand: Bool, element: LoopHead? = nil
    ) throws(GenerationFault) -> Int {
        let scope = FormulaScope(formula)
        guard scope.depth < BytecodeLimits().depth else { throw GenerationFault(kind: .nestedTooDeeply, place: place) }
        let root = TreeEmitter.append(formula, to: &tables)
        // The place of the code is filled in when it is emitted.
        tables.program.formulas.append(
            FormulaEntry(
                level: scope.usesRecipient ? .recipient : .message, fragment: isOnDemand ? 0 : nil, element: element,
                root: root))
        let plain = FormulaReduction.reduce(formula)
        emitter.note(plain)
        reduced.append(plain)
        return tables.program.formulas.count - 1
    }

    private mutating func emitSections() {
        emitSection(.message)
        tables.program.recipientSection = emitter.position
        emitSection(.recipient)
        for number in tables.program.formulas.indices where tables.program.formulas[number].fragment != nil {
            tables.program.formulas[number].fragment = emitter.position
            emitFormula(number)
            emitter.emit(.halt)
        }
    }

    /// The conditions of all rules of a level; those that no recipient's direction asks for are jumped over.
    private mutating func emitSection(_ level: EvaluationLevel) {
        for rule in tables.program.rules where tables.program.formulas[rule.when].level == level {
            var skip: Int?
            if rule.directions != .all {
                skip = emitter.emit(.jumpUnlessLive, small: Int(rule.directions.rawValue))
            }
            emitFormula(rule.when)
            if let skip { emitter.land(skip) }
        }
        emitter.emit(.halt)
    }

    private mutating func emitFormula(_ number: Int) {
        emitter.emit(reduced[number], into: 0, total: 0, &tables)
        emitter.emit(.store, register: 0, immediate: number)
    }

    private mutating func finish() {
        tables.program.code = emitter.code
        tables.program.registerCount = emitter.registerCount
        tables.program.totalCount = emitter.totalCount
        tables.program.organisation = policy.organisation
        tables.program.suffixes = tables.program.needsPublicSuffixes ? policy.suffixes : nil
        tables.program.areas = policy.areas.sorted { $0.name < $1.name }
        tables.program.templates = policy.templates.sorted { $0.name < $1.name }
        let costs = CostModel(of: tables.program)
        for number in tables.program.rules.indices {
            tables.program.rules[number].cost = costs.cost(of: tables.program.rules[number])
        }
        tables.program.manifest.policy = policy.name
        tables.program.manifest.edition = policy.edition
        tables.program.manifest.description = policy.description
        tables.program.manifest.compiler = Self.compilerName
        tables.program.manifest.facts = Set(tables.program.facts.map(\.fact)).sorted { $0.rawValue < $1.rawValue }
        tables.program.manifest.lists = ElementListName.allCases.filter { list in
            tables.program.code.contains {
                $0.opcode == .enter && LoopHead(packed: $0.small)?.list == list
            }
        }
        tables.program.manifest.messageCost = costs.messageCost
        tables.program.manifest.recipientCost = costs.recipientCost
    }
}

extension ComputedEntry.Kind {
    fileprivate init(_ kind: TypedComputed.Kind) {
        self =
            switch kind {
            case .score: .score
            case .largest: .largest
            case .smallest: .smallest
            case .one: .one
            }
    }
}

/// Why no program can be made of a checked policy.
public struct GenerationFault: Error, Equatable, Sendable {
    public enum Kind: Sendable {
        /// A formula has more operators within each other than programs may have.
        case nestedTooDeeply
    }

    public let kind: Kind
    /// The rule or exemption.
    public let place: SourcePlace
}
