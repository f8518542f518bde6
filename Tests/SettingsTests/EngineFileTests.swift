import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct EngineFileTests {
    private static func read(
        _ text: String, limits: ConfigurationLimits = ConfigurationLimits(), beside files: [String: String] = [:]
    ) throws -> EngineConfiguration {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lazaret-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files {
            let file = folder.appendingPathComponent(name)
            try Data(content.utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: name.hasPrefix("open") ? 0o644 : 0o600], ofItemAtPath: file.path)
        }
        let file = folder.appendingPathComponent("engines.toml")
        try Data(text.utf8).write(to: file)
        do {
            return try EngineFile.read(file.path, limits: limits)
        } catch {
            // The folder's name is another at each run.
            throw Told(text: "\(error)".replacingOccurrences(of: folder.path + "/", with: ""))
        }
    }

    private struct Told: Error, Equatable {
        let text: String
    }

    @Test func everyKindOfEngine() throws {
        let configuration = try Self.read(
            """
            # The engines of the house.
            [[engine]]
            kind = "clamav"
            signatures = "/var/lib/clamav"
            largest = "10 MiB"

            [[engine]]
            name = "second"
            kind = "clamd"
            address = "/run/clamav/clamd.ctl"
            timeout = 7.5

            [[engine]]
            kind = "icap"
            address = "[::1]:1344"
            service = "avscan"
            method = "reqmod"
            largest = 5000000

            [[engine]]
            kind = "yara"
            files = ["/etc/a.yar", "/etc/b.yar"]

            [[engine]]
            kind = "rspamd"
            address = "spam.acme.example:11333"
            password-file = "word"

            [[engine]]
            kind = "spamd"
            address = "127.0.0.1:783"
            user = "nobody"

            [[engine]]
            kind = "upstream"
            hosts = ["MX.acme.example"]
            fields = "anywhere"
            """, beside: ["word": "open sesame\n"])
        #expect(
            configuration.engines == [
                EngineSettings(name: "clamav", kind: .clamav(signatures: "/var/lib/clamav"), largest: 10 << 20),
                EngineSettings(name: "second", kind: .clamd(.unix("/run/clamav/clamd.ctl")), seconds: 7.5),
                EngineSettings(
                    name: "icap",
                    kind: .icap(.tcp(host: "::1", port: 1344), ICAPService(path: "avscan", method: .reqmod)),
                    largest: 5_000_000),
                EngineSettings(name: "yara", kind: .yara(files: ["/etc/a.yar", "/etc/b.yar"])),
                EngineSettings(
                    name: "rspamd",
                    kind: .rspamd(
                        .tcp(host: "spam.acme.example", port: 11333), password: Secret("open sesame"))),
                EngineSettings(
                    name: "spamd", kind: .spamd(.tcp(host: "127.0.0.1", port: 783), user: "nobody")),
                EngineSettings(
                    name: "upstream", kind: .upstream(SpamUpstream(hosts: ["mx.acme.example"], isAnywhere: true))),
            ])
        #expect(!"\(configuration)".contains("sesame"))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("sesame"))
        #expect(configuration.addresses.count == 4)
        // What crosses to the worker is the same.
        let coded = try JSONDecoder().decode(
            EngineConfiguration.self, from: JSONEncoder().encode(configuration))
        #expect(coded == configuration)
    }

    @Test func pathsAreRelativeToTheFile() throws {
        let engines = try Self.read("[[engine]]\nkind = \"yara\"\nfiles = [\"rules/a.yar\"]\n").engines
        guard case .yara(let files)? = engines.first?.kind else {
            Issue.record("no rules")
            return
        }
        #expect(files.first?.hasSuffix("/rules/a.yar") == true && files.first?.hasPrefix("/") == true)
    }

    /// Each fault is told with its line, and with what to do.
    @Test(arguments: [
        ("", "engines.toml: no engine is set up; begin one by `[[engine]]`"),
        ("engine = 3\n", "engines.toml:1:1: `engine` is a number; write `[[engine]]`, in two brackets, above each"),
        ("engine = [3]\n", "engines.toml:1:11: an engine is a number; write `[[engine]]` above its keys"),
        (
            "[[engine]]\nkind = \"clamd\"\naddress = \"x:1\"\n[limits]\nx = 1\n",
            "engines.toml:4:2: there is no `limits` here; each engine is a table that begins `[[engine]]`"
        ),
        (
            "[[engine]]\nkind = \"clamd\"\nadress = \"x:1\"\naddress = \"x:1\"\n",
            "engines.toml:3:1: there is no `adress` here; "
                + "the keys are `kind`, `name`, `timeout`, `largest`, `address`"
        ),
        (
            "[[engine]]\nkind = \"clam\"\n",
            "engines.toml:2:1: there is no kind of engine called “clam”; "
                + "the kinds are `clamav`, `clamd`, `icap`, `yara`, `rspamd`, `spamd`, `upstream`"
        ),
        (
            "[[engine]]\nkind = \"clamd\"\naddress = \"nowhere\"\n",
            "engines.toml:3:1: `address` names neither a socket nor a host with a port; "
                + "write a path that begins with `/`, or `HOST:PORT`"
        ),
        (
            "[[engine]]\nkind = \"clamd\"\naddress = \"x:1\"\ntimeout = 31\n",
            "engines.toml:4:1: `timeout` is out of range; write seconds from 0.1 to 30"
        ),
        (
            "[[engine]]\nkind = \"clamd\"\naddress = \"x:1\"\nlargest = \"25MB\"\n",
            "engines.toml:4:1: `largest` is no size, or out of range; write a size up to 1.1 GB, such as `\"25 MB\"`"
        ),
        (
            "[[engine]]\nkind = \"yara\"\nfiles = \"a\"\n",
            "engines.toml:3:1: `files` is a text; write a list such as `[\"/etc/lazaret/rules.yar\"]`"
        ),
        (
            "[[engine]]\nkind = \"spamd\"\naddress = \"x:1\"\n[[engine]]\nkind = \"spamd\"\naddress = \"y:1\"\n",
            "engines.toml:4:1: two engines are called “spamd”; give one another name by `name = \"…\"`"
        ),
        (
            "[[engine]]\nkind = \"icap\"\naddress = \"x:1\"\nservice = \"a\"\nmethod = \"options\"\n",
            "engines.toml:5:1: there is no method “options”; write `\"respmod\"` or `\"reqmod\"`"
        ),
        (
            "[[engine]]\nkind = \"upstream\"\nhosts = [\"a\"]\nfields = \"below\"\n",
            "engines.toml:4:1: `fields` is neither `above` nor `anywhere`; "
                + "write where the fields of the host stand that are believed"
        ),
        (
            "[[engine]]\nkind = \"clamd\"\nname = \"a b\"\naddress = \"x:1\"\n",
            "engines.toml:3:1: `name` has other characters than letters, digits, `-`, `_` and `.`; "
                + "choose a plain, short name"
        ),
        (
            "[[engine]]\nkind = \"rspamd\"\naddress = \"x:1\"\npassword-file = \"open-word\"\n",
            "engines.toml:4:1: others can read open-word, or it is not there; "
                + "run `chmod 600` on the file of the password"
        ),
    ])
    func faultsHaveLineCauseAndCure(_ text: String, _ expected: String) {
        #expect(throws: Told(text: expected)) {
            try Self.read(text, beside: ["open-word": "open sesame\n"])
        }
    }

    @Test func whatIsNoTOMLIsToldWithItsPlace() throws {
        for text in ["[[engine]\n", "[[engine]]\nkind = clamd\n", "a = \"\u{0}\"\n", "a = 1\na = 2\n"] {
            do {
                _ = try Self.read(text)
                Issue.record("\(text) was read")
            } catch {
                #expect("\(error)".contains("this is no TOML"), "\(error)")
            }
        }
    }

    /// The library asserts that a name follows, which must not end the process.
    @Test(arguments: [("[[= 1\n", 1), ("[[engine]]\nkind = \"clamd\"\n\n[ =]\na = 1\n", 4), ("[[\u{1}", 1)])
    func aTableWithoutANameIsToldWithItsLine(text: String, line: Int) throws {
        do {
            _ = try Self.read(text)
            Issue.record("\(text) was read")
        } catch {
            #expect("\(error)".contains(".toml:\(line):"), "\(error)")
            #expect("\(error)".contains("a name is missing"), "\(error)")
        }
    }

    @Test func boundsAreHeld() throws {
        var limits = ConfigurationLimits()
        limits.engines = 2
        let engines = (1...3).map { "[[engine]]\nkind = \"clamd\"\nname = \"c\($0)\"\naddress = \"x:1\"\n" }
        #expect(try Self.read(engines[0] + engines[1], limits: limits).engines.count == 2)
        #expect(throws: (any Error).self) { try Self.read(engines.joined(), limits: limits) }
        limits.fileBytes = engines[0].utf8.count
        #expect(try Self.read(engines[0], limits: limits).engines.count == 1)
        #expect(throws: (any Error).self) { try Self.read(engines[0] + " ", limits: limits) }
        #expect(throws: (any Error).self) { try EngineFile.read("/nonexistent/engines.toml") }
    }

    @Test func aMisspeltKeyIsToldRatherThanTheOneThatIsMissing() {
        #expect(throws: Told(text: "engines.toml:3:1: there is no `adress` here; did you mean `address`?")) {
            try Self.read("[[engine]]\nkind = \"clamd\"\nadress = \"/run/clamd\"\n")
        }
        #expect(throws: Told(text: "engines.toml:4:1: there is no `timeot` here; did you mean `timeout`?")) {
            try Self.read("[[engine]]\nkind = \"clamd\"\naddress = \"/run/clamd\"\ntimeot = 3\n")
        }
    }

    @Test func timeAndSizeOfAnEngineAreHeldToTheirBounds() throws {
        let limits = ConfigurationLimits()
        let engine = "[[engine]]\nkind = \"clamd\"\naddress = \"x:1\"\n"
        let longest = try Self.read(engine + "timeout = \(limits.mostSeconds)\n").engines.first
        #expect(longest?.seconds == Double(limits.mostSeconds))
        for seconds in ["\(limits.mostSeconds + 1)", "\(limits.mostSeconds).001"] {
            #expect(throws: (any Error).self) { try Self.read(engine + "timeout = \(seconds)\n") }
        }
        let largest = try Self.read(engine + "largest = \(limits.mostBytes)\n").engines.first
        #expect(largest?.largest == limits.mostBytes)
        #expect(throws: (any Error).self) { try Self.read(engine + "largest = \(limits.mostBytes + 1)\n") }
    }
}
