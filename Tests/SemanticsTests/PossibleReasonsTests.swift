import Semantics
import Testing
import Vocabulary

/// What the checker says a condition can be unknown for is all that it is ever unknown for, whatever the mail.
@Suite struct PossibleReasonsTests {
    /// A mail of chance: every fact has values or lacks them for reasons that the catalogue allows.
    private final class Chance: FactSource {
        private var generator: SplitMix

        init(seed: Int) { generator = SplitMix(state: UInt64(seed)) }

        private func some(of reasons: Reasons) -> Reasons {
            guard Int.random(in: 0..<3, using: &generator) == 0 else { return [] }
            return reasons.singles.randomElement(using: &generator) ?? []
        }

        func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue {
            let row = FactCatalogue.row(fact)
            let isThere = Bool.random(using: &generator)
            return FactValue(values: isThere ? [value(of: row)] : [], missing: some(of: row.reasons))
        }

        private func value(of row: FactRow) -> Value {
            switch row.type {
            case .bool: .bool(Bool.random(using: &generator))
            case .int, .decimal, .size, .duration, .time: .number(Int64.random(in: 0..<10_000_000, using: &generator))
            case .text: .text(["confidential", "a .cmd", "9.5", ""].randomElement(using: &generator) ?? "")
            case .address:
                .address(Address(["payroll@acme.example", "eve@t.example"].randomElement(using: &generator) ?? ""))
            case .domain: .domain(Domain("t.example"))
            case .ip: IPAddress("192.0.2.1").map { .ip($0) } ?? .text("")
            case .fileType: .fileType(FileType.all.randomElement(using: &generator) ?? .unknown)
            case .encryption: .encryption(.smime)
            case .hash: .hash([])
            case .symbol: .symbol(row.symbols.randomElement(using: &generator) ?? "")
            }
        }

        func elements(of list: ElementListName) -> ElementList {
            ElementList(
                elements: Array(0..<Int.random(in: 0..<4, using: &generator)), missing: some(of: list.possibleReasons))
        }

        func ancestors(ofPart part: Int) -> [Int] { Array(0..<part).reversed() }
        func path(ofPart part: Int) -> String { "\(part)" }
        func part(ofURL url: Int) -> Int { url }
    }

    @Test func nothingIsUnknownForAnotherReason() throws {
        let policy = try #require(check(GoodPolicies.acme + GoodPolicies.surroundings).policy)
        let possible = Dictionary(
            uniqueKeysWithValues: policy.rules.map {
                ($0.name, $0.when.possibleReasons(dictionaries: policy.dictionaries))
            })
        let interpreter = ReferenceInterpreter(policy: policy, patterns: StubPatternChecker())
        var undetermined = 0
        for seed in 0..<400 {
            var envelope = Envelope(recipients: [Address("bob@acme.example")])
            envelope.direction = Direction.allCases[seed % 3]
            for decision in interpreter.decide(facts: Chance(seed: seed), envelope: envelope) {
                for rule in decision.rules where rule.verdict == .undetermined {
                    undetermined += 1
                    #expect(possible[rule.name]?.isSuperset(of: rule.unknown) == true, "\(rule.name): \(rule.unknown)")
                }
            }
        }
        #expect(undetermined > 100)
    }
}
