import Foundation
import Message
import Testing

/// Real and awkward mail from other projects' tests. Skipped where the corpus is not there.
@Suite struct CorpusTests {
    private static let mails =
        Corpus.files("mime") + Corpus.files("ham") + Corpus.files("spam") + Corpus.files("evasion")

    @Test func everyFileIsReadAndRangesHold() {
        for url in Self.mails {
            guard let bytes = Corpus.read(url) else { continue }
            let message = ParsedMessage(bytes)
            checkInvariants(message, url.lastPathComponent)
        }
    }

    @Test func honestMailIsNotAmbiguous() {
        for url in Corpus.files("ham") {
            guard let bytes = Corpus.read(url) else { continue }
            let message = ParsedMessage(bytes)
            #expect(!message.isAmbiguous, "\(url.lastPathComponent): \(message.anomalies.map(\.name))")
        }
    }
}

/// What holds for every message, however hostile.
func checkInvariants(_ message: ParsedMessage, _ name: String) {
    for part in message.view.parts {
        let whole = 0..<part.bytes.count
        #expect(part.range.clamped(to: whole) == part.range, "\(name) \(part.path)")
        #expect(part.bodyRange.clamped(to: part.range) == part.bodyRange, "\(name) \(part.path)")
        #expect(part.header.range.clamped(to: part.range) == part.header.range, "\(name) \(part.path)")
        #expect(message.view.part(at: part.path) === part, "\(name) \(part.path)")
        for child in part.children where child.bytes == part.bytes {
            #expect(child.range.clamped(to: part.bodyRange) == child.range, "\(name) \(child.path)")
        }
        for field in part.header.fields {
            #expect(field.lineRange.clamped(to: part.header.range) == field.lineRange, "\(name) \(part.path)")
        }
        for anomaly in part.anomalies { #expect(anomaly.range.clamped(to: whole) == anomaly.range, "\(name)") }
        if part.isLeaf {
            _ = part.text(limit: 1 << 20)
            _ = part.decoded(limit: 10)
        }
        for field in part.header.fields {
            _ = (field.decodedText(), field.addresses(), field.date, field.messageIDs)
        }
        _ = (part.header.received, part.header.authenticationResults, part.bodies)
    }
}

/// The structure that another parser's authors expect of their samples.
@Suite struct ExpectedStructureTests {
    /// Samples where we differ on purpose: we open an empty part at each delimiter (000, 009 to 014), close what an outer
    /// delimiter closes (001, 016), take no prefix for a boundary (004), and read on where a header section has no end
    /// (007, 020 to 022, thirdparty/015).
    private static let different = Set(
        ["000", "001", "004", "007", "009", "011", "012", "013", "014", "016", "020", "021", "022"]
            .map { "malformed/\($0).eml" } + ["thirdparty/015.eml"])

    @Test func partCountsAndTypesAgree() throws {
        for url in Corpus.files("mime/stalwart-mail-parser/eml", endings: [".eml"]) {
            let label = url.pathComponents.suffix(2).joined(separator: "/")
            let expectation = url.deletingPathExtension().appendingPathExtension("json")
            guard let bytes = Corpus.read(url), let data = try? Data(contentsOf: expectation),
                let json = try JSONSerialization.jsonObject(with: data) as? [String: Any],
                !Self.different.contains(label)
            else { continue }
            let message = ParsedMessage(bytes)
            let expected = Self.types(json)
            #expect(message.view.parts.map(\.contentType.mediaType) == expected, "\(label)")
        }
    }

    /// The media types of a message's parts, depth first.
    private static func types(_ message: [String: Any]) -> [String] {
        guard let parts = message["parts"] as? [[String: Any]], !parts.isEmpty else { return [] }
        return types(of: 0, in: parts, default: "text/plain")
    }

    private static func types(of index: Int, in parts: [[String: Any]], default fallback: String) -> [String] {
        let part = parts[index]
        var type = fallback
        for field in part["headers"] as? [[String: Any]] ?? [] where field["name"] as? String == "content_type" {
            let value = (field["value"] as? [String: Any])?["ContentType"] as? [String: Any]
            if let main = value?["c_type"] as? String, let sub = value?["c_subtype"] as? String {
                type = "\(main)/\(sub)".lowercased()
            }
        }
        let body = part["body"] as? [String: Any]
        if let children = body?["Multipart"] as? [Int] {
            let inner = type == "multipart/digest" ? "message/rfc822" : "text/plain"
            return [type] + children.flatMap { types(of: $0, in: parts, default: inner) }
        }
        if let nested = body?["Message"] as? [String: Any] { return [type] + types(nested) }
        return [type]
    }
}
