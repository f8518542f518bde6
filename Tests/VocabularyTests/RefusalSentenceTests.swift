import Testing
import Vocabulary

@Suite("Sentences of refusals") struct RefusalSentenceTests {
    @Test("Each fits a reply, in both languages", arguments: RefusalSentence.allCases)
    func sentences(_ sentence: RefusalSentence) {
        let texts = ["fr", "en"].map { sentence.text(in: [$0]) }
        #expect(texts[0] != texts[1])
        for text in texts { #expect(RefusalSentence.ascii(text) == text && !text.isEmpty) }
        #expect(sentence.text(in: ["de", "fr-CA", "en"]) == texts[0])
        #expect(sentence.text(in: []) == texts[1])
    }

    @Test(
        "Texts of policies become ASCII",
        arguments: [
            ("refusé : « œuvre »", "refuse : \" oeuvre \""), ("e\u{301}té", "ete"), ("a\r\nb\u{0}", "a  b "),
            ("日本", "??"),
            ("Straße…", "Strasse..."),
        ])
    func ascii(_ text: String, _ plain: String) { #expect(RefusalSentence.ascii(text) == plain) }

    @Test("No longer than a reply may be")
    func bound() {
        let most = WrittenTextLimits.refusalBytes
        #expect(RefusalSentence.ascii(String(repeating: "é", count: most)).utf8.count == most)
        #expect(RefusalSentence.ascii(String(repeating: "é", count: most + 1)).utf8.count == most)
        // What would be cut in its middle is left out.
        #expect(RefusalSentence.ascii(String(repeating: "a", count: most - 1) + "œ").utf8.count == most - 1)
    }
}
