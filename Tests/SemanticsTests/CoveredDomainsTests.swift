import Semantics
import Testing
import Vocabulary

/// Which addresses of a policy its `domains` cover, and what a test's mail leaves to them.
@Suite struct CoveredDomainsTests {
    private func codes(domains: String, group: String) -> [String] {
        let result = check(
            """
            policy acme { edition 1 domains \(domains) }
            group team { \(group) }
            rule log-team { when recipient in team then log "team" }
            uninspectable { if unknown then defer }
            """)
        return result.diagnostics.map(\.code.name)
    }

    @Test(arguments: [
        "\"ann@acme.example\"", "\"*@client.example\"", "\"*@*\"", "\"*acme.example\"", "\"*@acme*\"",
    ])
    func noWarning(_ group: String) { #expect(codes(domains: "\"acme.example\"", group: group) == []) }

    @Test(arguments: [
        "\"ann@dev.acme.example\"", "\"*@dev.acme.example\"", "\"dev.acme.example\"", "\"*@*.acme.example\"",
        "\"*@*lab.acme.example\"", "\"*@dev?.acme.example\"",
    ])
    func warning(_ group: String) {
        #expect(codes(domains: "\"acme.example\"", group: group) == ["uncovered-subdomain"])
        #expect(codes(domains: "\"acme.example\", \"*.acme.example\"", group: group) == [])
    }

    @Test func aStarUnderANarrowerStarIsNotCovered() {
        let domains = "\"acme.example\", \"*.dev.acme.example\""
        #expect(codes(domains: domains, group: "\"*@*.acme.example\"") == ["uncovered-subdomain"])
        #expect(codes(domains: domains, group: "\"*@a.dev.acme.example\"") == [])
    }

    @Test func aThousandMailboxesAreOneWarning() {
        let group = (0..<1000).map { "\"p\($0)@dev.acme.example\"" }.joined(separator: ", ")
        #expect(codes(domains: "\"acme.example\"", group: group) == ["uncovered-subdomain"])
    }

    @Test(arguments: [
        ("recipient.domain is \"dev.acme.example\"", true), ("recipient.domain under \"dev.acme.example\"", true),
        ("recipients.domain is \"dev.acme.example\"", true), ("recipient is \"ann@dev.acme.example\"", true),
        ("recipient.domain is \"acme.example\"", false), ("recipient.domain is \"dev.client.example\"", false),
        ("from.domain under \"news.acme.example\"", false),
    ])
    func conditionsThatAskForARecipient(_ condition: String, _ isUncovered: Bool) {
        for (domains, warned) in [("\"acme.example\"", isUncovered), ("\"acme.example\", \"*.acme.example\"", false)] {
            let result = check(
                """
                policy acme { edition 1 domains \(domains) }
                rule log-it { when \(condition) then log "it" }
                uninspectable { if unknown then defer }
                """)
            #expect(result.diagnostics.map(\.code.name) == (warned ? ["uncovered-subdomain"] : []), "\(condition)")
        }
    }

    @Test func theHeadersOwnAdministratorIsRegardedWhereverDomainsStand() {
        let result = check(
            """
            policy acme { edition 1 admin "root@it.acme.example" domains "acme.example" }
            rule tell { when authenticated then notify admin }
            """)
        #expect(result.diagnostics.map(\.code.name) == ["uncovered-subdomain"])
    }

    @Test func aTestWithoutDirectionLeavesItToTheAddresses() throws {
        let result = check(
            """
            policy acme { edition 1 domains "acme.example" }
            rule tell { on inbound when authenticated then log "in" }
            test "told" { mail "a.eml" inbound from "eve@client.example" to "bob@acme.example" expect tell quiet }
            test "left out" { mail "a.eml" from "eve@client.example" to "bob@acme.example" expect tell quiet }
            """)
        let policy = try #require(result.policy)
        #expect(policy.tests.first { $0.name == "told" }?.envelope.direction == .inbound)
        let open = try #require(policy.tests.first { $0.name == "left out" }?.envelope)
        #expect(open.direction == nil)
        #expect(policy.organisation.direction(of: open, for: open.recipients[0]) == .inbound)
    }
}
