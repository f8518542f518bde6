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
        #expect(plain.decisions.first?.actions.map(\.rule) == ["going-out"])
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

    @Test func reportsAndDigestsAreWrittenOutsideOfTheFrontProcess() throws {
        let worker = try WorkerOfPolicy(rules: rule)
        defer { worker.pool.stop() }
        var report = DeliveryReport(
            to: Address("zoe@acme.example"), from: "relay.acme.example", returnsBody: true, arrivedAt: 0, writtenAt: 0,
            recipients: [.init(Address("bob@client.example"), .failed, status: "5.7.1")])
        let written = try worker.pool.report(report, about: mail)
        let text = String(decoding: written.bytes, as: UTF8.self)
        #expect(text.contains("From: postmaster@acme.example\r\n"))
        #expect(text.contains("Content-Language: fr\r\n"))
        #expect(text.contains(String(decoding: mail, as: UTF8.self)))
        #expect(written.address == "zoe@acme.example" && !written.isEightBit && !written.isUTF8)
        #expect(written.messageID.hasSuffix("@acme.example>"))
        report.sender = Address("a b@acme.example")
        #expect(throws: WorkerError(.unprocessable, "")) { try worker.pool.report(report, about: mail) }

        var digest = HeldDigest(
            to: Address("é@acme.example"), from: Address("it@acme.example"), writtenAt: 0, languages: ["fr"],
            items: [.init(from: "x", subject: "y", heldAt: 0, reason: "z", area: "review", id: "1")])
        let listed = try worker.pool.digest(digest)
        #expect(listed.isUTF8 && listed.address == "é@acme.example")
        #expect(String(decoding: listed.bytes, as: UTF8.self).contains("Subject: Un message est retenu pour vous\r\n"))
        digest.author = Address("")
        #expect(throws: WorkerError(.unprocessable, "")) { try worker.pool.digest(digest) }
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
