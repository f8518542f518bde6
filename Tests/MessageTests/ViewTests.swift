import Foundation
import Message
import Testing

/// A message has one view until something in it raises a doubt.
@Suite struct ViewTests {
    /// A mail with a doubt, in which each part has another delimiter, so that the first view sees none of them.
    private func hidden(_ count: Int) -> MessageBytes {
        let parts = (0..<count).map { "--x\($0)\r\nContent-Type: application/pdf\r\n\r\nfile \($0)\r\n" }
        return MessageBytes(
            text: "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts.joined())
    }

    @Test func soundMailHasOneView() {
        let parsed = message(
            "MIME-Version: 1.0", "Content-Type: text/plain", "", "--a", "Content-Type: text/html", "", "x")
        #expect(parsed.views.count == 1 && !parsed.isDoubtful)
    }

    @Test func partsWithoutADelimiterOfTheirMultipartAreViews() {
        let parsed = ParsedMessage(hidden(3))
        #expect(parsed.isDoubtful)
        #expect(
            parsed.views.dropFirst().map { $0.root.contentType.mediaType }
                == Array(repeating: "application/pdf", count: 3))
        #expect(
            parsed.views.dropFirst().map { String(decoding: $0.root.rawBody, as: UTF8.self) } == [
                "file 0", "file 1", "file 2",
            ])
    }

    @Test func viewsAreBounded() {
        var limits = MessageLimits()
        limits.views = 8
        #expect(ParsedMessage(hidden(7), limits: limits).limitsHit.isEmpty)
        let parsed = ParsedMessage(hidden(9), limits: limits)
        #expect(parsed.limitsHit.map(\.limit) == ["views"] && parsed.views.count <= 10)
    }

    /// The page lists what the program may say.
    @Test func everyAnomalyIsOnThePage() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/anomalies.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        for kind in AnomalyKind.allCases {
            #expect(text.contains("| `\(kind.rawValue)` |") && text.contains(kind.sentence), "\(kind.rawValue)")
        }
    }
}
