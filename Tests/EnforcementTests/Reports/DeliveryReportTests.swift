import Message
import Testing
import Vocabulary

@testable import Enforcement

/// A report, read as any mail is.
private struct ReadReport {
    let written: WrittenMessage
    let message: ParsedMessage
    let parts: [Part]

    init(_ report: DeliveryReport, _ mail: [UInt8], languages: [String]? = nil, limits: EnforcementLimits = .init())
        throws
    {
        let words = languages.map {
            PolicyWords(
                policy: "acme", organisation: Organisation(administrators: [Address("it@acme.example")], languages: $0))
        }
        written = try #require(DeliveryReportWriter(words, limits: limits).write(report, about: mail))
        message = ParsedMessage(MessageBytes(written.bytes))
        parts = message.root.children
        let isUTF8 = written.isUTF8
        let odd = (message.root.anomalies + message.root.children.flatMap(\.anomalies))
            .filter { !isUTF8 || $0.kind != .eightBitHeader }
        #expect(odd.isEmpty, "\(odd) \(String(decoding: written.bytes, as: UTF8.self))")
        try #require(parts.count == 3)
    }

    var text: String { parts[0].text(limit: 1 << 20).text }
    var status: String { String(decoding: parts[1].rawBody, as: UTF8.self) }
    var returned: [UInt8] { parts[2].decoded(limit: 1 << 24).bytes }
    func value(_ name: String) -> String? { message.header.first(name)?.decodedText() }
}

@Suite("Reports on delivery") struct DeliveryReportTests {
    private let mail = Array(
        "From: zoe@acme.example\r\nSubject: Offer\r\nMessage-ID: <m1@acme.example>\r\n\r\nbody\r\n".utf8)

    private func report(
        _ change: (inout DeliveryReport) -> Void = { _ in }
    ) -> DeliveryReport {
        var report = DeliveryReport(
            to: Address("zoe@acme.example"), from: "relay.acme.example", arrivedAt: 1_793_613_605,
            writtenAt: 1_793_613_700,
            recipients: [
                .init(
                    Address("bob@client.example"), original: "rfc822;robert@client.example", .failed, status: "5.7.1",
                    diagnostic: "554 5.7.1 not for us", remote: "mx.client.example")
            ])
        change(&report)
        return report
    }

    @Test func itsThreeParts() throws {
        let read = try ReadReport(report { $0.envelopeID = "e=1" }, mail, languages: ["en"])
        #expect(read.message.root.contentType.mediaType == "multipart/report")
        #expect(read.message.root.contentType.parameter("report-type") == "delivery-status")
        #expect(read.value("From") == "it@acme.example")
        #expect(read.value("To") == "zoe@acme.example")
        #expect(read.value("Subject") == "Undelivered mail: Offer")
        #expect(read.value("Auto-Submitted") == "auto-replied")
        #expect(read.value("In-Reply-To") == "<m1@acme.example>")
        #expect(
            read.text.contains("could not be delivered to:\r\n\r\n  <bob@client.example>\r\n    554 5.7.1 not for us"))
        #expect(
            read.status
                == """
                Reporting-MTA: dns; relay.acme.example
                Original-Envelope-Id: e=1
                Arrival-Date: \(FieldWriting.date(1_793_613_605))

                Original-Recipient: rfc822;robert@client.example
                Final-Recipient: rfc822; bob@client.example
                Action: failed
                Status: 5.7.1
                Remote-MTA: dns; mx.client.example
                Diagnostic-Code: smtp; 554 5.7.1 not for us

                """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
        #expect(read.parts[1].contentType.mediaType == "message/delivery-status")
        #expect(read.parts[2].contentType.mediaType == "text/rfc822-headers")
        #expect(!String(decoding: read.returned, as: UTF8.self).contains("body"))
        #expect(!read.written.isEightBit && read.written.bytes.allSatisfy { $0 < 0x80 })
    }

    @Test func theLanguageIsTheReadersOrThePolicys() throws {
        #expect(
            try ReadReport(report(), mail, languages: ["de", "fr"]).value("Subject") == "Message non remis : Offer")
        #expect(try ReadReport(report { $0.languages = ["en"] }, mail, languages: ["fr"]).text.contains("could not"))
        let none = try ReadReport(report(), mail)
        #expect(none.value("From") == "postmaster@relay.acme.example")
    }

    @Test func theWholeMessageComesBackOfAFailureOnly() throws {
        let whole = try ReadReport(report { $0.returnsBody = true }, mail)
        #expect(whole.parts[2].contentType.mediaType == "message/rfc822")
        #expect(Array(whole.parts[2].rawBody) == mail)
        let delivered = report {
            $0.returnsBody = true
            $0.recipients = [.init(Address("b@c.example"), .delivered, status: "x")]
        }
        let read = try ReadReport(delivered, mail)
        #expect(read.parts[2].contentType.mediaType == "text/rfc822-headers")
        #expect(read.status.contains("Action: delivered\r\nStatus: 2.0.0\r\n"))
        #expect(read.value("Subject") == "Mail delivered: Offer")
    }

    /// Also one whose lines no message in a message may have.
    @Test func boundsOfWhatComesBack() throws {
        var limits = EnforcementLimits()
        limits.returnedBytes = mail.count
        let asked = report { $0.returnsBody = true }
        #expect(try ReadReport(asked, mail, limits: limits).parts[2].contentType.mediaType == "message/rfc822")
        limits.returnedBytes = mail.count - 1
        #expect(try ReadReport(asked, mail, limits: limits).parts[2].contentType.mediaType == "text/rfc822-headers")
        for odd in ["x\u{0}", "a\rb", "a\nb", String(repeating: "a", count: 999)] {
            #expect(
                try ReadReport(asked, mail + Array(odd.utf8)).parts[2].contentType.mediaType == "text/rfc822-headers")
        }
        let line = mail + Array(String(repeating: "a", count: 998).utf8)
        #expect(try ReadReport(asked, line).parts[2].contentType.mediaType == "message/rfc822")
        let first = Array("From: zoe@acme.example\r\n".utf8)
        limits.returnedHeaderBytes = first.count
        #expect(try ReadReport(report(), mail, limits: limits).returned == first)
        limits.returnedHeaderBytes = first.count - 1
        #expect(try ReadReport(report(), mail, limits: limits).returned == [])
        limits.reportedRecipients = 2
        let many = report {
            $0.recipients = (0..<3).map { .init(Address("r\($0)@c.example"), .failed, status: "5.1.1") }
        }
        #expect(try ReadReport(many, mail, limits: limits).status.split(separator: "Final-Recipient").count == 3)
    }

    @Test func eightBitMail() throws {
        let mail = Array("Subject: Zoé\r\n\r\né\r\n".utf8)
        let header = try ReadReport(report(), mail)
        #expect(header.returned == Array("Subject: Zoé\r\n".utf8))
        #expect(!header.written.isEightBit && header.written.bytes.allSatisfy { $0 < 0x80 })
        let whole = try ReadReport(report { $0.returnsBody = true }, mail)
        #expect(Array(whole.parts[2].rawBody) == mail)
        #expect(whole.written.isEightBit)
    }

    @Test func internationalisedAddresses() throws {
        let report = report {
            $0.sender = Address("zoé@acme.example")
            $0.recipients = [.init(Address("bób+x@client.example"), .failed, status: "5.1.1")]
        }
        let read = try ReadReport(report, mail)
        #expect(read.written.address == "zoé@acme.example" && read.written.isUTF8)
        #expect(read.status.contains("Final-Recipient: utf-8; b\\x{F3}b\\x{2B}x@client.example\r\n"))
        for sender in ["", "a b@acme.example", "a\r\nBcc: x@acme.example", "a@", "é\u{202E}@acme.example"] {
            var odd = report
            odd.sender = Address(sender)
            #expect(DeliveryReportWriter(nil).write(odd, about: mail) == nil, "\(sender)")
        }
    }

    /// Whatever the message, the servers and the envelope say, the report has its three parts and no field more.
    @Test func nothingGetsOutOfItsPlace() throws {
        let evil = "x\r\n\r\n--b\r\nBcc: all@acme.example\r\nAction: delivered\u{2028}\u{1B}[2J"
        let report = report {
            $0.reporter = evil
            $0.envelopeID = evil
            $0.returnsBody = true
            $0.recipients = [
                .init(
                    Address(evil), original: evil, .failed, status: "5.1.1\r\nAction: delivered", diagnostic: evil,
                    remote: evil, willRetryUntil: 0)
            ]
        }
        let plain = try ReadReport(report, mail)
        // A message that holds an earlier report cannot hold this one's boundary.
        let read = try ReadReport(report, Array("Subject: \(evil)\r\n".utf8) + plain.written.bytes)
        for one in [plain, read] {
            #expect(one.message.header.first("Bcc") == nil)
            let names = one.status.split(separator: "\r\n").map { $0.prefix { $0 != ":" } }
            #expect(
                names == [
                    "Reporting-MTA", "Original-Envelope-Id", "Arrival-Date", "Original-Recipient", "Final-Recipient",
                    "Action", "Status", "Remote-MTA", "Diagnostic-Code", "Will-Retry-Until",
                ])
            #expect(one.status.contains("Status: 5.0.0\r\n"))
        }
    }

    @Test func theSameInputGivesTheSameReport() throws {
        let first = try ReadReport(report(), mail).written
        #expect(try ReadReport(report(), mail).written == first)
        let again = try ReadReport(report { $0.writtenAt += 60 }, Array("Received: from a\r\n".utf8) + mail).written
        #expect(again.messageID == first.messageID)
        #expect(
            try ReadReport(report { $0.recipients[0].action = .delayed }, mail).written.messageID != first.messageID)
        #expect(try ReadReport(report(), mail + [0x78]).written.messageID != first.messageID)
    }
}
