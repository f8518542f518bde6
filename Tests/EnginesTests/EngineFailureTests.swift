import Engines
import Foundation
import TestSupport
import Testing
import Vocabulary

/// Whatever goes wrong with an engine in another process, it is unknown for `engine-down` within its time; never clean.
@Suite struct EngineFailureTests {
    private static let bounds = EngineBounds(seconds: 0.3, largest: 16 << 20)
    /// Room for a busy machine; a hang of thirty seconds is told from it all the same.
    private static let mostSeconds = 8.0

    private static func expectNoAnswer(
        _ what: String, _ scan: @escaping @Sendable () -> EngineAnswer,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let (answer, elapsed) = await timed(scan)
        guard case .unknown(.engineDown, let sentence) = answer else {
            Issue.record("\(what): \(answer)", sourceLocation: sourceLocation)
            return
        }
        #expect(!sentence.isEmpty)
        #expect(elapsed < .seconds(mostSeconds), "\(what) took \(elapsed)", sourceLocation: sourceLocation)
    }

    @Test(arguments: Misbehaviour.allCases)
    func clamd(_ misbehaviour: Misbehaviour) async {
        let server = FakeServer { misbehaviour.perform($0, answer: "stream: OK\0") }
        defer { server.stop() }
        let engine = ClamdEngine("fake", at: server.address, bounds: Self.bounds)
        await Self.expectNoAnswer("\(misbehaviour), small") { engine.scan(SampleContent.harmless, name: nil) }
        await Self.expectNoAnswer("\(misbehaviour), large") { engine.scan(SampleContent.large, name: nil) }
        guard case .down = await onThread({ engine.readiness() }) else {
            Issue.record("it counts as ready")
            return
        }
    }

    @Test func clamdThatRefuses() async {
        let engine = ClamdEngine("fake", at: FakeServer.refusing, bounds: Self.bounds)
        await Self.expectNoAnswer("refusal") { engine.scan(SampleContent.harmless, name: nil) }
        let local = ClamdEngine("fake", at: .unix("/nonexistent/clamd.sock"), bounds: Self.bounds)
        await Self.expectNoAnswer("no socket") { local.scan(SampleContent.harmless, name: nil) }
        let unnamed = ClamdEngine(
            "fake", at: .tcp(host: "no-such-host.invalid", port: 3310), bounds: Self.bounds)
        await Self.expectNoAnswer("no host") { unnamed.scan(SampleContent.harmless, name: nil) }
        let long = ClamdEngine("fake", at: .unix("/" + String(repeating: "x", count: 200)), bounds: Self.bounds)
        await Self.expectNoAnswer("long path") { long.scan(SampleContent.harmless, name: nil) }
    }

    /// An answer that comes before the content was sent is none, whatever it says.
    @Test func clamdThatAnswersBeforeItHasReadAll() async {
        let server = FakeServer { connection in
            _ = connection.read(16)
            connection.write("stream: OK\0")
            connection.hang()
        }
        defer { server.stop() }
        let engine = ClamdEngine("fake", at: server.address, bounds: Self.bounds)
        await Self.expectNoAnswer("early") { engine.scan(SampleContent.large, name: nil) }
    }

    @Test(arguments: [
        "stream: OK", "stream: Eicar FOUND", "stream:  FOUND", "stream: INSTREAM size limit exceeded. ERROR",
        "stream: OK FOUND OK", "OK", "", "stream: ok", "1: stream: OK", "stream: Can't allocate memory ERROR",
        "stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND", "stream: Heuristics.Encrypted.Zip FOUND",
    ])
    func clamdsWords(_ reply: String) async {
        let server = FakeServer { connection in
            // To the last byte: what is closed before all was read is reset, and the reply lost with it. The end of the
            // command and the length before the content are four zeros, too.
            _ = connection.read("zINSTREAM\0".utf8.count + 4 + SampleContent.harmless.count + 4)
            connection.write(reply + "\0")
        }
        defer { server.stop() }
        let engine = ClamdEngine("fake", at: server.address, bounds: EngineBounds(seconds: 120, largest: 1000))
        let answer = await onThread { engine.scan(SampleContent.harmless, name: nil) }
        let expected: String =
            switch reply {
            case "stream: OK": "clean"
            case "stream: Eicar FOUND", "stream:  FOUND": "infected"
            case let text where text.contains("size limit") || text.contains("Limits.Exceeded"): "over-limit"
            case let text where text.contains("Encrypted"): "encrypted (archive)"
            default: "engine-down"
            }
        let got: String =
            switch answer {
            case .clean: "clean"
            case .infected: "infected"
            case .unknown(let reasons, _): reasons.names.joined()
            }
        #expect(got == expected, "\(reply)")
    }

    // MARK: ICAP

    private static let icapOptions =
        "ICAP/1.0 200 OK\r\nMethods: RESPMOD, REQMOD\r\nService: fake\r\nISTag: \"f1\"\r\nAllow: 204\r\n"
        + "Preview: 4\r\nEncapsulated: null-body=0\r\n\r\n"

    /// A server whose OPTIONS are in order.
    private static func icap(
        seconds: Double = bounds.seconds, _ script: @escaping @Sendable (FakeServer.Connection) -> Void
    ) -> (FakeServer, ICAPEngine) {
        let server = FakeServer { connection in
            if connection.read(until: "\r\n\r\n").starts(with: Array("OPTIONS".utf8)) {
                connection.write(icapOptions)
            } else {
                script(connection)
            }
        }
        let engine = ICAPEngine(
            "fake", at: server.address, service: ICAPService(path: "av"),
            bounds: EngineBounds(seconds: seconds, largest: bounds.largest))
        return (server, engine)
    }

    @Test(arguments: Misbehaviour.allCases)
    func icapServer(_ misbehaviour: Misbehaviour) async {
        let (server, engine) = Self.icap {
            misbehaviour.perform($0, answer: "ICAP/1.0 204 No Content\r\nISTag: \"f1\"\r\n\r\n")
        }
        defer { server.stop() }
        await Self.expectNoAnswer("\(misbehaviour), small") { engine.scan(SampleContent.harmless, name: nil) }
        await Self.expectNoAnswer("\(misbehaviour), large") { engine.scan(SampleContent.large, name: nil) }
    }

    @Test(arguments: Misbehaviour.allCases)
    func icapServerBehindAContinue(_ misbehaviour: Misbehaviour) async {
        let (server, engine) = Self.icap { connection in
            connection.read(until: "0\r\n\r\n")
            connection.write("ICAP/1.0 100 Continue\r\n\r\n")
            misbehaviour.perform(connection, answer: "ICAP/1.0 204 No Content\r\nISTag: \"f1\"\r\n\r\n")
        }
        defer { server.stop() }
        await Self.expectNoAnswer("\(misbehaviour)") { engine.scan(SampleContent.large, name: nil) }
    }

    @Test(arguments: Misbehaviour.allCases)
    func icapServerWithoutOptions(_ misbehaviour: Misbehaviour) async {
        let server = FakeServer { misbehaviour.perform($0, answer: Self.icapOptions) }
        defer { server.stop() }
        let engine = ICAPEngine("fake", at: server.address, service: ICAPService(path: "av"), bounds: Self.bounds)
        await Self.expectNoAnswer("\(misbehaviour)") { engine.scan(SampleContent.harmless, name: nil) }
    }

    @Test func icapServerThatRefuses() async {
        let engine = ICAPEngine("fake", at: FakeServer.refusing, service: ICAPService(path: "av"), bounds: Self.bounds)
        await Self.expectNoAnswer("refusal") { engine.scan(SampleContent.harmless, name: nil) }
    }

    /// What each reply means: `clean`, `infected NAME`, or a reason.
    @Test(arguments: [
        ("ICAP/1.0 204 No Content\r\n\r\n", "clean"),
        ("ICAP/1.0 200 OK\r\nX-Infection-Found: Type=0; Resolution=2; Threat=Eicar;\r\n\r\n", "infected Eicar"),
        ("ICAP/1.0 204 No Content\r\nX-Virus-ID: Worm.A\r\n\r\n", "infected Worm.A"),
        ("ICAP/1.0 200 OK\r\nX-Violations-Found: 1\r\n\tfile\r\n\tWorm.B\r\n\r\n", "infected unnamed"),
        ("ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, null-body=24\r\n\r\nHTTP/1.1 403 No\r\n\r\n", "infected unnamed"),
        (
            "ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                + "c\r\ngood morning\r\n0\r\n\r\n", "clean"
        ),
        (
            "ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                + "c\r\nGood morning\r\n0\r\n\r\n", "engine-down"
        ),
        (
            "ICAP/1.0 200 OK\r\nEncapsulated: res-hdr=0, res-body=19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
                + "c\r\ngood mor", "engine-down"
        ),
        ("ICAP/1.0 200 OK\r\n\r\n", "engine-down"), ("ICAP/1.0 100 Continue\r\n\r\n", "engine-down"),
        ("ICAP/1.0 404 Service not found\r\n\r\n", "engine-down"), ("ICAP/1.0 500 Error\r\n\r\n", "engine-down"),
        ("ICAP/1.0 503 Overloaded\r\n\r\n", "engine-down"), ("HTTP/1.1 204 No Content\r\n\r\n", "engine-down"),
        ("ICAP/1.0 413 Too large\r\n\r\n", "over-limit"), ("ICAP/1.0 20 4\r\n\r\n", "engine-down"),
        ("ICAP/1.0 204 No Content\r\nno colon\r\n\r\n", "engine-down"),
    ])
    func icapReplies(_ reply: String, _ expected: String) async {
        let (server, engine) = Self.icap(seconds: 20) { connection in
            connection.read(until: "0\r\n\r\n")
            connection.write("ICAP/1.0 100 Continue\r\n\r\n")
            connection.read(until: "0\r\n\r\n")
            connection.write(reply)
        }
        defer { server.stop() }
        let got: String =
            switch await onThread({ engine.scan(SampleContent.harmless, name: nil) }) {
            case .clean: "clean"
            case .infected(let name): "infected \(name)"
            case .unknown(let reasons, _): reasons.names.joined()
            }
        #expect(got == expected, "\(reply)")
    }
}
