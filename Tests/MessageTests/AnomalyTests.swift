import Message
import Testing

@Suite struct AnomalyTests {
    /// A breach, the anomalies it must leave, and whether readers would see different content.
    struct Case: Sendable, CustomTestStringConvertible {
        let lines: [String]
        let expected: Set<String>
        let malformed: Bool
        let ambiguous: Bool
        var testDescription: String { expected.sorted().joined(separator: " ") }

        init(_ lines: [String], _ expected: Set<String>, malformed: Bool = true, ambiguous: Bool = false) {
            self.lines = lines
            self.expected = expected
            self.malformed = malformed || ambiguous
            self.ambiguous = ambiguous
        }
    }

    private static let head = ["MIME-Version: 1.0"]
    private static let mixed = head + ["Content-Type: multipart/mixed; boundary=b", ""]

    static let cases: [Case] = [
        Case(mixed + ["--b", "", "x"], ["missing-end-boundary"]),
        Case(mixed + ["text"], ["missing-end-boundary", "empty-multipart"]),
        Case(mixed + ["--b", "", "x", "--b--", "--b", "", "y"], ["part-after-end"], ambiguous: true),
        Case(mixed + ["--b", "", "x", "--bc", "y", "--b--"], ["boundary-prefix-line"], ambiguous: true),
        Case(head + ["Content-Type: multipart/mixed", "", "text"], ["missing-boundary", "empty-multipart"]),
        Case(
            head + ["Content-Type: multipart/mixed", "", "--q", "", "x", "--q--"],
            ["missing-boundary", "guessed-boundary"], ambiguous: true),
        Case(
            mixed + ["--b", "Content-Type: multipart/mixed; boundary=b", "", "--b", "", "x", "--b--", "--b--"],
            ["equal-boundaries"], ambiguous: true),
        Case(
            head + ["Content-Type: multipart/mixed; boundary=a; boundary=b", "", "--a", "", "x", "--a--"],
            ["conflicting-boundary"], ambiguous: true),
        Case(
            head + ["Content-Type: multipart/mixed; boundary*=utf-8''b", "", "--b", "", "x", "--b--"],
            ["encoded-boundary"], ambiguous: true),
        Case(head + ["Content-Type: text/plain", "Content-Type: text/plain", "", "x"], ["duplicate-content-type"]),
        Case(
            head + ["Content-Type: text/plain", "Content-Type: text/html", "", "x"], ["conflicting-content-type"],
            ambiguous: true),
        Case(
            head + ["Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64", "", "x"],
            ["conflicting-transfer-encoding"], ambiguous: true),
        Case(
            head + ["Content-Disposition: inline", "Content-Disposition: attachment", "", "x"],
            ["conflicting-content-disposition"], ambiguous: true),
        Case(
            head + ["Content-Type: text/plain; name=a; name=b", "", "x"], ["conflicting-parameter"], ambiguous: true),
        Case(["MIME-Version: 1.0", "MIME-Version: 1.0", "", "x"], ["duplicate-mime-version"]),
        Case(["From: a@b", "From: c@d", "", "x"], ["several-from-fields"], ambiguous: true),
        Case(["Subject: a", "Subject: b", "", "x"], ["duplicate-field"]),
        Case(["Subject: a", "no field here", "To: b@c", "", "x"], ["malformed-header-line"]),
        Case(
            ["MIME-Version: 1.0", "no field here", "Content-Type: text/html", "", "x"],
            ["malformed-header-line", "structure-after-malformed-line"], ambiguous: true),
        Case(["Subject: a", "straight into the text", "and on"], ["header-without-end"]),
        Case(["Subject : a", "", "x"], ["space-before-colon"]),
        Case(["Subject: a", " ", "", "x"], ["blank-continuation"]),
        Case(
            ["Subject: a\rX-Y: b", "", "x"], ["bare-carriage-return", "bare-carriage-return-in-header"], ambiguous: true
        ),
        Case(["Subject: a", "", "x\ry"], ["bare-carriage-return"]),
        Case(["Subject: a", "", "x\ny"], ["mixed-line-ends"], malformed: false),
        Case(["Subject: a", "", "x\u{0}y"], ["nul-byte"]),
        Case(["Subject: a", "", String(repeating: "x", count: 999)], ["over-long-line"], malformed: false),
        Case(["Subject: caf\u{E9}", "", "x"], ["eight-bit-header"], malformed: false),
        Case(["Content-Type: text/html", "", "x"], ["missing-mime-version"], malformed: false),
        Case(head + ["Content-Type: rubbish", "", "x"], ["invalid-content-type"]),
        Case(head + ["Content-Type: text/plain; junk", "", "x"], ["malformed-parameter"], malformed: false),
        Case(head + ["Content-Type: message/partial; id=x", "", "x"], ["partial-message"], malformed: false),
        Case(head + ["Content-Type: message/external-body", "", "x"], ["external-body"], malformed: false),
        Case(head + ["Content-Transfer-Encoding: rot13", "", "x"], ["unknown-encoding"]),
        Case(
            head + [
                "Content-Transfer-Encoding: quoted-printable", "Content-Type: multipart/mixed; boundary=b", "", "--b",
                "", "x", "--b--",
            ], ["encoded-multipart"]),
    ]

    @Test(arguments: cases) func breachesAreNamed(_ breach: Case) {
        let found = ParsedMessage(MessageBytes(text: crlf(breach.lines)))
        #expect(names(found) == breach.expected)
        #expect(found.isMalformed == breach.malformed)
        #expect(found.isAmbiguous == breach.ambiguous)
        checkInvariants(found, breach.testDescription)
    }

    @Test func lineAtTheLimitIsNoAnomaly() {
        #expect(names(message("Subject: a", "", String(repeating: "x", count: 998))).isEmpty)
        #expect(names(ParsedMessage(MessageBytes(text: "Subject: a\n\n" + String(repeating: "x", count: 998)))).isEmpty)
    }

    @Test func everyKindHasItsOwnSentence() {
        for kind in AnomalyKind.allCases { #expect(kind.sentence.hasSuffix("."), "\(kind.rawValue)") }
        #expect(Set(AnomalyKind.allCases.map(\.sentence)).count == AnomalyKind.allCases.count)
    }

    @Test func rangesPointAtTheBreach() {
        let mail = message("From: a@b", "From: c@d", "", "x")
        #expect(mail.anomalies.first.map { mail.bytes.text($0.range) } == "From: c@d\r\n")
        #expect(mail.anomalies.first?.part == "1")
    }
}
