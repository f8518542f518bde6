import Compiler
import Lexical
import PolicyTesting
import TestSupport
import Testing
import Vocabulary

/// What a witness supposes stands in its note as a test of a policy would write it.
@Suite struct AssumptionTextTests {
    private func complaints(_ line: String) -> [String] {
        let text = """
            policy p { edition 1 domains "acme.example" }
            test "witness" { mail "m.eml" from "" to "a@acme.example" \(line) expect deliver }
            """
        return PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text)).diagnostics
            .filter { $0.severity == .error }.map(\.message)
    }

    @Test(arguments: [
        Assumption(fact: .virus, value: .known(.bool(true))),
        Assumption(fact: .virusName, value: .known(.text(Text("Eicar \"Test\" \u{202E}")))),
        Assumption(fact: .virusName, value: .absent), Assumption(fact: .virus, value: .unknown(.engineDown)),
        Assumption(fact: .spamScore, value: .known(.number(-1500))), Assumption(fact: .spamScore, value: .absent),
        Assumption(fact: .authDMARC, value: .known(.symbol("fail"))),
        Assumption(fact: .yara, argument: "locky", value: .known(.bool(true))),
    ])
    func aTestTakesTheLine(_ assumption: Assumption) {
        #expect(complaints(AssumptionText.line(assumption)) == [])
    }

    /// A test can suppose neither; the note says it in words, which nobody copies for a line of the language.
    @Test func whatNoTestCanSupposeIsSaidInWords() {
        let two = FactValue(values: [.text(Text("A")), .text(Text("B"))])
        #expect(
            AssumptionText.line(Assumption(fact: .virusName, value: two))
                == "(virus.name has 2 values: \"A\", \"B\")")
        #expect(AssumptionText.line(Assumption(fact: .virus, value: .absent)) == "(nothing is supposed of virus)")
    }
}
