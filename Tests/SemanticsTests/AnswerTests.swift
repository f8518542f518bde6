import Diagnostics
import Semantics
import Testing
import Vocabulary

/// Which answer a rule has for what it could not judge.
@Suite struct AnswerTests {
    private func rule(_ rows: String, _ rule: String) throws -> TypedRule {
        let result = check("policy acme { edition 1 }\nuninspectable {\n\(rows)\n}\nrule example {\n\(rule)\n}")
        let policy = try #require(result.policy, "\(rendered(result))")
        return policy.rules[0]
    }

    private func area(_ answer: TypedAnswer) -> String {
        switch answer {
        case .quiet: "quiet"
        case .ignore: "ignore"
        case .consequence(let consequence): consequence.areas.first ?? consequence.disposition.rawValue
        }
    }

    @Test func theNarrowerRowTakesFromTheBroader() throws {
        let rows = """
            if unknown then quarantine rest
            if encrypted then quarantine sealed
            if encrypted (smime) on inbound then ignore
            """
        let rule = try rule(rows, "when message.text contains \"x\"\n then quarantine leaks")
        #expect(area(rule.answers[.smime, .inbound]) == "ignore")
        #expect(area(rule.answers[.smime, .outbound]) == "sealed")
        #expect(area(rule.answers[.encryptedPDF, .inbound]) == "sealed")
        #expect(area(rule.answers[.damaged, .internal]) == "rest")
    }

    @Test func theRulesOwnRowsComeFirstAndTheRestFallsThrough() throws {
        let rule = try rule(
            "if unknown then defer",
            "when message.text contains \"x\"\n then quarantine leaks\n if encrypted (pdf) then quarantine pdfs")
        #expect(area(rule.answers[.encryptedPDF, .inbound]) == "pdfs")
        #expect(area(rule.answers[.encryptedOffice, .inbound]) == "defer")
    }

    @Test func aMarkingRuleIsQuietUnlessItSaysOtherwise() throws {
        let rule = try rule(
            "if unknown then defer",
            "when message.text contains \"x\"\n then tag subject \"[x]\"\n if damaged then quarantine broken")
        #expect(area(rule.answers[.overLimit, .inbound]) == "quiet")
        #expect(area(rule.answers[.damaged, .inbound]) == "broken")
    }

    @Test func whatCannotHappenIsHeldBackIfItDoes() throws {
        let rule = try rule("", "when tls\n then quarantine leaks")
        #expect(area(rule.answers[.engineDown, .inbound]) == "defer")
    }

    @Test func aDirectionTheRuleDoesNotJudgeNeedsNoAnswer() {
        let result = check(
            """
            policy acme { edition 1 }
            uninspectable { if unknown on outbound then defer }
            rule example {
                on outbound
                when message.text contains "x"
                then quarantine leaks
            }
            """)
        #expect(result.diagnostics.isEmpty, "\(rendered(result))")
    }

    @Test func labelsLiftOnlyRulesThatMayBeLifted() throws {
        let result = check(
            """
            policy acme { edition 1 }
            mandatory rule hard { label phishing when tls then quarantine a }
            rule soft { label phishing when tls then quarantine a }
            exempt friends from label phishing { when authenticated }
            """)
        #expect(try #require(result.policy).exemptions[0].rules == ["soft"])
    }

    @Test func warningsAreSilencedOrMadeErrors() {
        func policy(_ level: String) -> CheckResult {
            check("policy acme { edition 1 \(level) }\ngroup partners { \"a@b.example\" }")
        }
        #expect(policy("").diagnostics.map(\.severity) == [.warning])
        #expect(policy("allow unused-list \"to come\"").diagnostics.isEmpty)
        #expect(policy("deny unused-list").diagnostics.map(\.severity) == [.error])
        #expect(policy("deny unused-list").policy == nil)
        let mark = "description \"a\u{200B}b\" "
        let used = "\nrule r { when from in partners then quarantine a }"
        func invisible(_ level: String) -> [Severity] {
            check("policy acme { edition 1 \(mark)\(level) }\ngroup partners { \"a@b.example\" }" + used)
                .diagnostics.map(\.severity)
        }
        #expect(invisible("") == [.warning])
        #expect(invisible("allow invisible-character \"a joke\"").isEmpty)
        #expect(invisible("deny invisible-character") == [.error])
    }
}
