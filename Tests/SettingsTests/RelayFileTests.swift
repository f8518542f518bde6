import Foundation
import Operation
import Settings
import Testing
import Vocabulary

@Suite struct RelayFileTests {
    private static let certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"
    private static let key = "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"
    private static let token = "0123456789abcdef0123456789abcdef\n"

    private static let storeKey = String(repeating: "0f", count: 32)

    private static let full = """
        host-name = "mx.acme.example"
        split-organisations = true
        engines = "engines.toml"

        [[listener]]
        name = "edge"
        address = "127.0.0.1:10025"
        trusted-peers = ["127.0.0.1", "2001:db8::/32"]

        [[listener]]
        name = "people"
        address = "unix:/run/lazaret/people.sock"
        scheme = "lmtp"
        role = "submission"
        certificate = "mx.pem"
        key = "mx.key"

        [next-hop]
        address = "[::1]:10026"
        security = "verified"
        certificate-name = "mail.acme.example"
        authorities = "mx.pem"

        [routes.archive]
        address = "10.0.0.7:24"
        scheme = "lmtp"
        security = "none"

        [[organisation]]
        name = "acme"
        domains = ["acme.example", "*.acme.example"]
        networks = ["192.0.2.0/24"]
        default = true
        policy = "acme.lzb"
        trusted-keys = ["acme.pub"]

        [[organisation]]
        name = "globex"
        domains = ["globex.example"]

        [workers]
        count = 3

        [store]
        folder = "data"
        key-file = "store.key"
        postgres = "host=/run/postgresql dbname=lazaret"
        postgres-password-file = "word"

        [limits]
        sessions = 12
        message-bytes = "10 MiB"
        undecided-seconds = 3600

        [administration]
        address = "0.0.0.0:8025"
        certificate = "mx.pem"
        key = "mx.key"
        client-authorities = "mx.pem"

        [[administration.token]]
        name = "deploy"
        organisations = ["acme"]
        file = "token"

        [log]
        level = "warning"
        format = "json"
        """

    private static let beside = [
        "mx.pem": certificate, "mx.key": key, "token": token, "word": "ses'ame\n", "store.key": storeKey + "\n",
        "acme.lzb": "bundle", "acme.pub": "public",
        "engines.toml": "[[engine]]\nkind = \"clamd\"\naddress = \"/run/clamd\"\n",
    ]

    @Test func everyKeyIsRead() throws {
        let folder = try RelayFileFolder(Self.full, beside: Self.beside)
        let reading = folder.read()
        #expect(reading.faults == [])
        let settings = try #require(reading.settings)
        let here = folder.folder.path + "/"
        let identity = TLSIdentity(certificates: here + "mx.pem", key: here + "mx.key")
        #expect(settings.relay.hostName == "mx.acme.example")
        #expect(settings.relay.splitsOrganisations)
        #expect(
            settings.relay.listeners == [
                ListenerSettings(
                    name: "edge", address: .network(host: "127.0.0.1", port: 10_025), scheme: .smtp, role: .inbound,
                    trustedPeers: ["127.0.0.1/32", "2001:db8::/32"]),
                ListenerSettings(
                    name: "people", address: .local(path: "/run/lazaret/people.sock"), scheme: .lmtp,
                    role: .submission, tls: identity),
            ])
        #expect(
            settings.relay.nextHop
                == HopSettings(
                    address: .network(host: "::1", port: 10_026), security: .verified,
                    certificateName: "mail.acme.example", authorities: here + "mx.pem"))
        #expect(
            settings.relay.routes == [
                "archive": HopSettings(
                    address: .network(host: "10.0.0.7", port: 24), isLMTP: true, security: HopSettings.Security.none)
            ])
        #expect(
            settings.relay.organisations == [
                OrganisationSettings(
                    name: "acme", domains: ["acme.example", "*.acme.example"], networks: ["192.0.2.0/24"],
                    isDefault: true, policy: here + "acme.lzb", trustedKeys: [here + "acme.pub"]),
                OrganisationSettings(name: "globex", domains: ["globex.example"]),
            ])
        #expect(settings.relay.limits.sessions == 12)
        #expect(settings.relay.limits.messageBytes == 10 << 20)
        #expect(settings.relay.limits.undecidedSeconds == 3600)
        #expect(settings.workers == WorkerSettings(count: 3))
        #expect(
            settings.store
                == StoreSettings(
                    folder: here + "data", key: Secret(Self.storeKey),
                    postgres: Secret("host=/run/postgresql dbname=lazaret password='ses\\'ame'")))
        #expect(
            settings.administration
                == AdministrationSettings(
                    host: "0.0.0.0", port: 8025, tls: identity, clientAuthorities: here + "mx.pem",
                    tokens: [
                        AdministrationToken(
                            name: "deploy", organisations: ["acme"], secret: Secret("0123456789abcdef0123456789abcdef"))
                    ]))
        #expect(settings.store.keyBytes == [UInt8](repeating: 15, count: 32))
        #expect(settings.engines.engines.map(\.name) == ["clamd"])
        #expect(settings.log == LogSettings(level: .warning, format: .json))
        #expect(!"\(settings)".contains("sesame") && !"\(settings)".contains("0123456789abcdef"))
        #expect(reading.warnings.contains { $0.cause.contains("“globex” has no `policy`") })
    }

    @Test func anEmptyFileIsLoopbackWithSQLiteBesideIt() throws {
        let folder = try RelayFileFolder("")
        let settings = try #require(folder.read().settings)
        let isLocal = settings.relay.listeners.map(\.address.isLoopback)
        #expect(isLocal == [true])
        #expect(SocketPlace.network(host: settings.administration.host, port: 8025).isLoopback)
        #expect(settings.relay.nextHop.address.isLoopback)
        #expect(settings.store == StoreSettings(folder: folder.folder.path + "/lazaret-data"))
        #expect(settings.relay.organisations.map(\.isDefault) == [true])
        #expect(settings.relay.limits == RelayLimits())
        #expect(RelayFile.withoutFile(in: folder.folder.path).settings == settings)
        let state = folder.read(environment: ["STATE_DIRECTORY": "/var/lib/lazaret:/other"])
        #expect(state.settings?.store.folder == "/var/lib/lazaret")
    }

    @Test func allFaultsAreToldAtOnceWithWhatIsMeant() throws {
        let faults = try RelayFileFolder.faults(
            """
            host-name = "mx acme"
            hostname = "b"
            [[listener]]
            name = "a"
            adress = "127.0.0.1:25"
            [next-hop]
            address = "nowhere"
            securty = "none"
            [log]
            level = "warnin"
            [limits]
            sesions = 3
            hops = 9
            recipients = "many"
            """)
        #expect(
            faults == [
                "lazaretd.toml:1:1: `host-name` is no name of a host; "
                    + "write the full name that the world knows this machine by",
                "lazaretd.toml:2:1: there is no `hostname` here; the keys are `host-name`, `split-organisations`, "
                    + "`organisation`, `listener`, `next-hop`, `routes`, `limits`, `store`, `administration`, "
                    + "`workers`, `engines`, `engine`, `log`",
                "lazaretd.toml:3:1: `address` is missing; add a line such as `address = \"127.0.0.1:10025\"`",
                "lazaretd.toml:5:1: there is no `adress` here; did you mean `address`?",
                "lazaretd.toml:7:1: `address` names neither a host with a port nor a socket; "
                    + "write `\"HOST:PORT\"` or `\"unix:/PATH\"`, such as `\"127.0.0.1:10026\"`",
                "lazaretd.toml:8:1: there is no `securty` here; did you mean `security`?",
                "lazaretd.toml:10:1: there is no `level` called “warnin”; did you mean `\"warning\"`? "
                    + "there is `debug`, `info`, `warning`, `alarm`",
                "lazaretd.toml:12:1: there is no `sesions` here; did you mean `sessions`?",
                "lazaretd.toml:13:1: `hops` is out of range; write a whole number from 10 to 1000",
                "lazaretd.toml:14:1: `recipients` is a text; write a whole number",
            ])
    }

    @Test func whatIsNoTOMLIsOneFault() throws {
        let faults = try RelayFileFolder.faults("[[listener]\nname = a\n")
        #expect(faults.count == 1 && faults.allSatisfy { $0.contains("this is no TOML") }, "\(faults)")
        #expect(RelayFile.read("/nonexistent/lazaretd.toml").faults.count == 1)
    }

    @Test func secretsComeFromFilesOrTheEnvironmentOnly() throws {
        let token = "[[administration.token]]\nname = \"a\"\n"
        #expect(
            try RelayFileFolder.faults(token + "variable = \"T\"\n", environment: ["T": Self.token]) == [])
        #expect(
            try RelayFileFolder.faults(token + "variable = \"T\"\n") == [
                "lazaretd.toml:3:1: the environment has no `T`; set it, or name a file by `file`"
            ])
        #expect(
            try RelayFileFolder.faults(token + "file = \"open\"\n", beside: ["open": Self.token]) == [
                "lazaretd.toml:3:1: others can read open; run `chmod 600` on the file that `file` names"
            ])
        #expect(
            try RelayFileFolder.faults(token + "file = \"short\"\n", beside: ["short": "abc"]) == [
                "lazaretd.toml:3:1: the token “a” is short enough to be guessed; make one by `openssl rand -hex 32`"
            ])
        #expect(
            try RelayFileFolder.faults("[store]\npostgres = \"host=a password=b\"\n") == [
                "lazaretd.toml:2:1: `postgres` has a password; write `host=… dbname=…`, "
                    + "and the password into the file that `postgres-password-file` names"
            ])
        #expect(
            try RelayFileFolder.faults("[store]\nkey-file = \"open\"\n", beside: ["open": Self.storeKey]) == [
                "lazaretd.toml:2:1: others can read open; run `chmod 600` on the file that `key-file` names"
            ])
        #expect(
            try RelayFileFolder.faults("[store]\nkey-file = \"k\"\n", beside: ["k": Self.storeKey + "0"]) == [
                "lazaretd.toml:2:1: the key is not 64 hexadecimal digits; make one by `openssl rand -hex 32`, "
                    + "and keep a copy"
            ])
        #expect(
            try RelayFileFolder.faults("[store]\nkey-file = \"none\"\n") == [
                "lazaretd.toml:2:1: none cannot be read; name a file that is there and can be read by this user"
            ])
    }

    @Test func boundsOfTheFileAreHeld() throws {
        var limits = ConfigurationLimits()
        limits.entries = 2
        limits.organisations = 2
        func listeners(_ count: Int) -> String {
            (0..<count).map { "[[listener]]\nname = \"a\($0)\"\naddress = \"127.0.0.1:\($0 + 1)\"\n" }.joined()
        }
        func organisations(_ count: Int) -> String {
            (0..<count).map { "[[organisation]]\nname = \"a\($0)\"\ndefault = \($0 == 0)\n" }.joined()
        }
        #expect(try RelayFileFolder.faults(listeners(2) + organisations(2), limits: limits) == [])
        #expect(try RelayFileFolder.faults(listeners(3), limits: limits).first?.contains("more than 2") == true)
        #expect(try RelayFileFolder.faults(organisations(3), limits: limits).first?.contains("more than 2") == true)
    }
}
