import Compiler
import Evaluation
import Lexical
import Testing
import Vocabulary

/// `"*.acme.example"` in `domains`: the direction of mail, and `policy.domains` in conditions.
@Suite struct OwnDomainsTests {
    private func dispositions(_ rule: String, from sender: String, to recipients: [String]) throws -> [Disposition] {
        let policy = """
            policy p { edition 1 domains "acme.example", "*.acme.example" }
            uninspectable { if unknown then defer }
            rule r { \(rule) then quarantine found }
            """
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        let judge = try MessageJudge(bundle: bundle)
        let mail = Array("From: \(sender)\r\nSubject: x\r\n\r\ny\r\n".utf8)
        let envelope = Envelope(sender: Address(sender), recipients: recipients.map { Address($0) })
        return judge.decide(mail, envelope: envelope).decisions.map(\.disposition)
    }

    @Test func mailToASubdomainIsInbound() throws {
        let found = try dispositions(
            "on inbound when from exists", from: "eve@client.example",
            to: ["ann@dev.acme.example", "bob@acme.example", "zoe@partner.example"])
        #expect(found == [.quarantine, .quarantine, .deliver])
    }

    @Test(arguments: [
        ("ann@dev.acme.example", Direction.outbound), ("ann@acme.example", .outbound), ("ann@acme.test", .inbound),
    ])
    func whoseMailItIsIsGuessedByItsDomain(_ author: String, _ direction: Direction) throws {
        let policy = """
            policy p { edition 1 domains "acme.example", "*.acme.example" }
            rule r { on outbound when from exists then log "out" }
            """
        let bundle = try #require(PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy)).bundle)
        let mail = Array("From: \(author)\r\nTo: zoe@client.example\r\n\r\nx\r\n".utf8)
        let judgement = try MessageJudge(bundle: bundle).decide(
            mail, envelope: Envelope(), guess: [.sender, .recipients, .client])
        #expect(judgement.envelope.direction == direction && judgement.envelope.guessed.contains("direction"))
        #expect(judgement.decisions.first?.rules.isEmpty == (direction == .inbound))
    }

    @Test(arguments: [
        ("from.domain in policy.domains", "a@dev.acme.example", true),
        ("from.domain in policy.domains", "a@acme.example", true),
        ("from.domain in policy.domains", "a@evilacme.example", false),
        ("from.domain under any of (policy.domains)", "a@x.y.acme.example", true),
        ("from.domain under any of (policy.domains)", "a@acme.test", false),
        ("from.domain looks like any of (policy.domains)", "a@acrne.example", true),
        ("from.domain looks like any of (policy.domains)", "a@client.example", false),
    ])
    func conditions(_ condition: String, _ sender: String, _ holds: Bool) throws {
        let found = try dispositions("when \(condition)", from: sender, to: ["bob@acme.example"])
        #expect(found == [holds ? .quarantine : .deliver])
    }
}
