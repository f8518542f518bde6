import Bytecode
import Vocabulary

/// Looks at every test of a condition, not only at those that decide: for coverage, and for an author who asks why.
///
/// A test under a quantifier is asked of every element. Operands that stand at one place are one test for the author
/// (`is any of (…)` with a list and literals in it) and are looked at together.
struct Survey {
    /// The values each node took; by node.
    private(set) var seen: [Int: TruthsSeen] = [:]
    private(set) var findings: [ClauseFinding] = []
    private var told: [Told: Int] = [:]
    private let withFindings: Bool

    private struct Told: Hashable {
        let node: Int
        let seen: TruthsSeen
    }

    init(withFindings: Bool) { self.withFindings = withFindings }

    /// Notes a value, and says whether what was seen is to be told too.
    fileprivate mutating func note(_ node: Int, _ truth: Truth) -> Bool {
        let value = TruthsSeen(truth)
        seen[node, default: []].formUnion(value)
        guard withFindings, findings.count < ObservationLimits.findingsOfRule else { return false }
        let count = told[Told(node: node, seen: value), default: 0]
        told[Told(node: node, seen: value)] = count + 1
        return count < ObservationLimits.findingsOfValue
    }

    fileprivate mutating func tell(_ truth: Truth, _ evidence: Evidence) {
        let finding = ClauseFinding(seen: TruthsSeen(truth), evidence: evidence)
        if !findings.contains(finding) { findings.append(finding) }
    }
}

extension Explainer {
    /// Visits a whole tree.
    mutating func survey(_ number: Int, into survey: inout Survey) {
        let program = inquiry.loaded.program
        let node = program.nodes[number]
        visits -= 1
        if visits <= 0 { return }
        switch node.kind {
        case .constant: break
        case .not: self.survey(number + 1, into: &survey)
        case .atom:
            let truth = execution.truth(ofAtom: node.operand, inquiry)
            if survey.note(number, truth) { survey.tell(truth, piece(ofAtom: node, truth)) }
        case .and, .or, .atLeast:
            if program.commonPlace(of: number) != nil {
                noteJoined(number, into: &survey)
            } else {
                for operand in operands(of: number) { self.survey(operand, into: &survey) }
            }
        case .any:
            if let head = LoopHead(packed: UInt8(truncatingIfNeeded: node.operand)) {
                noteMissing(head, number, into: &survey)
                surveyElements(head, number + 1, into: &survey)
            }
        case .count:
            switch program.counts[node.operand].measure {
            case .elements(let head), .sum(_, let head), .distinct(_, let head):
                surveyElements(head, number + 1, into: &survey)
            case .values, .matches: break
            }
            let truth = truth(ofTree: number)
            if visits > 0, survey.note(number, truth) { survey.tell(truth, piece(ofCount: node, number, truth)) }
        }
    }

    /// A quantifier is unknown of its own where elements may be missing and those that are known do not settle it.
    private mutating func noteMissing(_ head: LoopHead, _ number: Int, into survey: inout Survey) {
        guard !inquiry.elements(of: head.list).missing.isEmpty else { return }
        let truth = truth(ofTree: number)
        if visits > 0, truth.isUnknown { _ = survey.note(number, truth) }
    }

    private mutating func surveyElements(_ head: LoopHead, _ body: Int, into survey: inout Survey) {
        for element in inquiry.elements(of: head.list).elements {
            if visits <= 0 { return }
            inquiry.bind(element, head)
            self.survey(body, into: &survey)
        }
    }

    /// Operands at one place: the value is that of all together; what was seen, that of an operand with this value.
    private mutating func noteJoined(_ number: Int, into survey: inout Survey) {
        let truth = truth(ofTree: number)
        guard visits > 0, survey.note(number, truth) else { return }
        let nodes = inquiry.loaded.program.nodes
        for operand in operands(of: number) where nodes[operand].kind == .atom {
            let value = execution.truth(ofAtom: nodes[operand].operand, inquiry)
            guard TruthsSeen(value) == TruthsSeen(truth) else { continue }
            return survey.tell(truth, piece(ofAtom: nodes[operand], value))
        }
    }
}

extension Program {
    /// The place that all tests of a tree of connectives share; `nil` where they stand at several.
    func commonPlace(of number: Int) -> Int? {
        let node = nodes[number]
        switch node.kind {
        case .atom: return node.place
        case .not: return commonPlace(of: number + 1)
        case .constant, .any, .count: return nil
        case .and, .or, .atLeast:
            var place: Int?
            var next = number + 1
            while next < node.end {
                guard let one = commonPlace(of: next), place ?? one == one else { return nil }
                place = one
                next = nodes[next].end
            }
            return place
        }
    }

    /// The place of a node that `Survey` notes.
    func clausePlace(of number: Int) -> SourcePlace {
        switch nodes[number].kind {
        case .and, .or, .atLeast: places[commonPlace(of: number) ?? nodes[number].place]
        default: places[nodes[number].place]
        }
    }

    /// The facts that a test reads.
    func facts(ofNode number: Int) -> [Fact] {
        guard nodes[number].kind == .atom else { return [] }
        func facts(_ operand: Int) -> [Fact] {
            switch operands[operand] {
            case .fact(let fact): [self.facts[fact].fact]
            case .constant, .computed: []
            case .otherwise(let first, let second): facts(first) + facts(second)
            }
        }
        switch atoms[nodes[number].operand] {
        case .holds(let operand), .exists(let operand), .member(let operand, _): return facts(operand)
        case .compare(let left, _, let right): return facts(left) + facts(right)
        case .equals(let left, let others, _), .contains(let left, let others, _), .starts(let left, let others, _),
            .ends(let left, let others, _), .under(let left, let others), .looksLike(let left, let others):
            return others.reduce(facts(left)) { $0 + facts($1) }
        case .search(let group, _), .mentions(let group, _, _, _, _): return facts(patternGroups[group].operand)
        case .insideType, .insideElement: return []
        }
    }
}
