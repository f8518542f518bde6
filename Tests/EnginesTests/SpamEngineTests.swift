import Engines
import Foundation
import TestSupport
import Testing
import Vocabulary

/// GTUBE, which spam engines agree to call spam; put together here so that none takes this source for it.
enum SampleMail {
    static let gtube = mail("XJS*C4JDBQADN1.NSBN3*2IDNEN*" + "GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X")
    static let ham = mail("Shall we meet on Monday at ten?")

    static func mail(_ text: String) -> [UInt8] {
        Array(
            ("From: Eve <eve@partner.example>\r\nTo: Bob <bob@acme.example>\r\nSubject: Monday\r\n"
                + "Date: Mon, 2 Mar 2026 12:00:00 +0000\r\nMessage-ID: <1@partner.example>\r\n\r\n" + text + "\r\n")
                .utf8)
    }

    static let envelope = Envelope(
        sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")])
}

/// Against a real spamd and a real rspamd.
@Suite struct RealSpamEngineTests {
    private static let bounds = EngineBounds(seconds: 120, largest: 1 << 20)

    @Test(
        .enabled(
            if: RealServer.isInstalled("/usr/sbin/spamd"), "spamd is not installed (apt-get install spamd spamassassin)"
        ))
    func spamd() throws {
        let folder = try RealServer.makeFolder()
        try Data("use_bayes 0\ndns_available no\nskip_rbl_checks 1\n".utf8)
            .write(to: folder.appendingPathComponent("local.cf"))
        // The plugins without which it looks at nothing.
        for name in try FileManager.default.contentsOfDirectory(atPath: "/etc/spamassassin")
        where name.hasSuffix(".pre") {
            try FileManager.default.copyItem(
                atPath: "/etc/spamassassin/" + name, toPath: folder.appendingPathComponent(name).path)
        }
        let port = RealServer.freePort()
        let engine = SpamdEngine("house", at: .tcp(host: "127.0.0.1", port: port), bounds: Self.bounds)
        let server = try RealServer(
            "/usr/sbin/spamd",
            [
                "-L", "-x", "-i", "127.0.0.1", "-p", "\(port)", "--siteconfigpath=\(folder.path)", "-u", "nobody",
                "-H", folder.path, "-m", "1", "-s", "stderr",
            ], folder: folder
        ) {
            if case .ready = engine.readiness() { return true }
            return false
        }
        defer { server.stop() }
        guard case .judged(let spam) = engine.judge(SampleMail.gtube, SampleMail.envelope),
            case .judged(let ham) = engine.judge(SampleMail.ham, SampleMail.envelope)
        else {
            Issue.record("no judgement: \(engine.judge(SampleMail.gtube, SampleMail.envelope)); \(server.said)")
            return
        }
        #expect(spam.score >= 900_000 && spam.symbols.contains("GTUBE") && spam.verdict == "spam")
        #expect(ham.score < 5000 && !ham.symbols.contains("GTUBE") && ham.verdict == "no spam")
        server.kill()
        guard case .unknown(.engineDown, _) = engine.judge(SampleMail.ham, SampleMail.envelope) else {
            Issue.record("one that is gone gave an answer")
            return
        }
    }

    /// Where rspamd's package was unpacked; it cannot be installed beside Vectorscan.
    private static let unpacked =
        ProcessInfo.processInfo.environment["LAZARET_RSPAMD"] ?? "/var/cache/lazaret/rspamd"
    private static let hasRspamd = RealServer.isInstalled(unpacked + "/usr/bin/rspamd")

    @Test(.enabled(if: RealSpamEngineTests.hasRspamd, "rspamd is not unpacked (scripts/unpack-rspamd does it)"))
    func rspamd() throws {
        let folder = try RealServer.makeFolder()
        let port = RealServer.freePort()
        let (etc, share) = (folder.appendingPathComponent("etc"), Self.unpacked + "/usr/share/rspamd")
        try FileManager.default.copyItem(atPath: Self.unpacked + "/etc/rspamd", toPath: etc.path)
        let local = etc.appendingPathComponent("local.d")
        try FileManager.default.createDirectory(at: local, withIntermediateDirectories: true)
        let files = [
            "worker-normal.inc": "bind_socket = \"127.0.0.1:\(port)\"; count = 1;",
            "worker-controller.inc": "enabled = false;", "worker-proxy.inc": "enabled = false;",
            "worker-fuzzy.inc": "enabled = false;",
            "options.inc": "dns { nameserver = [\"127.0.0.1:1\"]; timeout = 0.2s; retransmits = 0; }",
            "logging.inc": "type = \"file\"; filename = \"\(folder.path)/rspamd.log\";",
        ]
        for (name, text) in files { try Data((text + "\n").utf8).write(to: local.appendingPathComponent(name)) }
        for name in ["db", "run", "log"] {
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        let variables = [
            "CONFDIR": etc.path, "LOCAL_CONFDIR": etc.path, "DBDIR": folder.path + "/db",
            "RUNDIR": folder.path + "/run", "LOGDIR": folder.path + "/log", "SHAREDIR": share,
            "RULESDIR": share + "/rules", "LUALIBDIR": share + "/lualib", "PLUGINSDIR": share + "/plugins",
            "WWWDIR": share + "/www",
        ]
        let engine = RspamdEngine("house", at: .tcp(host: "127.0.0.1", port: port), bounds: Self.bounds)
        let server = try RealServer(
            Self.unpacked + "/usr/bin/rspamd",
            ["-f", "-i", "-u", "root", "-g", "root", "-c", etc.path + "/rspamd.conf"]
                + variables.map { "--var=\($0)=\($1)" }.sorted(),
            folder: folder, environment: ["LD_LIBRARY_PATH": Self.unpacked + "/usr/lib/rspamd"]
        ) {
            if case .ready = engine.readiness() { return true }
            return false
        }
        defer { server.stop() }
        guard case .judged(let spam) = engine.judge(SampleMail.gtube, SampleMail.envelope),
            case .judged(let ham) = engine.judge(SampleMail.ham, SampleMail.envelope)
        else {
            Issue.record("no judgement: \(engine.judge(SampleMail.gtube, SampleMail.envelope)); \(server.said)")
            return
        }
        #expect(spam.symbols.contains("GTUBE") && spam.verdict == "reject")
        #expect(!ham.symbols.contains("GTUBE") && !ham.symbols.isEmpty && ham.verdict != "reject")
        #expect(engine.state.version?.hasPrefix("rspamd") == true)
    }
}

/// Whatever goes wrong with a spam engine, its answer is unknown within its time.
@Suite struct SpamEngineFailureTests {
    private static let bounds = EngineBounds(seconds: 0.3, largest: 16 << 20)
    private static let reply =
        #"{"score":1.5,"action":"no action","is_skipped":false,"symbols":{"A":{},"B":{"score":1}}}"#

    private static func rspamdReply(_ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static let spamdReply = "SPAMD/1.1 0 EX_OK\r\nContent-length: 3\r\nSpam: True ; 15.2 / 5.0\r\n\r\nA,B"

    private static func expectNoAnswer(
        _ engine: any SpamEngine, _ message: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let (answer, elapsed) = await timed { engine.judge(message, SampleMail.envelope) }
        guard case .unknown(.engineDown, let sentence) = answer, !sentence.isEmpty else {
            Issue.record("\(answer)", sourceLocation: sourceLocation)
            return
        }
        #expect(elapsed < .seconds(8), sourceLocation: sourceLocation)
    }

    @Test(arguments: Misbehaviour.allCases)
    func rspamd(_ misbehaviour: Misbehaviour) async {
        let server = FakeServer { misbehaviour.perform($0, answer: Self.rspamdReply(Self.reply)) }
        defer { server.stop() }
        let engine = RspamdEngine("fake", at: server.address, bounds: Self.bounds)
        await Self.expectNoAnswer(engine, SampleMail.ham)
        await Self.expectNoAnswer(engine, SampleContent.large)
        guard case .down = await onThread({ engine.readiness() }) else {
            Issue.record("it counts as ready")
            return
        }
    }

    @Test(arguments: Misbehaviour.allCases)
    func spamd(_ misbehaviour: Misbehaviour) async {
        let server = FakeServer { misbehaviour.perform($0, answer: Self.spamdReply) }
        defer { server.stop() }
        let engine = SpamdEngine("fake", at: server.address, bounds: Self.bounds)
        await Self.expectNoAnswer(engine, SampleMail.ham)
        await Self.expectNoAnswer(engine, SampleContent.large)
        guard case .down = await onThread({ engine.readiness() }) else {
            Issue.record("it counts as ready")
            return
        }
    }

    @Test func thoseThatRefuse() async {
        await Self.expectNoAnswer(RspamdEngine("fake", at: FakeServer.refusing, bounds: Self.bounds), SampleMail.ham)
        await Self.expectNoAnswer(SpamdEngine("fake", at: FakeServer.refusing, bounds: Self.bounds), SampleMail.ham)
    }

    @Test func whatIsOverTheLimitIsNotSent() {
        let server = FakeServer { _ in }
        defer { server.stop() }
        let bounds = EngineBounds(seconds: 1, largest: SampleMail.ham.count - 1)
        let engines: [any SpamEngine] = [
            RspamdEngine("a", at: server.address, bounds: bounds), SpamdEngine("b", at: server.address, bounds: bounds),
        ]
        for engine in engines {
            guard case .unknown(.overLimit, _) = engine.judge(SampleMail.ham, SampleMail.envelope) else {
                Issue.record("\(engine.name)")
                continue
            }
        }
        #expect(server.connections == 0)
    }

    @Test(arguments: [
        (reply, "score 1500 A B"),
        (#"{"score":-0.25,"action":"x","symbols":{}}"#, "score -250"),
        (#"{"score":1.5,"action":"no action","is_skipped":true,"symbols":{}}"#, "engine-down"),
        (#"{"score":15,"action":"reject","is_skipped":true,"symbols":{"A":{}}}"#, "score 15000 A"),
        (#"{"score":1e300,"action":"x","symbols":{}}"#, "engine-down"),
        (#"{"score":"1","action":"x","symbols":{}}"#, "engine-down"),
        (#"{"action":"x","symbols":{}}"#, "engine-down"), (#"{"error":"busy"}"#, "engine-down"), ("[]", "engine-down"),
        (#"{"score":1,"action":"x","symbols":{"A\r\nB":{}}}"#, "engine-down"), ("", "engine-down"),
    ])
    func rspamdsWords(_ body: String, _ expected: String) async {
        let server = FakeServer { connection in
            connection.read(until: "Monday at ten?\r\n")
            connection.write(Self.rspamdReply(body))
        }
        defer { server.stop() }
        let engine = RspamdEngine("fake", at: server.address, bounds: EngineBounds(seconds: 120, largest: 1 << 20))
        let answer = await onThread { engine.judge(SampleMail.ham, SampleMail.envelope) }
        #expect(Self.told(answer) == expected, "\(answer)")
    }

    @Test(arguments: [
        (spamdReply, "score 15200 A B"),
        ("SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\nSpam: False ; -1.5 / 5.0\r\n\r\n", "score -1500"),
        ("SPAMD/1.1 0 EX_OK\r\nContent-length: 2\r\nSpam: False ; x / 5.0\r\n\r\nAB", "engine-down"),
        ("SPAMD/1.1 0 EX_OK\r\nContent-length: 2\r\n\r\nAB", "engine-down"),
        ("SPAMD/1.1 0 EX_OK\r\nContent-length: -2\r\nSpam: False ; 1 / 5.0\r\n\r\nAB", "engine-down"),
        ("SPAMD/1.1 0 EX_OK\r\nSpam: False ; 1 / 5.0\r\n\r\nAB", "engine-down"),
        ("SPAMD/1.1 79 Timeout: (1 second timeout while trying to SYMBOLS)\r\n\r\n", "engine-down"),
        ("SPAMD/1.1 98 EX_TOOBIG\r\n\r\n", "over-limit"), ("HTTP/1.1 200 OK\r\n\r\n", "engine-down"),
    ])
    func spamdsWords(_ reply: String, _ expected: String) async {
        let server = FakeServer { connection in
            connection.read(until: "Monday at ten?\r\n")
            connection.write(reply)
        }
        defer { server.stop() }
        let engine = SpamdEngine("fake", at: server.address, bounds: EngineBounds(seconds: 120, largest: 1 << 20))
        let answer = await onThread { engine.judge(SampleMail.ham, SampleMail.envelope) }
        #expect(Self.told(answer) == expected, "\(answer)")
    }

    /// An envelope cannot add a field to what rspamd is told, and its password goes to it alone.
    @Test func theEnvelopeAddsNoField() {
        let server = FakeServer { connection in
            let head = String(decoding: connection.read(until: "\r\n\r\n"), as: UTF8.self)
            let isGood =
                head.contains("Password: sesame\r\n") && head.contains("Rcpt: bob@acme.example\r\n")
                && !head.contains("Injected")
            connection.write(
                Self.rspamdReply(#"{"score":\#(isGood ? 1 : 2),"action":"x","symbols":{}}"#))
        }
        defer { server.stop() }
        let engine = RspamdEngine(
            "fake", at: server.address, password: Secret("sesame"), bounds: EngineBounds(seconds: 120, largest: 1 << 20)
        )
        var envelope = SampleMail.envelope
        envelope.authenticatedUser = "eve\r\nInjected: yes"
        envelope.sender = Address("\"a\r\nInjected: yes\"@partner.example")
        #expect(Self.told(engine.judge(SampleMail.ham, envelope)) == "score 1000")
    }

    @Test func symbolsBeyondTheLimitAreSaidToBeMissing() {
        var limits = EngineLimits()
        limits.spamSymbols = 2
        for (names, isCut) in [("A,B", false), ("A,B,C", true)] {
            let server = FakeServer { connection in
                connection.read(until: "Monday at ten?\r\n")
                connection.write(
                    "SPAMD/1.1 0 EX_OK\r\nContent-length: \(names.utf8.count)\r\nSpam: True ; 1 / 5\r\n\r\n\(names)")
            }
            defer { server.stop() }
            let engine = SpamdEngine(
                "fake", at: server.address, bounds: EngineBounds(seconds: 120, largest: 1 << 20), limits: limits)
            guard case .judged(let judgement) = engine.judge(SampleMail.ham, SampleMail.envelope) else {
                Issue.record("no judgement of \(names)")
                continue
            }
            #expect(judgement.isCut == isCut && judgement.symbols == ["A", "B"])
        }
    }

    private static func told(_ answer: SpamAnswer) -> String {
        switch answer {
        case .judged(let judgement): (["score \(judgement.score)"] + judgement.symbols).joined(separator: " ")
        case .unknown(let reasons, _): reasons.names.joined(separator: ", ")
        }
    }
}
