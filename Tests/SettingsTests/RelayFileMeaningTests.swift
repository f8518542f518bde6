import Operation
import Settings
import Testing

/// What every key allows, and the whole does not.
@Suite struct RelayFileMeaningTests {
    private static func listener(_ name: String, _ address: String, _ more: String = "") -> String {
        "[[listener]]\nname = \"\(name)\"\naddress = \"\(address)\"\n\(more)"
    }

    private static func organisation(_ name: String, _ more: String) -> String {
        "[[organisation]]\nname = \"\(name)\"\n\(more)\n"
    }

    private static let meaningless: [(String, String)] = [
        (listener("a", "127.0.0.1:25") + listener("b", "0.0.0.0:25"), "6:1: “b” listens where “a” does: 0.0.0.0:25"),
        (listener("a", "unix:/run/a") + listener("b", "unix:/run/a"), "6:1: “b” listens where “a” does: unix:/run/a"),
        (listener("a", "localhost:25") + listener("b", "127.0.0.1:25"), "6:1: “b” listens where “a” does"),
        (listener("a", "127.0.0.1:25") + listener("a", "127.0.0.1:26"), "5:1: two listeners are called “a”"),
        (listener("a", "127.0.0.1:25", "role = \"submission\"\n"), "4:1: nobody can submit mail by “a”"),
        (listener("a", "127.0.0.1:25", "trusted-peers = [\"0.0.0.0/0\"]\n"), "4:1: `trusted-peers` trusts everybody"),
        (
            listener("a", "127.0.0.1:25", "trusted-peers = [\"10.1.2.3/8\"]\n"),
            "has bits behind its length; write `\"10.0.0.0/8\"`"
        ),
        (listener("a", "127.0.0.1:10026"), ": mail would go in circles: 127.0.0.1:10026 is our own listener “a”"),
        (
            listener("a", "0.0.0.0:25") + "[routes.x]\naddress = \"127.0.0.1:25\"\n",
            "5:1: mail would go in circles: 127.0.0.1:25 is our own listener “a”"
        ),
        (listener("a", "127.0.0.1:8025"), "the administration listens where “a” does: 127.0.0.1:8025"),
        ("[next-hop]\naddress = \"127.0.0.1:10025\"\n", "2:1: mail would go in circles"),
        ("[next-hop]\nauthorities = \"/dev/null\"\n", "2:1: /dev/null holds no certificate in PEM"),
        ("[next-hop]\ncertificate-name = \"a\"\n", "2:1: `certificate-name` is of no use where certificates are not"),
        ("[routes.x]\nscheme = \"smtp\"\n", "1:9: the route `x` has no `address`"),
        (
            organisation("a", "domains = [\"x.example\"]") + organisation("b", "domains = [\"y.example\"]"),
            "1:3: no organisation is the default"
        ),
        (organisation("a", "default = true") + organisation("b", "default = true"), "6:1: “a” and “b” are both the"),
        (
            organisation("a", "default = true\ndomains = [\"*.x.example\"]")
                + organisation("b", "domains = [\"mail.X.example\"]"),
            "7:1: `mail.X.example` of “b” overlaps with what “a” has"
        ),
        (
            organisation("a", "default = true\ndomains = [\"mail.x.example\"]")
                + organisation("b", "domains = [\"*.x.example\"]"),
            "7:1: `*.x.example` of “b” overlaps with what “a” has"
        ),
        (
            organisation("a", "default = true\nnetworks = [\"10.0.0.0/8\"]")
                + organisation("b", "networks = [\"10.9.0.0/16\"]"),
            "7:1: `10.9.0.0/16` of “b” overlaps with what “a” has"
        ),
        (organisation("a", "networks = [\"::/0\"]"), "3:1: all the world is in the networks of “a”"),
        (organisation("a", "domains = [\"a b\"]"), "3:1: “a b” in `domains` is no domain"),
        ("[administration]\naddress = \"unix:/run/a\"\n", "2:1: `address` is no host with a port"),
        ("[limits]\nmessage-bytes = \"1 GiB\"\n", "2:1: one message may be larger than all messages in memory"),
        ("[limits]\ndeadline-seconds = 10\n", "2:1: a connection to the next hop may take as long as a whole message"),
        ("engines = \"/dev/null\"\n", "no engine is set up"),
    ]

    @Test(arguments: meaningless)
    func whatCannotBeMeantIsAFault(_ text: String, _ expected: String) throws {
        let faults = try RelayFileFolder.faults(text)
        #expect(faults.count == 1 && faults.contains { $0.contains(expected) }, "\(faults)")
    }

    private static let good: [String] = [
        listener("a", "127.0.0.1:25") + listener("b", "[::1]:25"),
        listener("a", "127.0.0.1:0") + listener("b", "127.0.0.1:0"),
        listener("a", "unix:/run/a", "role = \"submission\"\n"),
        listener("a", "127.0.0.1:25", "role = \"submission\"\ntrusted-peers = [\"127.0.0.1\"]\n"),
        listener("a", "127.0.0.1:25", "role = \"submission\"\n") + organisation("o", "networks = [\"10.0.0.0/8\"]"),
        organisation("a", "default = true\ndomains = [\"x.example\", \"*.x.example\", \"y.x.example\"]")
            + organisation("b", "domains = [\"xx.example\"]"),
        organisation("a", "default = true\ndomains = [\"x.example\"]")
            + organisation("b", "domains = [\"*.x.example\"]"),
        organisation("a", "default = true\nnetworks = [\"10.0.0.0/8\", \"10.1.0.0/16\"]")
            + organisation("b", "networks = [\"11.0.0.0/8\"]"),
        "[administration]\naddress = \"0.0.0.0:8025\"\n",
    ]

    @Test(arguments: good)
    func whatCanBeMeantIsNone(_ text: String) throws {
        #expect(try RelayFileFolder.faults(text) == [])
    }

    @Test func certificatesAndKeysGoTogetherAndAreKept() throws {
        let head = "[[listener]]\nname = \"a\"\naddress = \"127.0.0.1:25\"\n"
        let files = [
            "c.pem": "-----BEGIN CERTIFICATE-----", "open.key": "-----BEGIN PRIVATE KEY-----",
            "k.key": "-----BEGIN PRIVATE KEY-----",
        ]
        let names = "certificate = \"c.pem\"\nkey = \"k.key\"\n"
        #expect(try RelayFileFolder.faults(head + names, beside: files) == [])
        #expect(
            try RelayFileFolder.faults(head + "certificate = \"c.pem\"\n", beside: files) == [
                "lazaretd.toml:4:1: there is a `certificate` without a `key`; name both, or neither"
            ])
        #expect(
            try RelayFileFolder.faults(head + "certificate = \"c.pem\"\nkey = \"open.key\"\n", beside: files) == [
                "lazaretd.toml:5:1: others can read open.key; run `chmod 640` on the file that `key` names"
            ])
        #expect(
            try RelayFileFolder.faults(head + "certificate = \"k.key\"\nkey = \"k.key\"\n", beside: files) == [
                "lazaretd.toml:4:1: k.key holds no certificate in PEM; name the right file"
            ])
    }

    @Test func tokensDoNotCrossTheNetworkInTheClear() throws {
        let faults = try RelayFileFolder.faults(
            "[administration]\naddress = \"0.0.0.0:8025\"\n[[administration.token]]\nname = \"a\"\nvariable = \"T\"\n",
            environment: ["T": "0123456789abcdef0123"])
        #expect(faults.count == 1 && faults.allSatisfy { $0.contains("in the clear") }, "\(faults)")
    }

    @Test func theHostsOfManyDomainsAreComparedInTime() throws {
        let domains = (0..<20_000).map { "\"d\($0).example\"" }.joined(separator: ",")
        let text = Self.organisation("a", "default = true\ndomains = [\(domains)]")
        #expect(try RelayFileFolder.faults(text) == [])
    }
}
