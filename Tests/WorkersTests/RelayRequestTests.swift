import TestSupport
import Testing
import Vocabulary
import Workers

/// What a relay asks the product's worker beside verdicts.
@Suite(.serialized) struct RelayRequestTests {
    private let mail = WorkerOfPolicy.mail(
        "Received: from x (Authenticated sender: boss) (mx.client.example [198.51.100.7])",
        "\t(Authenticated sender: zoe@acme.example)", "\tby edge.acme.example (Postfix) with ESMTPSA",
        "\tfor <bob@client.example>; Wed, 25 Nov 2026 17:46:20 +0000 (UTC)", "From: zoe@acme.example", "Subject: Hello",
        "X-Lazaret-Passed: m4rk", "", "text")
    private let rule = """
        rule going-out { when direction is outbound then add header "X-Out" "yes" }
        rule secret { when authenticated then add header "X-Login" "yes" }
        """

    @Test func theEdgesWordIsJudgedAndTheSummaryWritten() throws {
        let worker = try WorkerOfPolicy(rules: rule)
        defer { worker.pool.stop() }
        let envelope = Envelope(sender: Address("zoe@acme.example"), recipients: [Address("bob@client.example")])
        let trust = EdgeTrust(host: "edge.acme.example", client: IPAddress("198.51.100.7"))
        let judgement = try worker.pool.decide(
            mail, DecideRequest(envelope: envelope, writes: true, edge: trust, mark: "m4rk"))
        #expect(judgement.envelope.authenticatedUser == "zoe@acme.example")
        #expect(judgement.envelope.clientIP == IPAddress("198.51.100.7"))
        #expect(judgement.envelope.isTLS)
        #expect(judgement.edge?.facts?.greeting == "x (Authenticated sender: boss)")
        #expect(judgement.decisions.first?.actions.map(\.rule) == ["going-out", "secret"])
        let summary = try #require(judgement.summary)
        #expect(summary.subject == "Hello")
        #expect(summary.author == "zoe@acme.example")
        #expect(summary.ownMarks == 1 && summary.receivedFields == 1)
        #expect(summary.size == mail.count)
        // Without the edge nothing in the message is believed.
        let plain = try worker.pool.decide(mail, DecideRequest(envelope: envelope))
        #expect(plain.envelope.authenticatedUser == nil && plain.edge == nil && plain.summary == nil)
        #expect(plain.decisions.first?.actions.isEmpty == true)
    }

    /// Before any policy is chosen.
    @Test func aPoolWithoutAPolicyTellsWhoLoggedIn() throws {
        let pool = WorkerPool(executable: WorkerOfPolicy.executable, size: 1)
        defer { pool.stop() }
        let trust = EdgeTrust(host: "edge.acme.example")
        #expect(try pool.readEdge(mail, trust).facts?.login == "zoe@acme.example")
        #expect(try pool.readEdge(mail, EdgeTrust(host: "x")) == .unknown(.otherHost))
        #expect(try pool.readEdge([], trust) == .unknown(.absent))
    }

    @Test func noMoreThanTheBeginningIsHandedOver() throws {
        let script = try ScriptWorker(
            """
            while True:
                request = frame()
                if request[0] == 1: answer(request)
                else: send(23, {'unknown': {'_0': 'absent' if len(request[2]) == 100 else 'other-form'}})
            """)
        defer { script.remove() }
        let pool = script.pool { $0.edgeBytes = 100 }
        defer { pool.stop() }
        for count in [99, 100, 101] {
            let reading = try pool.readEdge(Array(repeating: 7, count: count), EdgeTrust(host: "x"))
            #expect(reading == .unknown(count == 99 ? .otherForm : .absent))
        }
    }
}
