import Bytecode
import Vocabulary

/// What evidence shows of an atom.
extension Inquiry {
    private var program: Program { loaded.program }

    /// The operand whose values are tried; `nil` for `inside`.
    func operand(of test: AtomTest) -> Int? {
        switch test {
        case .holds(let operand), .exists(let operand), .compare(let operand, _, _), .equals(let operand, _, _),
            .contains(let operand, _, _), .starts(let operand, _, _), .ends(let operand, _, _), .under(let operand, _),
            .looksLike(let operand, _),
            .member(let operand, _):
            operand
        case .search(let group, _), .mentions(let group, _, _, _, _): program.patternGroups[group].operand
        case .insideType, .insideElement: nil
        }
    }

    /// An operand as a policy writes it; of a substitute the first.
    func description(of operand: Int) -> String {
        switch program.operands[operand] {
        case .fact(let fact): program.facts[fact].description
        case .constant(let constant):
            program.constants[constant].described(as: program.constants[constant].naturalType)
        case .otherwise(let first, _): description(of: first)
        case .computed(let computed): program.computed[computed].name
        }
    }

    /// The type of an operand's values.
    func type(of operand: Int) -> ValueType {
        switch program.operands[operand] {
        case .fact(let fact): program.facts[fact].type
        case .constant(let constant): program.constants[constant].naturalType
        case .otherwise(let first, _): type(of: first)
        case .computed(let computed): program.computed[computed].type
        }
    }

    private func binder(of operand: Int) -> Int? {
        switch program.operands[operand] {
        case .fact(let fact): program.facts[fact].binder
        case .constant, .computed: nil
        case .otherwise(let first, let second): binder(of: first) ?? binder(of: second)
        }
    }

    /// The path of the part whose fact is tested.
    func part(of test: AtomTest) -> String? {
        let binder: Int? =
            switch test {
            case .insideType(let binder, _), .insideElement(let binder, _): binder
            default: operand(of: test).flatMap { self.binder(of: $0) }
            }
        return binder.flatMap { source.path(of: subject(of: $0)) }
    }

    func excerptOfFalse(_ test: AtomTest) -> String {
        guard let operand = operand(of: test) else { return "not inside" }
        return resolve(operand).values.first?.described(as: type(of: operand)) ?? "absent"
    }

    func excerptOfTrue(_ test: AtomTest) -> String {
        switch test {
        case .insideType(let binder, let types):
            return container(of: binder) { ancestor in
                Self.isOne(source.value(of: .type, argument: nil, subject: .part(ancestor)), of: types)
            }
        case .insideElement(let binder, let other):
            return container(of: binder) { bound[other] == $0 }
        case .search(let group, let patterns):
            return excerptOfSearch(group, patterns)
        default:
            guard let operand = operand(of: test) else { return "" }
            return excerpt(of: operand, test)
        }
    }

    private func container(of binder: Int, _ isIt: (Int) -> Bool) -> String {
        containers(of: binder).first(where: isIt).map(source.path(ofPart:)) ?? ""
    }

    private func excerptOfSearch(_ group: Int, _ patterns: [Int]) -> String {
        for case .some(let text) in resolve(program.patternGroups[group].operand).texts {
            for pattern in patterns {
                if let range = loaded.scanners[group].matches(of: pattern, in: text.utf8, limit: 1).ranges.first {
                    return Excerpt.match(range, in: text.utf8)
                }
            }
        }
        return ""
    }

    /// The first value that satisfies the test by itself, or what of it the test found.
    private func excerpt(of operand: Int, _ test: AtomTest) -> String {
        let type = type(of: operand)
        for value in resolve(operand).values {
            switch test {
            case .holds:
                if value == .bool(true) { return value.described(as: type) }
            case .exists: return value.described(as: type)
            case .member(_, let set):
                if program.sets[set].contains(value) { return value.described(as: type) }
            case .compare(_, _, let right):
                if isSatisfied(test, value, [right]) || isSatisfiedByAll(test, value, right) {
                    return value.described(as: type)
                }
            case .equals(_, let others, _), .under(_, let others):
                if isSatisfied(test, value, others) || isSatisfiedByAll(test, value, others[0]) {
                    return value.described(as: type)
                }
            case .looksLike(_, let others):
                let isAlike = others.contains { other in sought(other).contains { holds(test, value, $0) } }
                if isAlike { return value.described(as: type) }
            case .contains(_, let others, _), .starts(_, let others, _), .ends(_, let others, _):
                for sought in others.flatMap(sought) {
                    guard let range = textRange(test, value, sought), let text = value.searchableText else { continue }
                    return Excerpt.match(range, in: text.utf8)
                }
            default: break
            }
        }
        return ""
    }

    /// Whether the relation holds with all that a score or setting may be.
    private func isSatisfiedByAll(_ test: AtomTest, _ value: Value, _ operand: Int) -> Bool {
        guard case .computed(let computed) = program.operands[operand], let reckoning = reckonings[computed] else {
            return false
        }
        return reckoning.candidates.allSatisfy { holds(test, value, $0) }
    }

    private func isSatisfied(_ test: AtomTest, _ value: Value, _ others: [Int]) -> Bool {
        others.contains { resolve($0).values.contains { holds(test, value, $0) } }
    }
}
