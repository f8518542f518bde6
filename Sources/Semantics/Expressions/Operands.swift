import Diagnostics
import Syntax
import Vocabulary

/// What the other side of a comparison expects, so that literals and names are typed by it.
struct Expected {
    var type: ValueType
    /// The names a symbol can have.
    var symbols: [String]
    /// The fact compared with, as the policy writes it.
    var subject: String
    /// The fact, where it is one.
    var fact: Vocabulary.Fact?

    init(type: ValueType, symbols: [String] = [], subject: String, fact: Vocabulary.Fact? = nil) {
        self.type = type
        self.fact = fact
        self.symbols = symbols
        self.subject = subject
    }

    init(of operand: Operand) {
        var symbols: [String] = []
        if case .fact(let reference) = operand { symbols = FactCatalogue.row(reference.fact).symbols }
        if case .otherwise(.fact(let reference), _) = operand { symbols = FactCatalogue.row(reference.fact).symbols }
        var fact: Vocabulary.Fact?
        if case .fact(let reference) = operand { fact = reference.fact }
        self.init(type: operand.type, symbols: symbols, subject: operand.description, fact: fact)
    }

    /// The names that a value of the type is written with, where it is written as a name.
    var names: [String]? {
        switch type {
        case .fileType: FileType.all.map(\.name)
        case .encryption: EncryptionKind.allCases.map(\.rawValue)
        case .symbol: symbols
        default: nil
        }
    }
}

/// One operand of a comparison, resolved.
enum ResolvedOperand {
    case operand(Operand)
    case list(ResolvedList)
    case failed
}

extension ExpressionChecker {
    /// The first operand of a comparison: a fact, with or without `otherwise`.
    func subject(_ node: Syntax.Operand, relation: String) -> Operand? {
        switch node.kind {
        case .missing:
            return nil
        case .literal(let literal):
            report(SemanticsDiagnostics.literalOnTheLeft(literal.span, context.text(literal.span), relation: relation))
            return nil
        case .fact(let fact):
            return subject(fact, relation: relation).flatMap { withFallback($0, node) }
        }
    }

    /// A fact that must stand for values.
    func subject(_ fact: Syntax.Fact, relation: String) -> Operand? {
        switch resolve(fact) {
        case .reference(let reference):
            return .fact(reference)
        case .failed:
            return nil
        case .condition:
            report(SemanticsDiagnostics.conditionCompared(fact.span, context.text(fact.span)))
        case .list, .literal:
            report(SemanticsDiagnostics.literalOnTheLeft(fact.span, context.text(fact.span), relation: relation))
        case .elementList(let list):
            report(SemanticsDiagnostics.listCompared(fact.span, list, relation: relation))
        case .element(let index):
            report(SemanticsDiagnostics.elementCompared(fact.span, binders[index].list))
        case .computed(let symbol):
            report(SemanticsDiagnostics.computedElsewhere(fact.span, symbol.name))
        }
        return nil
    }

    /// An operand whose type the other side tells.
    func operand(_ node: Syntax.Operand, expecting expected: Expected) -> ResolvedOperand {
        switch node.kind {
        case .missing:
            return .failed
        case .literal(let literal):
            return value(literal, expecting: expected).map { .operand(.constant($0)) } ?? .failed
        case .fact(let fact):
            if let value = namedValue(fact, expected) { return .operand(.constant(value)) }
            guard let found = lookUp(fact) else {
                unknownValue(fact, expected)
                return .failed
            }
            return operand(fact, found, node, expected)
        }
    }

    private func operand(
        _ fact: Syntax.Fact, _ found: Resolution, _ node: Syntax.Operand, _ expected: Expected
    ) -> ResolvedOperand {
        switch found {
        case .reference(let reference):
            return withFallback(.fact(reference), node).map { .operand($0) } ?? .failed
        case .literal(let literal):
            // The fault is where the parameter gets its value, seen through this use.
            return value(literal, expecting: expected).map { .operand(.constant($0)) } ?? .failed
        case .list(let list):
            return .list(list)
        case .computed(let symbol):
            return computed(symbol, fact.span, expecting: expected).map { .operand($0) } ?? .failed
        case .failed:
            return .failed
        case .condition:
            report(SemanticsDiagnostics.conditionCompared(fact.span, context.text(fact.span)))
        case .elementList(let list):
            report(SemanticsDiagnostics.listCompared(fact.span, list, relation: nil))
        case .element(let index):
            report(SemanticsDiagnostics.elementCompared(fact.span, binders[index].list))
        }
        return .failed
    }

    /// A file type, kind of encryption or symbol by its bare name.
    func namedValue(_ fact: Syntax.Fact, _ expected: Expected) -> Vocabulary.Value? {
        guard fact.path.segments.count == 1, fact.argument == nil, !fact.asNumber else { return nil }
        var name = fact.path.text
        if case .name(let given)? = scope.parameters[name]?.value { name = given.text }
        return namedValue(name, expected)
    }

    func namedValue(_ name: String, _ expected: Expected) -> Vocabulary.Value? {
        switch expected.type {
        case .fileType: return FileType.named(name).map { .fileType($0) }
        case .encryption: return EncryptionKind(rawValue: name).map { .encryption($0) }
        case .symbol: return expected.symbols.contains(name) ? .symbol(name) : nil
        default: return nil
        }
    }

    /// Reports a name that is neither a value of the expected type nor anything else.
    private func unknownValue(_ fact: Syntax.Fact, _ expected: Expected) {
        if let names = expected.names, fact.path.segments.count == 1 {
            context.report(SemanticsDiagnostics.unknownValueName(fact.path, type: expected.type, names: names))
        } else if [.text, .address, .domain, .ip, .hash].contains(expected.type), fact.argument == nil,
            Nearest.to(fact.path.text, among: context.names.visibleNames([.list], in: scope)) == nil
        {
            context.reportUnknown(
                "name", fact.path.text, in: scope, SemanticsDiagnostics.quotesMissing(fact.path, type: expected.type))
        } else {
            _ = resolve(fact)
        }
    }

    /// The operands of a choice: constants and facts of the expected type, and lists.
    func operands(
        _ nodes: [Syntax.Operand], expecting expected: Expected
    ) -> (operands: [Operand], lists: [(list: ResolvedList, span: SourceSpan)])? {
        var operands: [Operand] = []
        var lists: [(list: ResolvedList, span: SourceSpan)] = []
        var isGood = true
        for node in nodes {
            switch self.operand(node, expecting: expected) {
            case .failed: isGood = false
            case .list(let list): lists.append((list, node.span))
            case .operand(let operand):
                if operand.type != expected.type, !isConstant(operand) {
                    report(
                        SemanticsDiagnostics.typesDiffer(
                            node.span, left: expected.type, right: operand.type, relation: "a comparison"))
                    isGood = false
                }
                operands.append(operand)
            }
        }
        return isGood ? (operands, lists) : nil
    }
}
