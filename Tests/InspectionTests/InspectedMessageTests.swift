import Inspection
import Testing
import Vocabulary

@Suite struct InspectedMessageTests {
    private func inspect(
        _ bytes: [UInt8], settings: InspectionSettings = InspectionSettings()
    ) throws -> InspectedMessage {
        InspectedMessage(
            bytes, envelope: Envelope(recipients: [Address("bob@acme.example")]), settings: settings,
            typer: try FileTyper())
    }

    private func names(_ list: ElementListName, of message: InspectedMessage) -> [String] {
        message.elements(of: list).elements.map(message.path(ofPart:))
    }

    private func truth(_ fact: Fact, of message: InspectedMessage) -> FactValue {
        message.value(of: fact, argument: nil, subject: .message)
    }

    @Test func listsAttachmentsFilesAndParts() throws {
        let inner = Samples.zip([("a.txt", Array("inner words".utf8)), ("b/c.txt", Array("more".utf8))])
        let outer = Samples.zip([("deep.zip", inner)])
        let message = try inspect(Samples.mail(attachments: [("outer.zip", "application/zip", outer)]))
        #expect(names(.attachments, of: message) == ["1.2"])
        #expect(
            names(.files, of: message) == [
                "1.2", "1.2/deep.zip", "1.2/deep.zip/a.txt", "1.2/deep.zip/b/c.txt",
            ])
        #expect(names(.parts, of: message).first == "1.1")
        let innermost = try #require(message.elements(of: .files).elements.last)
        #expect(message.value(of: .depth, argument: nil, subject: .part(innermost)) == .known(.number(2)))
        #expect(message.ancestors(ofPart: innermost).map(message.path(ofPart:)) == ["1.2/deep.zip", "1.2"])
    }

    @Test func textsComeFromSubjectBodiesAndFilesAtAnyDepth() throws {
        let zip = Samples.zip([("a.txt", Array("inner words".utf8))])
        let message = try inspect(
            Samples.mail(body: "Outer words", subject: "=?utf-8?q?caf=C3=A9?=", attachments: [("z.zip", "x/y", zip)]))
        let texts = truth(.messageText, of: message).values.compactMap { $0.searchableText?.string.trimmingEnd }
        #expect(texts == ["café", "Outer words", "inner words"])
        #expect(truth(.messageText, of: message).missing.isEmpty)
    }

    @Test func htmlIsReadAsAPersonSeesIt() throws {
        let page = Array("<html><style>p{}</style><p>Pay&nbsp;n<b>ow</b></p></html>".utf8)
        let message = try inspect(Samples.mail(attachments: [("p.html", "text/html", page)]))
        let texts = truth(.messageText, of: message).values.compactMap { $0.searchableText?.string }
        #expect(texts.contains { $0.contains("now") && !$0.contains("p{}") })
    }

    @Test func aLockedArchiveIsEncryptedAndItsContentUnknown() throws {
        let locked = Samples.zip([("secret.doc", Array(repeating: 7, count: 40))], encrypted: true)
        let message = try inspect(Samples.mail(attachments: [("l.zip", "application/zip", locked)]))
        #expect(truth(.messageEncrypted, of: message) == .known(.bool(true)))
        #expect(truth(.messageEncryption, of: message).values == [.encryption(.archive)])
        let secret = try #require(message.elements(of: .files).elements.last)
        #expect(message.value(of: .name, argument: nil, subject: .part(secret)).values == [.text("secret.doc")])
        #expect(message.value(of: .sha256, argument: nil, subject: .part(secret)).missing == .encryptedArchive)
        #expect(truth(.messageText, of: message).missing.contains(.encryptedArchive))
    }

    @Test func withoutAnEngineVirusIsUnknownAndSaysSo() throws {
        let message = try inspect(Samples.mail(attachments: []))
        #expect(truth(.virus, of: message) == .unknown(.engineDown))
        #expect(message.missingEngines == [.virus])
    }

    @Test func aCutArchiveIsDamagedNeverClean() throws {
        let zip = Samples.zip([("a.txt", Array(repeating: 65, count: 4_000))])
        let message = try inspect(
            Samples.mail(attachments: [("cut.zip", "application/zip", Array(zip.prefix(2_000)))]))
        #expect(message.elements(of: .files).missing.contains(.damaged) || hasDamagedFile(message))
    }

    private func hasDamagedFile(_ message: InspectedMessage) -> Bool {
        message.elements(of: .files).elements.contains {
            message.value(of: .damaged, argument: nil, subject: .part($0)) == .known(.bool(true))
        }
    }

    @Test func beyondTheDepthNothingIsOpenedAndNothingIsClean() throws {
        var bytes = Array("core".utf8)
        for level in 0..<6 { bytes = Samples.zip([("level\(level).zip", bytes)]) }
        var limits = InspectionLimits()
        limits.depth = 3
        let message = try inspect(
            Samples.mail(attachments: [("n.zip", "application/zip", bytes)]),
            settings: InspectionSettings(limits: limits))
        #expect(message.elements(of: .files).missing == .overLimit)
    }

    @Test func openPGPAndSMIMEAreRecognisedByContent() throws {
        let armour = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"
        let inline = try inspect(Samples.mail(body: armour, attachments: []))
        #expect(truth(.messageEncryption, of: inline).values == [.encryption(.pgpInline)])
        // ContentInfo with envelopedData, whatever type is declared.
        let enveloped: [UInt8] = [
            0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03, 0xa0, 0x80,
        ]
        let smime = try inspect(
            Samples.mail(attachments: [("smime.p7m", "application/octet-stream", enveloped)]))
        #expect(truth(.messageEncryption, of: smime).values == [.encryption(.smime)])
        #expect(smime.elements(of: .files).missing == .smime)
    }

    @Test func onlyTrustedServersAuthenticationResultsCount() throws {
        let mail = Array(
            """
            Authentication-Results: mx.acme.example; dmarc=pass header.from=partner.example\r
            Authentication-Results: evil.example; spf=pass smtp.mailfrom=x\r
            From: a@partner.example\r
            Subject: x\r
            \r
            x\r

            """.utf8)
        let untrusting = try inspect(mail)
        #expect(truth(.authDMARC, of: untrusting) == .unknown(.engineDown))
        let trusting = try inspect(mail, settings: InspectionSettings(authenticationServers: ["mx.acme.example"]))
        #expect(truth(.authDMARC, of: trusting) == .known(.symbol("pass")))
        #expect(truth(.authSPF, of: trusting) == .known(.symbol("none")))
    }

    @Test func aNestedMailIsOpenedAlsoInAnArchive() throws {
        let nested = Samples.mail(body: "nested text", attachments: [("x.txt", "text/plain", Array("deep".utf8))])
        let zip = Samples.zip([("mail.eml", nested)])
        let message = try inspect(Samples.mail(attachments: [("z.zip", "application/zip", zip)]))
        #expect(names(.files, of: message).contains("1.2/mail.eml/1.2"))
        let texts = truth(.messageText, of: message).values.compactMap { $0.searchableText?.string.trimmingEnd }
        #expect(texts.contains("nested text"))
        #expect(texts.contains("deep"))
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

@Suite struct LongHeaderTests {
    private func value(of fact: Fact, _ mail: String) throws -> FactValue {
        let message = InspectedMessage(
            Array(mail.utf8), envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        return message.value(of: fact, argument: nil, subject: .message)
    }

    @Test func aLongValueIsReadToItsEnd() throws {
        let long = String(repeating: "word and\r\n ", count: 40_000)
        let subject = try value(of: .subject, "From: a@b.example\r\nSubject: \(long)needle\r\n\r\nx")
        #expect(subject.values.first?.searchableText?.string.hasSuffix("needle") == true)
        let many = (0..<20_000).map { "a\($0)@b.example" }.joined(separator: ",\r\n ")
        #expect(try value(of: .to, "To: \(many)\r\n\r\nx").values.count == 20_000)
    }

    @Test func aHeaderBeyondItsLimitIsKnownToBeCut() throws {
        let long = String(repeating: "word and\r\n ", count: 140_000)
        let subject = try value(of: .subject, "From: a@b.example\r\nSubject: \(long)needle\r\n\r\nx")
        #expect(subject.missing == .overLimit)
    }
}
