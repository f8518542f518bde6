import Bytecode
import Compiler
import Foundation
import Lexical
import Machine
import Semantics
import TestSupport
import Testing
import Vocabulary

/// How long a decision takes with few rules and with many. Prints a table where `LAZARET_MEASURE` is set; always holds
/// that a thousand quiet rules cost far less than a thousand times one.
@Suite struct SpeedTests {
    private static let isMeasuring = ProcessInfo.processInfo.environment["LAZARET_MEASURE"] != nil

    private func policy(rules: Int) -> TypedPolicy {
        let place = SourcePlace(file: "speed.lazaret", line: 1, column: 1, length: 1)
        var typed: [TypedRule] = []
        for number in 0..<rules {
            let subject = Operand.fact(FactReference(.subject))
            let domain = Operand.fact(FactReference(.from, members: [.domain]))
            let test: Semantics.Test =
                switch number % 4 {
                case 0: .text(.contains, subject, [.constant(.text(Text("word\(number)")))], exactly: false)
                case 1: .equals(domain, [.constant(.domain(Domain("host\(number).example")))], exactly: false)
                case 2: .text(.starts, subject, [.constant(.text(Text("[list\(number)]")))], exactly: false)
                default: .under(domain, [.constant(.domain(Domain("zone\(number).example")))])
                }
            typed.append(
                TypedRule(
                    name: "rule-\(number + 100_000)", place: place, when: .atom(Atom(test, at: place)),
                    consequence: TypedConsequence(disposition: .quarantine, areas: ["area"]),
                    answers: AnswerTable(all: .ignore)))
        }
        return TypedPolicy(name: "speed", rules: typed)
    }

    private func facts() -> MadeUpFacts {
        let facts = MadeUpFacts()
        facts.values[.init(fact: .subject, subject: .message)] = .known(
            .text("Re: minutes of the meeting on Thursday, and what remains to be done before the summer"))
        facts.values[.init(fact: .from, subject: .message)] = .known(.address(Address("ann@mail.partner.example")))
        return facts
    }

    /// Microseconds of processor time of one decision, the best of several batches.
    private func microseconds(rules: Int, batches: Int = 5) throws -> (decide: Double, load: Double, bytes: Int) {
        let bytes = Bundle.write(try CodeGenerator.generate(policy(rules: rules)))
        var loaded: LoadedProgram?
        let load = try Effort.seconds {
            loaded = try LoadedProgram(try Bundle.read(bytes), patterns: PatternLibrary())
        }
        let program = try #require(loaded)
        let facts = facts()
        let envelope = Envelope(recipients: [Address("bob@acme.example")])
        let runs = max(10, 20_000 / rules)
        var best = Double.infinity
        for _ in 0..<batches {
            best = min(
                best,
                Effort.seconds {
                    for _ in 0..<runs { _ = program.decide(facts: facts, envelope: envelope) }
                })
        }
        return (best * 1e6 / Double(runs), load * 1e6, bytes.count)
    }

    @Test(.enabled(if: isMeasuring)) func table() throws {
        for rules in [10, 100, 1000, 10_000] {
            let (decide, load, bytes) = try microseconds(rules: rules)
            print("\(rules) rules: \(decide) µs a decision, \(load / 1000) ms to load, \(bytes) bytes")
        }
    }

    @Test func aThousandRulesAreNotAThousandTimesOne() throws {
        let ten = try microseconds(rules: 10, batches: 2).decide
        let thousand = try microseconds(rules: 1000, batches: 2).decide
        #expect(thousand < ten * 100)
    }
}
