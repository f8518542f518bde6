import Testing
import Vocabulary

@Suite("The domains of a policy's header")
struct OwnDomainTests {
    @Test(
        "A domain stands for itself, one with a star for every subdomain and not for itself",
        arguments: [
            ("acme.example", "ACME.example", true), ("acme.example", "dev.acme.example", false),
            ("*.acme.example", "dev.acme.example", true), ("*.acme.example", "a.b.Acme.example", true),
            ("*.acme.example", "acme.example", false), ("*.acme.example", "evilacme.example", false),
            ("*.müller.example", "post.xn--mller-kva.example", true),
        ])
    func covers(_ own: String, _ other: String, _ expected: Bool) {
        #expect(OwnDomain(own).covers(Domain(other)) == expected)
    }

    @Test("Mail from outside to a covered subdomain is inbound")
    func direction() {
        let envelope = Envelope(sender: Address("eve@client.example"))
        let recipient = Address("ann@dev.acme.example")
        let plain = Organisation(domains: [OwnDomain("acme.example")])
        #expect(plain.direction(of: envelope, for: recipient) == .outbound)
        let wide = Organisation(domains: [OwnDomain("acme.example"), OwnDomain("*.acme.example")])
        #expect(wide.direction(of: envelope, for: recipient) == .inbound)
    }

    @Test("A look-up in `policy.domains` finds the subdomains too")
    func lookUp() throws {
        let set = try ValueSet(name: "policy.domains", type: .domain, entries: ["acme.fr", "*.acme.example"])
        #expect(set.contains(.domain(Domain("acme.fr"))))
        #expect(set.contains(.domain(Domain("dev.acme.example"))))
        #expect(!set.contains(.domain(Domain("acme.example"))))
    }
}
