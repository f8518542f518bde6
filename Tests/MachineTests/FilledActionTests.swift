import Bytecode
import Compiler
import Lexical
import Machine
import Testing
import Vocabulary

/// What of an action is settled only when the decision is made.
@Suite struct FilledActionTests {
    private func decide(_ rules: String, _ facts: MadeUpFacts, to recipients: [String] = ["bob@acme.example"]) throws
        -> [Decision]
    {
        let header = "policy acme { edition 1 domains \"acme.example\" admin \"post@acme.example\" }\n"
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(header + rules))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let loaded = try LoadedProgram(try Bundle.read(bundle), patterns: PatternLibrary())
        return loaded.decide(
            facts: facts, envelope: Envelope(sender: nil, recipients: recipients.map { Address($0) }))
    }

    private func facts(_ values: [(Fact, FactValue)]) -> MadeUpFacts {
        let facts = MadeUpFacts()
        for (fact, value) in values { facts.values[.init(fact: fact, subject: .message)] = value }
        return facts
    }

    @Test func aFieldHoldsAFact() throws {
        let from = FactValue(values: [.address(Address("a@x.example")), .address(Address("b@y.example"))])
        let decision = try decide(
            """
            rule r {
                when from exists
                then add header "X-Domains" from.domain
                     add header "X-Size" message.size
                     add header "X-Reply" reply-to
                     add header "X-List" list-id otherwise "no list"
            }
            """,
            facts([(.from, from), (.messageSize, .known(.number(2_000_000)))]))[0]
        #expect(
            decision.actions.map(\.action) == [
                .addHeader(name: "X-Domains", value: "x.example, y.example"),
                .addHeader(name: "X-Size", value: "2 MB"),
                .addHeader(name: "X-Reply", value: "none"),
                .addHeader(name: "X-List", value: "no list"),
            ])
    }

    @Test func noMessageCanAddAField() throws {
        let subject = "one\r\nBcc: all@acme.example\u{2028}\u{202E}" + String(repeating: "é", count: 900)
        let decision = try decide(
            "rule r { when subject exists then tag subject \"[{subject}] \" add header \"X-S\" subject "
                + "log \"{rule} {policy} {admin}\" }",
            facts([(.subject, .known(.text(Text(subject))))]))[0]
        for case .addHeader(_, let value) in decision.actions.map(\.action) {
            #expect(value.hasPrefix("one  Bcc: all@acme.example  éé") && value.hasSuffix("é…"))
            #expect(value.utf8.count <= WrittenTextLimits.valueBytes)
        }
        for case .tagSubject(let tag) in decision.actions.map(\.action) {
            #expect(tag.utf8.count <= WrittenTextLimits.tagBytes && tag.hasSuffix("…"))
        }
        #expect(decision.actions.last?.action == .log("r acme post@acme.example"))
    }

    @Test func aRefusalIsFilledInForItsRecipient() throws {
        let decisions = try decide(
            "rule r \"Nothing passes\" { when tls then reject \"{title}: {recipient} ({direction}, {reason})\" }",
            facts([(.tls, .known(.bool(true)))]), to: ["bob@acme.example", "ann@acme.example"])
        #expect(
            decisions.map(\.reason) == [
                "Nothing passes: bob@acme.example (inbound, Nothing passes)",
                "Nothing passes: ann@acme.example (inbound, Nothing passes)",
            ])
    }

    @Test func whatIsUnknownIsWrittenSo() throws {
        let rule = """
            rule r {
                when virus or tls
                then quarantine held
                     log "{area}: {reason}"
                     add header "X-Virus" virus.name
                if unknown then quarantine doubtful log "{area}: {reason}" add header "X-Virus" virus.name
            }
            """
        let unknown = facts([(.virus, .unknown(.damaged)), (.virusName, .unknown([.damaged, .overLimit]))])
        #expect(
            try decide(rule, unknown)[0].actions.map(\.action) == [
                .addHeader(name: "X-Virus", value: "unknown"), .log("doubtful: damaged"),
            ])
        let some = facts([
            (.virus, .known(.bool(true))), (.virusName, FactValue(values: [.text("Eicar")], missing: .damaged)),
        ])
        #expect(
            try decide(rule, some)[0].actions.map(\.action) == [
                .addHeader(name: "X-Virus", value: "Eicar+"), .log("held: r"),
            ])
    }

    @Test func aNoticeIsLeftOutOnlyWhereItsConditionIsTrue() throws {
        let rule = "rule r { when tls then quarantine held notify recipient except when auth.dmarc is pass }"
        let tls = (Fact.tls, FactValue.known(.bool(true)))
        let left = try decide(rule, facts([tls, (.authDMARC, .known(.symbol("pass")))]))[0]
        #expect(left.actions.isEmpty)
        #expect(left.withheld.map(\.notice.summary) == ["notify recipient"])
        #expect(left.withheld.first?.evidence.map(\.excerpt) == ["pass"])
        for value in [FactValue.known(.symbol("fail")), .unknown(.engineDown)] {
            let sent = try decide(rule, facts([tls, (.authDMARC, value)]))[0]
            #expect(sent.actions.count == 1 && sent.withheld.isEmpty)
        }
    }
}
