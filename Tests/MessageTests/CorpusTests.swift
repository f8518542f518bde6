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
