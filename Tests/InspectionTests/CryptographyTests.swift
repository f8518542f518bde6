import Inspection
import Testing
import Vocabulary

/// S/MIME and OpenPGP by their bytes: what is readable is read, what is not is unknown.
@Suite struct CryptographyTests {
    private func inspect(_ bytes: [UInt8]) throws -> InspectedMessage {
        InspectedMessage(bytes, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
    }

    private func root(_ type: String, _ body: [UInt8]) -> [UInt8] {
        let head =
            "From: a@b.example\r\nSubject: x\r\nContent-Type: \(type)\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        return Array((head + Samples.base64(body) + "\r\n").utf8)
    }

    private func missing(_ fact: Fact, of message: InspectedMessage) -> Reasons {
        message.value(of: fact, argument: nil, subject: .message).missing
    }

    private func text(_ fact: Fact, of message: InspectedMessage) -> String {
        message.value(of: fact, argument: nil, subject: .message).values.compactMap { $0.searchableText?.string }
            .joined(separator: "\n")
    }

    private func encryption(of message: InspectedMessage) -> [Value] {
        message.value(of: .messageEncryption, argument: nil, subject: .message).values
    }

    private static let entity = Array(
        """
        Content-Type: multipart/mixed; boundary=i\r
        \r
        --i\r
        \r
        inner words\r
        --i\r
        Content-Disposition: attachment; filename="run.js"\r
        \r
        WScript.Echo(1)\r
        --i--\r

        """.utf8)

    @Test func theContentOfAnOpaqueSignatureStandsInItsPlace() throws {
        for signed in [CMS.signed(Self.entity), CMS.signed(CMS.pieces(Self.entity))] {
            let message = try inspect(root("application/pkcs7-mime; smime-type=signed-data", signed))
            #expect(text(.bodyText, of: message).contains("inner words"))
            let names = message.elements(of: .attachments).elements.flatMap {
                message.value(of: .name, argument: nil, subject: .part($0)).values
            }
            #expect(names.contains(.text("run.js")))
            #expect(message.value(of: .messageSigned, argument: nil, subject: .message) == .known(.bool(true)))
            #expect(message.elements(of: .files).missing.isEmpty)
        }
    }

    @Test func aSignedFileIsTakenOut() throws {
        let page = Array("<?xml version=\"1.0\"?><invoice>sum</invoice>".utf8)
        let message = try inspect(
            Samples.mail(attachments: [("invoice.xml.p7m", "application/octet-stream", CMS.signed(page))]))
        #expect(message.elements(of: .files).elements.map(message.path(ofPart:)) == ["1.2", "1.2/invoice.xml"])
        #expect(text(.messageText, of: message).contains("sum"))
    }

    @Test func aDetachedSignatureThatCarriesContentIsOpened() throws {
        let hidden = CMS.signed(Self.entity)
        let mail = """
            From: a@b.example\r
            Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\r
            \r
            --s\r
            \r
            shown\r
            --s\r
            Content-Type: application/pkcs7-signature; name=smime.p7s\r
            Content-Transfer-Encoding: base64\r
            \r
            \(Samples.base64(hidden))\r
            --s--\r

            """
        let message = try inspect(Array(mail.utf8))
        #expect(text(.messageText, of: message).contains("inner words"))
    }

    @Test func aCutSignatureIsDamaged() throws {
        let cut = Array(CMS.signed(Self.entity).prefix(60))
        let message = try inspect(root("application/pkcs7-mime; smime-type=signed-data", cut))
        #expect(!message.elements(of: .files).missing.isEmpty)
    }

    @Test func sealedMailHidesItsBodyAndItsAttachments() throws {
        let message = try inspect(root("application/pkcs7-mime; smime-type=enveloped-data", CMS.enveloped))
        #expect(encryption(of: message) == [.encryption(.smime)])
        #expect(missing(.bodyText, of: message).contains(.smime))
        #expect(message.elements(of: .attachments).missing.contains(.smime))
    }

    @Test func armourDoesNotHideWhatItHolds() throws {
        let base64 = Samples.base64(CMS.enveloped + [UInt8](repeating: 0, count: 60))
        for (name, armoured) in [("a.p7m", base64), ("a.pem", "-----BEGIN CMS-----\r\n\(base64)\r\n-----END CMS-----")]
        {
            let message = try inspect(
                Samples.mail(attachments: [(name, "application/octet-stream", Array(armoured.utf8))]))
            #expect(encryption(of: message) == [.encryption(.smime)], "\(name)")
        }
    }

    @Test func whatIsDeclaredSMIMEAndIsNotReadableHasAReason() throws {
        let garbage = [UInt8](repeating: 0x41, count: 100)
        let sealed = try inspect(root("application/pkcs7-mime; smime-type=enveloped-data", garbage))
        #expect(encryption(of: sealed) == [.encryption(.smime)])
        let signed = try inspect(root("application/x-pkcs7-mime", garbage))
        #expect(signed.elements(of: .files).missing.contains(.damaged))
    }

    @Test func compressedDataIsUnsupportedNotEmpty() throws {
        let message = try inspect(root("application/pkcs7-mime; smime-type=compressed-data", CMS.compressed))
        #expect(missing(.bodyText, of: message).contains(.unsupported))
        #expect(message.elements(of: .files).missing.contains(.unsupported))
    }

    @Test func theContentOfCompressedDataStandsInItsPlace() throws {
        let packed = Zlib.stored(Self.entity)
        let message = try inspect(
            root("application/pkcs7-mime; smime-type=compressed-data", CMS.compressed(packed: packed)))
        #expect(text(.bodyText, of: message).contains("inner words"))
        let names = message.elements(of: .attachments).elements.flatMap {
            message.value(of: .name, argument: nil, subject: .part($0)).values
        }
        #expect(names.contains(.text("run.js")))
        #expect(message.elements(of: .files).missing.isEmpty)
    }

    @Test func compressedSignedSealedInAnyOrderIsReadAsFarAsItIsOpen() throws {
        func wrapped(_ type: String, _ body: [UInt8]) -> [UInt8] {
            Array("Content-Type: application/pkcs7-mime; smime-type=\(type)\r\n".utf8)
                + Array("Content-Transfer-Encoding: base64\r\n\r\n\(Samples.base64(body))\r\n".utf8)
        }
        let signed = wrapped("signed-data", CMS.signed(Self.entity))
        let compressed = CMS.compressed(packed: Zlib.stored(signed))
        let inOut = try inspect(root("application/pkcs7-mime", compressed))
        #expect(text(.bodyText, of: inOut).contains("inner words"))
        let outIn = CMS.signed(wrapped("compressed-data", CMS.compressed(packed: Zlib.stored(Self.entity))))
        #expect(text(.bodyText, of: try inspect(root("application/pkcs7-mime", outIn))).contains("inner words"))
        let sealed = CMS.signed(wrapped("enveloped-data", CMS.enveloped))
        let triple = try inspect(root("application/pkcs7-mime", CMS.signed(wrapped("signed-data", sealed))))
        #expect(encryption(of: triple) == [.encryption(.smime)])
        #expect(missing(.bodyText, of: triple).contains(.smime))
    }

    @Test func brokenOrForeignCompressionHasAReason() throws {
        let packed = Zlib.stored(Self.entity)
        let type = "application/pkcs7-mime; smime-type=compressed-data"
        let cut = try inspect(root(type, CMS.compressed(packed: Array(packed.dropLast(40)))))
        #expect(cut.elements(of: .files).missing.contains(.damaged))
        let foreign = try inspect(root(type, CMS.compressed(packed: packed, method: 9)))
        #expect(foreign.elements(of: .files).missing.contains(.unsupported))
    }

    @Test func binaryOpenPGPIsRecognised() throws {
        // A session key for one recipient, then the sealed data.
        let key: [UInt8] = [0x84, 0x0C, 3, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 8]
        let sealed: [UInt8] = [0xD2, 0x05, 1, 9, 9, 9, 9]
        for name in ["report.gpg", "report.bin"] {
            let message = try inspect(
                Samples.mail(attachments: [(name, "application/octet-stream", key + sealed)]))
            #expect(encryption(of: message) == [.encryption(.pgpInline)], "\(name)")
        }
        let literal: [UInt8] = [0xA3] + [UInt8](repeating: 0x55, count: 90)
        let named = try inspect(Samples.mail(attachments: [("x.gpg", "application/octet-stream", literal)]))
        #expect(named.elements(of: .files).missing.contains(.unsupported))
    }

    @Test func aSealedMultipartMayHoldReadableFiles() throws {
        let zip = Samples.base64(Samples.zip([("setup.exe", [0x4D, 0x5A] + [UInt8](repeating: 0, count: 200))]))
        let mail = """
            From: a@b.example\r
            Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e\r
            \r
            --e\r
            Content-Type: application/pgp-encrypted\r
            \r
            Version: 1\r
            --e\r
            Content-Type: application/octet-stream\r
            Content-Transfer-Encoding: base64\r
            \r
            \(zip)\r
            --e\r
            Content-Type: application/octet-stream\r
            Content-Transfer-Encoding: base64\r
            \r
            \(zip)\r
            --e--\r

            """
        let message = try inspect(Array(mail.utf8))
        #expect(encryption(of: message).contains(.encryption(.pgpMIME)))
        let paths = message.elements(of: .files).elements.map(message.path(ofPart:))
        #expect(paths.contains("1.2/setup.exe") && paths.contains("1.3/setup.exe"))
        #expect(missing(.bodyText, of: message).contains(.pgpMIME))
    }

    @Test func armourBehindATagIsArmour() throws {
        let page = Array("<html><body><pre>-----BEGIN PGP MESSAGE-----\n\nhQEM\n</pre></body></html>".utf8)
        let message = try inspect(Samples.mail(attachments: [("a.html", "text/html", page)]))
        #expect(encryption(of: message) == [.encryption(.pgpInline)])
    }
}
