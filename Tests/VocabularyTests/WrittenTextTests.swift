import Testing
import Vocabulary

@Suite struct WrittenTextTests {
    @Test func aTextIsCutAtACharacterWithinItsBound() {
        #expect(WrittenText.line("abcdef", upTo: 6) == "abcdef")
        #expect(WrittenText.line("abcdefg", upTo: 6) == "abc…")
        #expect(WrittenText.line("éééé", upTo: 7) == "éé…")
        #expect(WrittenText.line("a\nb\u{200B}c", upTo: 20) == "a b c")
    }

    @Test func aValueIsCutAtItsBound() {
        let most = WrittenTextLimits.valueBytes
        func written(_ count: Int) -> String {
            WrittenText.of(.known(.text(Text(String(repeating: "a", count: count)))), as: .text)
        }
        #expect(written(most) == String(repeating: "a", count: most))
        #expect(written(most + 1) == String(repeating: "a", count: most - 3) + "…")
    }

    @Test func anExcerptIsCutAtItsBound() {
        let most = EvidenceLimits.excerptBytes
        let whole = String(repeating: "a", count: most)
        #expect(Excerpt.of(whole) == whole)
        #expect(Excerpt.of(whole + "a") == whole + "…")
        // A character that does not fit as a whole is left out.
        #expect(Excerpt.of(String(whole.dropLast()) + "é") == whole.dropLast() + "…")
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00 UTC"), (951_782_400, "2000-02-29 00:00:00 UTC"), (-1, "1969-12-31 23:59:59 UTC"),
            (4_107_542_399, "2100-02-28 23:59:59 UTC"), (1_795_539_169, "2026-11-24 16:52:49 UTC"),
            (Int64.max, "9999-12-31 23:59:59 UTC"), (Int64.min, "0000-01-01 00:00:00 UTC"),
        ] as [(Int64, String)])
    func timesAreReadable(_ seconds: Int64, _ text: String) {
        #expect(CivilTime(secondsSince1970: seconds).description == text)
    }
}
