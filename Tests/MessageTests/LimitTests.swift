import Message
import Testing

/// Both sides of each bound of `MessageLimits`: just within it nothing is said, just beyond it the place is told.
@Suite struct LimitTests {
    struct Sample: CustomStringConvertible, Sendable {
        /// As `limitsHit` names it.
        let limit: String
        let bound: @Sendable (inout MessageLimits) -> Void
        /// As much as the bound allows.
        let within: String
        let beyond: String
        var description: String { limit }
    }

    static let samples: [Sample] = [
        Sample(
            limit: "header-bytes", bound: { $0.headerBytes = 66 }, within: fields(10), beyond: fields(12)),
        Sample(limit: "header-fields", bound: { $0.headerFields = 5 }, within: fields(5), beyond: fields(6)),
        Sample(limit: "value-bytes", bound: { $0.valueBytes = 40 }, within: typed(40), beyond: typed(41)),
        Sample(
            limit: "parameters", bound: { $0.parameters = 2 },
            within: "Content-Type: text/plain; a=b; c=d\r\n\r\n",
            beyond: "Content-Type: text/plain; a=b; c=d; e=f\r\n\r\n"),
        Sample(limit: "charsets", bound: { $0.charsets = 2 }, within: charsets(2), beyond: charsets(3)),
        Sample(
            limit: "repeated-fields", bound: { $0.repeatedFields = 2 }, within: dispositions(3), beyond: dispositions(4)
        ),
        Sample(limit: "depth", bound: { $0.depth = 2 }, within: multipart(leaf), beyond: multipart(nested)),
        Sample(
            limit: "parts", bound: { $0.parts = 3 }, within: multipart(leaf + leaf),
            beyond: multipart(leaf + leaf + leaf)),
        Sample(
            limit: "parts", bound: { $0.parts = 2 }, within: multipart(leaf), beyond: multipart(encoded)),
        Sample(
            limit: "nested-bytes", bound: { $0.nestedBytes = 9 }, within: quoted("X: y\r\n\r\nz"),
            beyond: quoted("X: y\r\n\r\nzz")),
    ]

    private static func fields(_ count: Int) -> String { String(repeating: "X: y\r\n", count: count) + "\r\nbody" }

    private static func typed(_ length: Int) -> String {
        let start = "text/plain; a="
        return "Content-Type: " + start + String(repeating: "b", count: length - start.utf8.count) + "\r\n\r\n"
    }

    private static func charsets(_ others: Int) -> String {
        // A second name of one is not another.
        let labels = ["utf-8", "utf8"] + ["utf-7", "koi8-r", "big5"].prefix(others)
        return "Content-Type: text/plain" + labels.map { "; charset=\($0)" }.joined() + "\r\n\r\nx"
    }

    private static func dispositions(_ count: Int) -> String {
        (0..<count).map { "Content-Disposition: attachment; filename=\($0).txt\r\n" }.joined() + "\r\nx"
    }

    private static let leaf = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    private static let nested =
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n"
    private static let encoded =
        "--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nWDogeQ0KDQp6\r\n"

    private static func multipart(_ parts: String) -> String {
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + "--b--\r\n"
    }

    private static func quoted(_ message: String) -> String {
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + message
    }

    private static func limitsHit(_ sample: Sample, _ text: String) -> [String] {
        var limits = MessageLimits()
        sample.bound(&limits)
        return ParsedMessage(MessageBytes(text: text), limits: limits).limitsHit.map(\.limit)
    }

    @Test(arguments: samples) func withinTheBoundNothingIsSaid(sample: Sample) {
        #expect(Self.limitsHit(sample, sample.within).isEmpty)
    }

    @Test(arguments: samples) func beyondTheBoundItIsTold(sample: Sample) {
        #expect(Self.limitsHit(sample, sample.beyond).contains(sample.limit))
    }

    @Test func namesOfRepeatedFieldsAreReadUpToTheBound() {
        let bound = MessageLimits().repeatedFields
        func names(_ count: Int) -> [String] {
            ParsedMessage(MessageBytes(text: Self.dispositions(count))).root.names.map(\.value)
        }
        #expect(names(bound + 1).contains("\(bound).txt"))
        #expect(!names(bound + 2).contains("\(bound + 1).txt"))
    }

    @Test func linesUpToTheBoundAreNothingOdd() {
        let bound = MessageLimits().lineLength
        func names(_ length: Int) -> [String] {
            let line = String(repeating: "a", count: length)
            return ParsedMessage(MessageBytes(text: "X: y\r\n\r\n" + line + "\r\nend\r\n")).anomalies.map(\.name)
        }
        #expect(!names(bound).contains("over-long-line"))
        #expect(names(bound + 1).contains("over-long-line"))
    }

    /// Where a boundary is not declared, readers differ, however near a delimiter stands.
    @Test func delimitersAreGuessedUpToADistance() {
        var limits = MessageLimits()
        limits.boundaryGuess = 100
        func parsed(_ preamble: Int) -> ParsedMessage {
            let lines = String(repeating: "a\r\n", count: preamble)
            return ParsedMessage(
                MessageBytes(text: "Content-Type: multipart/mixed\r\n\r\n" + lines + Self.leaf + "--b--\r\n"),
                limits: limits)
        }
        #expect(parsed(33).root.children.count == 1)
        #expect(parsed(34).root.children.isEmpty)
        #expect(parsed(34).anomalies.map(\.name).contains("missing-boundary"))
        #expect(parsed(34).isMalformed)
    }

    @Test func anomaliesBeyondTheBoundStillCount() {
        let text = Self.multipart("--b\r\nContent-Type: text/plain; charset=x-none\r\n\r\nx\r\n") + "\0"
        #expect(ParsedMessage(MessageBytes(text: text)).anomalies.count > 1)
        var limits = MessageLimits()
        limits.anomalies = 0
        let parsed = ParsedMessage(MessageBytes(text: text), limits: limits)
        #expect(parsed.anomalies.isEmpty)
        #expect(parsed.isMalformed)
        limits.anomalies = 1
        #expect(ParsedMessage(MessageBytes(text: text), limits: limits).anomalies.count == 1)
    }
}
