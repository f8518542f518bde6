import Lexical
import TestSupport
import Testing
import Vocabulary

@Suite("Numbers with check digits")
struct CheckDigitTests {
    private func found(_ source: String, _ check: MatchCheck, in text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        let scanner = try PatternLibrary().makeScanner([TextPattern(.regex, Text(source), check: check)])
        let matches = scanner.matches(of: 0, in: bytes, limit: 100)
        #expect(matches.isComplete)
        #expect(scanner.scan(bytes) == PatternHits(present: matches.ranges.isEmpty ? [] : [0]))
        return matches.ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test("Payment cards have Luhn's digit")
    func luhn() throws {
        let card = #"\b\d(?:[ -]?\d){12,15}\b"#
        #expect(try found(card, .luhn, in: "4111 1111 1111 1111") == ["4111 1111 1111 1111"])
        #expect(try found(card, .luhn, in: "4111 1111 1111 1112") == [])
        #expect(
            try found(card, .luhn, in: "5500-0000-0000-0004, 340000000000009") == [
                "5500-0000-0000-0004", "340000000000009",
            ])
        #expect(try found(#"\d+"#, .luhn, in: "0") == [])
        #expect(try found(#"\d{4}"#, .luhn, in: "٠٠١٨") == ["٠٠١٨"])
    }

    @Test("IBANs leave 1 of 97")
    func mod97() throws {
        let iban = #"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}\b"#
        #expect(
            try found(iban, .mod97, in: "FR14 2004 1010 0505 0001 3M02 606") == ["FR14 2004 1010 0505 0001 3M02 606"])
        #expect(try found(iban, .mod97, in: "on GB82WEST12345698765432.") == ["GB82WEST12345698765432"])
        #expect(try found(iban, .mod97, in: "GB83WEST12345698765432") == [])
        #expect(try found(#"[a-z0-9]+"#, .mod97, in: "gb82west12345698765432") == ["gb82west12345698765432"])
    }

    @Test("French social security numbers have their key, Corsica's too")
    func nir() throws {
        let nir = #"[1-478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}"#
        #expect(try found(nir, .nir, in: "2 55 08 14 168 025 38") == ["2 55 08 14 168 025 38"])
        #expect(try found(nir, .nir, in: "255081416802539") == [])
        // 97 less the remainder of 2550819168025 and 2550818168025.
        #expect(try found(nir, .nir, in: "255082A16802597") == ["255082A16802597"])
        #expect(try found(nir, .nir, in: "255082B16802527") == ["255082B16802527"])
        #expect(try found(nir, .nir, in: "255082C16802527") == [])
    }

    @Test("What fails hides nothing that begins behind it")
    func laterMatches() throws {
        #expect(try found(#"\d{16}"#, .luhn, in: "94111111111111111") == ["4111111111111111"])
        #expect(try found(#"\d{16}"#, .luhn, in: "41111111111111114111111111111111").count == 2)
        #expect(try found(#".\d{4}"#, .luhn, in: "éé0018") == ["é0018"])
    }

    @Test("Many that fail end undecided, soon")
    func bounded() throws {
        let scanner = try PatternLibrary().makeScanner([TextPattern(.regex, #"\d{1000}"#, check: .luhn)])
        let text = Array(String(repeating: "1234567", count: 100_000).utf8)
        let time = Effort.seconds { _ = scanner.matches(of: 0, in: text, limit: 1) }
        #expect(time < 15)
        let none = try PatternLibrary().makeScanner([TextPattern(.regex, #"1{1000}"#, check: .nir)])
        let hits = none.scan([UInt8](repeating: 0x31, count: 1_000_000))
        #expect(hits == PatternHits(undecided: [0]))
    }
}
