import Foundation
import Message
import Testing

@Suite struct HostileTests {
    @Test func deepNestingStopsAtTheLimit() {
        var text = "MIME-Version: 1.0\r\n"
        for level in 0..<10_000 {
            text += "Content-Type: multipart/mixed; boundary=b\(level)\r\n\r\n--b\(level)\r\n"
        }
        let message = ParsedMessage(MessageBytes(text: text))
        #expect(message.view.parts.count == 32)
        #expect(message.limitsHit.first?.limit == "depth")
        #expect(names(message).contains("depth-limit"))
    }

    @Test func deepNestedMessagesStopAtTheLimit() {
        let text = String(repeating: "Content-Type: message/rfc822\r\n\r\n", count: 10_000)
        let message = ParsedMessage(MessageBytes(text: text))
        #expect(message.view.parts.count == 32)
        #expect(message.limitsHit.contains { $0.limit == "depth" })
    }

    @Test func encodedMessagesInsideEachOtherStopAtTheLimit() {
        var inner = Data("Subject: x\r\n\r\nend".utf8)
        for _ in 0..<45 {
            inner =
                Data("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n".utf8)
                + inner.base64EncodedData()
            if inner.count > 4 << 20 { break }
        }
        let message = ParsedMessage(MessageBytes([UInt8](inner)))
        #expect(message.view.parts.count <= 32)
        checkInvariants(message, "encoded")
    }

    @Test func aMillionDelimitersStopAtTheLimit() {
        let head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        let message = ParsedMessage(MessageBytes(text: head + String(repeating: "--b\r\n", count: 1_000_000)))
        #expect(message.view.parts.count == 10_000)
        #expect(message.limitsHit.map(\.limit) == ["parts"])
    }

    @Test func aMillionNearDelimitersAreOneAnomaly() {
        let head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
        let message = ParsedMessage(MessageBytes(text: head + String(repeating: "--bx\r\n", count: 1_000_000)))
        #expect(message.anomalies.filter { $0.name == "boundary-prefix-line" }.count == 1)
        #expect(message.isAmbiguous)
    }

    @Test func manyFieldsStopAtTheLimit() {
        let text = String(repeating: "X: y\r\n", count: 200_000) + "\r\nbody"
        let message = ParsedMessage(MessageBytes(text: text))
        #expect(message.header.fields.count == MessageLimits().headerFields)
        #expect(String(decoding: message.root.rawBody, as: UTF8.self) == "body")
        #expect(message.limitsHit.map(\.limit) == ["header-fields"])
    }

    @Test func hugeValuesAreCutBeforeDecoding() {
        let word = "=?utf-8?q?=41?= "
        let text =
            "Content-Type: text/plain; \(String(repeating: "a*0*=\"", count: 50_000))\r\n"
            + "Subject: \(String(repeating: word, count: 10_000))\r\nTo: \(String(repeating: "(", count: 300_000))\r\n\r\n"
        let message = ParsedMessage(MessageBytes(text: text))
        #expect(message.limitsHit.contains { $0.limit == "value-bytes" })
        checkInvariants(message, "values")
    }

    @Test func foldingAMillionTimesIsLinear() {
        let text = "Subject: x\r\n" + String(repeating: " y\r\n", count: 100_000) + "\r\n"
        let message = ParsedMessage(MessageBytes(text: text))
        #expect(message.header.fields.count == 1)
        checkInvariants(message, "folds")
    }

    @Test func randomBytesAreRead() {
        var random = SeededGenerator(seed: 7)
        for size in [0, 1, 2, 3, 10, 100, 1_000, 10_000] {
            for _ in 0..<20 {
                let bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
                checkInvariants(ParsedMessage(MessageBytes(bytes)), "random")
            }
        }
    }

    @Test func structuredNoiseIsRead() {
        let pieces = [
            "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n", "\r\n", "--b\r\n",
            "--b--\r\n", "--b", "\n", "\r", "\0", "Content-Transfer-Encoding: base64\r\n", "aGVsbG8=", ": x\r\n",
            "Subject: =?utf-8?b?", "Content-Type: multipart/digest\r\n", " fold\r\n", "=3D=\r\n", "begin 644 x\r\n",
            "Content-Disposition: attachment; filename*0*=\"", "From: a@b, (((\r\n", "--", "\u{FF}",
            "Content-Type: multipart/mixed; boundary=\"b\"; boundary=c\r\nContent-Transfer-Encoding: x-uuencode\r\n",
        ]
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            let count = Int.random(in: 1...30, using: &random)
            let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            checkInvariants(ParsedMessage(MessageBytes(text: text)), "noise")
        }
    }

    @Test func mutatedCorpusIsRead() {
        var random = SeededGenerator(seed: 13)
        for url in Corpus.files("mime", endings: [".eml", ".txt"]) {
            guard let original = Corpus.read(url), original.count < 60_000, original.count > 4 else { continue }
            for _ in 0..<4 {
                var bytes = original.array
                for _ in 0..<8 {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                    case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                    default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
                    }
                    if bytes.isEmpty { break }
                }
                checkInvariants(ParsedMessage(MessageBytes(bytes)), url.lastPathComponent)
            }
        }
    }
}

/// A small generator whose runs repeat (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
