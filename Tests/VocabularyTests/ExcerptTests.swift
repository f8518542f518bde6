import Testing
import Vocabulary

/// What evidence shows of texts that are made to mislead the eye.
@Suite struct ExcerptTests {
    private static let place = SourcePlace(file: "p.lazaret", line: 1, column: 1, length: 1)

    @Test(arguments: [
        ("facture\u{202E}fdp.exe", "facture\\u{202E}fdp.exe"), ("a\u{200B}b\u{00AD}c", "a\\u{200B}b\\u{AD}c"),
        ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("a\0b\u{1B}[1m", "a\\u{0}b\\u{1B}[1m"),
        ("two\r\nlines\tand", "two  lines and"), ("caf\u{301}é ❤\u{FE0F}", "caf\u{301}é ❤\u{FE0F}"),
        ("\u{3164}\u{E000}", "\\u{3164}\\u{E000}"),
    ])
    func whatNoEyeSeesIsWrittenAsPoliciesWriteIt(_ text: String, _ shown: String) {
        let evidence = Evidence(fact: "name", part: "1.2", excerpt: text, span: Self.place)
        #expect(evidence.excerpt == shown)
        #expect(evidence.raw == (shown.contains("\\u") ? text : nil))
    }

    @Test func anEscapeIsNeverCutInTwo() {
        let evidence = Evidence(
            fact: "name", part: nil, excerpt: String(repeating: "a", count: 115) + "\u{202E}b", span: Self.place)
        #expect(evidence.excerpt == String(repeating: "a", count: 115) + "…")
        #expect(evidence.raw == String(repeating: "a", count: 115) + "\u{202E}b")
    }

    private func match(_ found: String, in text: String) -> String {
        guard let range = text.firstRange(of: found) else { return "not there" }
        let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
        return Excerpt.match(start..<start + found.utf8.count, in: Array(text.utf8))
    }

    @Test func aMatchThatNobodySeesIsShownInItsName() {
        #expect(match("invoice", in: "the invoice of March") == "invoice")
        #expect(match("\u{202E}", in: "facture\u{202E}fdp.exe") == "facture\u{202E}fdp.exe")
        #expect(match("a\u{200B}", in: "xa\u{200B}b") == "xa\u{200B}b")
        #expect(match("  ", in: "report  .exe") == "report  .exe")
    }

    @Test func inALongTextWhatStandsAroundItIsShown() {
        let text = String(repeating: "é", count: 100) + "\u{202E}" + String(repeating: "b", count: 300)
        let shown = match("\u{202E}", in: text)
        #expect(EvidenceLimits.bytesAround == 40)
        #expect(shown == "…" + String(repeating: "é", count: 20) + "\u{202E}" + String(repeating: "b", count: 40) + "…")
    }

    @Test func aMatchOutsideOfTheTextIsNoTrap() {
        #expect(Excerpt.match(5..<9, in: Array("abc".utf8)) == "abc")
    }
}
