import Message
import Testing
import Vocabulary

@testable import Enforcement

/// A mail, and what becomes of it by changes.
struct RewrittenMail {
    let result: RewrittenMessage
    let message: ParsedMessage
    var text: String { String(decoding: result.bytes, as: UTF8.self) }

    init(_ mail: String, _ changes: MessageChanges, languages: [String] = ["en"]) throws {
        let bytes = Array(mail.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
        let words = PolicyWords(
            policy: "acme",
            organisation: Organisation(domains: [], networks: [], administrators: [], languages: languages))
        let rewriter = MessageRewriter(ParsedMessage(MessageBytes(bytes)), words: words)
        result = try rewriter.rewritten(changes)
        message = ParsedMessage(MessageBytes(result.bytes))
        #expect(message.anomalies.isEmpty, "\(message.anomalies)\n\(String(decoding: result.bytes, as: UTF8.self))")
    }

    func part(_ path: String) throws -> Part { try #require(message.view.part(at: path), "\(text)") }

    func body(_ path: String) throws -> String {
        try part(path).text(limit: 1 << 20).text.split(separator: "\r\n", omittingEmptySubsequences: false)
            .joined(separator: "\n")
    }
}

extension MessageChanges {
    static func stripping(_ paths: String...) -> MessageChanges {
        MessageChanges(
            strippedParts: paths.map { StrippedPart(found: $0, removed: $0, name: "setup.exe", sha256: "ab12") })
    }

    static func disclaiming(_ text: String) -> MessageChanges {
        MessageChanges(disclaimers: [.init(text: text + "\n", html: TextFilling.html(text))])
    }
}

@Suite("The language of what is written into messages")
struct RewritingLanguageTests {
    @Test(
        "The first that there are words in",
        arguments: [(["de", "fr", "en"], "Retiré"), (["fr-CA"], "Retiré"), (["de"], "Removed"), ([], "Removed")])
    func language(_ languages: [String], _ word: String) throws {
        let mail = try RewrittenMail("From: a@b.example\n\nHello\n", .stripping("1"), languages: languages)
        #expect(try mail.body("1").hasPrefix(word))
    }
}
