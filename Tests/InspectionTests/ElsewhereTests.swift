import Testing
import Vocabulary

@testable import Inspection

/// Messages in pieces, and parts whose content lies elsewhere: what is not there is unknown, never clean.
@Suite struct ElsewhereTests {
    private static let program = ContainerSmith.payload

    /// A mail whose only part is of this type; the content is a mail with an attached program.
    private static func inspected(_ type: String, inMultipart: Bool) throws -> InspectedMessage {
        let inner = String(
            decoding: Samples.mail(body: "secret words", attachments: [("a.exe", "application/octet-stream", program)]),
            as: UTF8.self)
        let part = "Content-Type: \(type)\r\n\r\n\(inner)"
        let head = "From: a@b.example\r\nMIME-Version: 1.0\r\n"
        let mail =
            inMultipart
            ? head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n--x\r\n\(part)\r\n--x--\r\n"
            : head + part
        return try InnerLimitTests.inspect(Array(mail.utf8))
    }

    private static func names(_ message: InspectedMessage) -> Set<String> {
        Set(message.tree.nodes.flatMap { $0.anomalies.map(\.name) })
    }

    @Test(
        arguments: [
            ("message/partial; id=x; number=1; total=2", "partial-message"),
            ("message/partial; id=x; number=2; total=2", "partial-message"),
            ("message/partial; id=x; number=1", "partial-message"), ("message/partial", "partial-message"),
            ("message/external-body; access-type=URL; URL=\"http://a.example/a.exe\"", "external-body"),
        ], [true, false])
    func whatLiesElsewhereIsUnknown(sample: (type: String, anomaly: String), inMultipart: Bool) throws {
        let message = try Self.inspected(sample.type, inMultipart: inMultipart)
        #expect(Self.names(message).contains(sample.anomaly))
        #expect(message.elements(of: .files).missing.contains(.unsupported))
        let text = message.value(of: .messageText, argument: nil, subject: .message)
        #expect(text.missing.contains(.unsupported))
    }

    /// Programs that know no pieces save the content under its name.
    @Test(arguments: [true, false]) func theOnlyPieceIsAlsoTheFileThatItsBytesAre(isPacked: Bool) throws {
        let program = [0x4D, 0x5A] + [UInt8](repeating: 0, count: 200)
        let content = isPacked ? Samples.zip([("run.exe", program)]) : program
        let mail = """
            From: a@b.example\r
            MIME-Version: 1.0\r
            Content-Type: message/partial; id=x; number=1; total=1\r
            Content-Transfer-Encoding: base64\r
            Content-Disposition: attachment; filename="run"\r
            \r
            \(Samples.base64(content))\r

            """
        let message = try InnerLimitTests.inspect(Array(mail.utf8))
        let files = message.tree.nodes.filter { $0.bytes == program }
        #expect(!files.isEmpty && files.allSatisfy { $0.isOf(.executable) })
    }

    @Test(arguments: [true, false]) func theOnlyPieceIsTheMessage(inMultipart: Bool) throws {
        let message = try Self.inspected("message/partial; id=x; number=1; total=1", inMultipart: inMultipart)
        #expect(Self.names(message).contains("partial-message"))
        #expect(message.tree.nodes.contains { $0.bytes == Self.program && $0.names == ["a.exe"] })
        #expect(!message.elements(of: .files).missing.contains(.unsupported))
        let text = message.value(of: .messageText, argument: nil, subject: .message)
        #expect(text.values.contains { $0.searchableText?.string.contains("secret words") == true })
        #expect(!text.missing.contains(.unsupported))
    }
}
