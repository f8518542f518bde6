import Lexical
import TestSupport
import Testing
import Vocabulary

/// Texts made to be slow to search: the cost grows with the length, whatever patterns are sought.
@Suite struct HostileTextTests {
    private static let patterns = [
        TextPattern(.regex, #"\b(?:\d[ -]?){13,16}\b"#, check: .luhn),
        TextPattern(.regex, #"\b[3-6]\d{3}(?:[ -]?\d){9,15}\b"#, check: .luhn),
        TextPattern(.regex, #"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"#, check: .mod97),
        TextPattern(.regex, #"\b[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}\b"#, check: .nir),
        TextPattern(.regex, #"https?://[^ ]+\.exe\b"#),
        TextPattern(.regex, #"[a-z0-9.]+@[a-z0-9.]+\.evil"#),
        TextPattern(.near, "secret", neighbour: .init(text: "confidential", distance: 10)),
        TextPattern(.near, "4", folding: .all, neighbour: .init(text: "4 4", distance: 3)),
        TextPattern(.phrase, "strictly confidential", folding: .all),
        TextPattern(.word, "secret"), TextPattern(.literal, "http"), TextPattern(.exact, "4"),
    ]

    @Test(arguments: [
        "4", "4 ", "4-", "4111111111111112 ", "4111 1111 1111 1111 ", "FR14 2004 ", "FR14", "255081416802538 ",
        "http://",
        "http://a.example/x.ex ", "secret ", "secret confidential ", "confidential\u{A0}", "s\u{200B}3cr3t", "e\u{301}",
        "a@a.", "a.a@", "٤", "\u{FF14}", "\r\n", "l1I|", "4 4 \u{FF}",
    ]) func floodsCostTheirLength(_ unit: String) throws {
        let scanner = try PatternLibrary().makeScanner(Self.patterns)
        for pattern in Self.patterns.indices {
            let growth = Effort.growth(10_000) { size in
                let text = Array(String(repeating: unit, count: size / unit.utf8.count).utf8)
                _ = scanner.matches(of: pattern, in: text, limit: 9)
            }
            #expect(growth < Effort.linear, "\(Self.patterns[pattern].source.string)")
        }
        let growth = Effort.growth(20_000) { size in
            _ = scanner.scan(Array(String(repeating: unit, count: size / unit.utf8.count).utf8))
        }
        #expect(growth < Effort.linear)
    }
}
