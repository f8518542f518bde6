import Diagnostics
import Testing

/// Corrections of several faults at once: none spoils another's, and none is made twice.
@Suite struct FixItApplierTests {
    private func apply(_ text: String, _ fixes: [[(Range<Int>, String)]]) -> (text: String, applied: Int) {
        let file = SourceFile(id: FileID(0), path: "a.lazaret", bytes: Array(text.utf8))
        let diagnostics = fixes.map { edits in
            Diagnostic(
                DiagnosticCode(123, "odd"), message: "odd", at: span(edits[0].0),
                fixIts: [FixIt("mend it", edits: edits.map { SourceEdit(span($0.0), $0.1) })])
        }
        let (bytes, applied) = FixItApplier.apply(diagnostics, to: file)
        return (String(decoding: bytes, as: UTF8.self), applied)
    }

    private func span(_ range: Range<Int>) -> SourceSpan {
        SourceSpan(file: FileID(0), start: range.lowerBound, end: range.upperBound)
    }

    @Test func whatIsPutInFrontOfWhatIsReplacedStaysWhole() {
        #expect(
            apply("when sujbect is", [[(5..<12, "subject")], [(5..<5, "tls and ")]]).text == "when tls and subject is")
        #expect(
            apply("when sujbect is", [[(5..<5, "tls and ")], [(5..<12, "subject")]]).text == "when tls and subject is")
        #expect(apply("when sujbect is", [[(5..<12, "subject")], [(12..<12, "!")]]).text == "when subject! is")
    }

    @Test func overlappingCorrectionsWaitForTheNextRun() {
        #expect(apply("abcdef", [[(0..<3, "x")], [(2..<5, "y")]]) == ("xdef", 1))
        #expect(apply("abcdef", [[(1..<4, "x")], [(2..<2, "y")]]) == ("axef", 1))
        // One half of the second overlaps: the other half is not made either.
        #expect(apply("abcdef", [[(0..<2, "x")], [(1..<2, "y"), (4..<5, "z")]]) == ("xcdef", 1))
        // A correction that overlaps itself is none.
        #expect(apply("abcdef", [[(0..<3, "x"), (2..<4, "y")]]) == ("abcdef", 0))
    }

    @Test func theSameInsertionForTwoFaultsIsMadeOnce() {
        #expect(apply("ab", [[(1..<1, "-")], [(1..<1, "-")]]) == ("a-b", 1))
        #expect(apply("ab", [[(1..<1, "-")], [(1..<1, "+")]]) == ("a-+b", 2))
    }

    @Test func placesOutsideTheTextAreLeft() {
        #expect(apply("ab", [[(1..<9, "x")]]) == ("ab", 0))
    }
}
