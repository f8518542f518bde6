import Semantics
import Testing
import Vocabulary

/// A checker for tests that need no regular expressions.
private struct NoPatterns: PatternChecker {
    func skeletons(of value: Value) -> [[UInt32]] {
        value.searchableText.map { [$0.string.unicodeScalars.filter { $0 != " " }.map(\.value)].filter { !$0.isEmpty } }
            ?? []
    }

    func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32] { [CaseFolding.fold(character)] }

    func fault(of pattern: TextPattern) -> PatternFault? { nil }

    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        throw PatternFault(message: "no scanner in these tests")
    }
}

@Suite struct ReferenceInterpreterTests {
    private static let place = SourcePlace(file: "t.lazaret", line: 1, column: 1, length: 1)
    private let bob = Address("bob@acme.example")

    private func atom(_ test: Semantics.Test) -> Formula { .atom(Atom(test, at: Self.place)) }

    private func rule(
        _ name: String = "r", when: Formula, unless: [Formula] = [], mandatory: Bool = false,
        then consequence: TypedConsequence = TypedConsequence(disposition: .quarantine, areas: ["held"]),
        answers: AnswerTable<TypedConsequence> = AnswerTable(all: .consequence(TypedConsequence(disposition: .defer)))
    ) -> TypedRule {
        TypedRule(
            name: name, place: Self.place, isMandatory: mandatory, when: when, unless: unless,
            consequence: consequence, answers: answers)
    }

    private func decide(
        _ rules: [TypedRule], exemptions: [TypedExemption] = [], facts: TableFacts
    ) -> Decision {
        let policy = TypedPolicy(name: "p", rules: rules, exemptions: exemptions)
        let decisions = ReferenceInterpreter(policy: policy, patterns: NoPatterns())
            .decide(facts: facts, envelope: Envelope(recipients: [bob]))
        return decisions.first ?? Decision(recipient: bob, direction: .inbound)
    }

    private var virus: Formula { atom(.holds(.fact(FactReference(.virus)))) }

    @Test func firesWhenTheConditionHolds() {
        let facts = TableFacts()
        facts.set(.virus, .known(.bool(true)))
        let decision = decide([rule(when: virus)], facts: facts)
        #expect(decision.disposition == .quarantine)
        #expect(decision.areas == ["held"])
        #expect(decision.rules.first?.evidence.first?.excerpt == "true")
    }

    @Test func isUndeterminedWhenTheFactIsUnknownAndEveryReasonsAnswerApplies() {
        let facts = TableFacts()
        facts.set(.virus, .unknown([.damaged, .engineDown]))
        var answers = AnswerTable<TypedConsequence>(all: .ignore)
        answers[.damaged, .inbound] = .consequence(TypedConsequence(disposition: .quarantine, areas: ["unreadable"]))
        answers[.engineDown, .inbound] = .consequence(TypedConsequence(disposition: .defer))
        let decision = decide([rule(when: virus, answers: answers)], facts: facts)
        #expect(decision.rules.first?.verdict == .undetermined)
        #expect(decision.rules.first?.unknown == [.damaged, .engineDown])
        #expect(decision.disposition == .quarantine)
        #expect(decision.areas == ["unreadable"])
    }

    @Test func aMarkingRuleWithoutAnswersStaysQuietWhenUndetermined() {
        let facts = TableFacts()
        facts.set(.virus, .unknown(.damaged))
        let tag = TypedConsequence(actions: [.plain(.tagSubject("[x] "))])
        let decision = decide([rule(when: virus, then: tag, answers: AnswerTable(all: .quiet))], facts: facts)
        #expect(decision.rules.isEmpty)
        #expect(decision.disposition == .deliver)
    }

    @Test func anUnknownExcuseDoesNotExcuseAndAnEngineFaultSoftensARefusal() {
        let facts = TableFacts()
        facts.set(.virus, .known(.bool(true)))
        facts.set(.authDMARC, .unknown(.engineDown))
        let pass = atom(.equals(.fact(FactReference(.authDMARC)), [.constant(.symbol("pass"))], exactly: false))
        let refusal = TypedConsequence(disposition: .reject, reason: TextForm("no"))
        #expect(decide([rule(when: virus, unless: [pass], then: refusal)], facts: facts).disposition == .defer)
        facts.set(.authDMARC, .known(.symbol("pass")))
        let excused = decide([rule(when: virus, unless: [pass], then: refusal)], facts: facts)
        #expect(excused.disposition == .deliver)
        #expect(excused.exempted == [Exempted(rule: "r", by: "unless")])
    }

    @Test func anExemptionOfUnknownLiftsOnlyVerdictsWhoseReasonsAllLieInIt() {
        let facts = TableFacts()
        let exemption = TypedExemption(
            name: "e", place: Self.place, rules: [], unknown: .smime, when: .constant(true))
        facts.set(.virus, .unknown(.smime))
        #expect(decide([rule(when: virus)], exemptions: [exemption], facts: facts).rules.isEmpty)
        facts.set(.virus, .unknown([.smime, .damaged]))
        #expect(decide([rule(when: virus)], exemptions: [exemption], facts: facts).disposition == .defer)
        facts.set(.virus, .known(.bool(true)))
        #expect(decide([rule(when: virus)], exemptions: [exemption], facts: facts).disposition == .quarantine)
        facts.set(.virus, .unknown(.smime))
        let mandatory = decide([rule(when: virus, mandatory: true)], exemptions: [exemption], facts: facts)
        #expect(mandatory.disposition == .defer)
    }

    @Test func noFileIsUnknownWhereFilesMayBeMissing() {
        let facts = TableFacts()
        let isBig = atom(
            .compare(.fact(FactReference(.size, binder: 0)), .greater, .constant(.number(100))))
        let some = Formula.some(Quantification(list: .files, binder: 0, body: isBig, place: Self.place))
        facts.lists[.files] = ElementList(elements: [1], missing: .encryptedArchive)
        facts.set(.size, .known(.number(10)), part: 1)
        #expect(decide([rule(when: .not(some))], facts: facts).rules.first?.unknown == .encryptedArchive)
        facts.set(.size, .known(.number(1000)), part: 1)
        #expect(decide([rule(when: .not(some))], facts: facts).rules.isEmpty)
        let fired = decide([rule(when: some)], facts: facts)
        #expect(fired.rules.first?.evidence.first?.part == "1.1")
        #expect(fired.rules.first?.evidence.first?.excerpt == "1 KB")
    }

    @Test func aCountIsUnknownOnlyWhereItsIntervalStraddlesTheBound() {
        let facts = TableFacts()
        facts.lists[.files] = ElementList(elements: [1, 2, 3], missing: .overLimit)
        func count(_ order: Order, _ bound: Int64) -> Formula {
            .count(
                Count(
                    measure: .elements(.files, binder: 0, .constant(true)), order: order, bound: bound, type: .int,
                    place: Self.place))
        }
        #expect(decide([rule(when: count(.greater, 2))], facts: facts).rules.first?.verdict == .fires)
        #expect(decide([rule(when: count(.less, 3))], facts: facts).rules.isEmpty)
        let straddling = decide([rule(when: count(.greater, 3))], facts: facts)
        #expect(straddling.rules.first?.unknown == .overLimit)
        #expect(straddling.rules.first?.evidence.first?.excerpt == "3+ (over-limit)")
    }

    @Test func rejectStandsAboveDiscardAndANamedAreaKeepsItsCopy() {
        let facts = TableFacts()
        let decision = decide(
            [
                rule("a", when: .constant(true), then: TypedConsequence(disposition: .discard)),
                rule("b", when: .constant(true), then: TypedConsequence(disposition: .quarantine, areas: ["kept"])),
                rule("c", when: .constant(true), then: TypedConsequence(disposition: .reject, reason: TextForm("out"))),
            ], facts: facts)
        #expect(decision.disposition == .reject)
        #expect(decision.areas == ["kept"])
        #expect(decision.reason == "out")
    }

    @Test func theNaiveMatcherFoldsAndKeepsWordsApart() {
        let facts = TableFacts()
        facts.set(.subject, .known(.text("Votre FACTURE n\u{B0} 12, confidentielle")))
        func contains(_ kind: TextPattern.Kind, _ word: Text) -> Bool {
            let dictionary = TypedDictionary(
                name: "d", threshold: 1, entries: [.init(weight: 1, pattern: TextPattern(kind, word))])
            let policy = TypedPolicy(
                name: "p",
                rules: [
                    rule(
                        when: atom(
                            .mentions(.fact(FactReference(.subject)), dictionary: 0, threshold: 1, inTotal: false)))
                ], dictionaries: [dictionary])
            let decisions = ReferenceInterpreter(policy: policy, patterns: NoPatterns())
                .decide(facts: facts, envelope: Envelope(recipients: [bob]))
            return decisions.first?.disposition == .quarantine
        }
        #expect(contains(.literal, "facture"))
        #expect(contains(.literal, "confidentiel"))
        #expect(!contains(.word, "confidentiel"))
        #expect(contains(.word, "confidentielle"))
        #expect(contains(.phrase, "votre  facture"))
        #expect(!contains(.exact, "facture"))
    }
}
