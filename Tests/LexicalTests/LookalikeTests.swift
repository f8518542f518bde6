import Lexical
import Testing
import Vocabulary

@Suite("What looks like something else")
struct LookalikeTests {
    private let library = PatternLibrary()

    private func alike(_ value: Value, _ sought: Value) -> Bool {
        Lookalike.alike(library.skeletons(of: value), library.skeletons(of: sought))
    }

    private func names(_ value: String, _ sought: String) -> Bool {
        alike(.text(Text(value)), .text(Text(sought)))
    }

    @Test(
        "Names that a reader takes for one another",
        arguments: [
            "Anne Durand", "ANNE  DURAND", "Аnnе Durаnd", "Anne Durànd", "A n n e D u r a n d", "Anne\u{200b}Durand ",
            "Anne Durant", "Ane Durand", "Anne Duraand", "Ａｎｎｅ Ｄｕｒａｎｄ",
        ])
    func alike(_ value: String) { #expect(names(value, "Anne Durand")) }

    @Test("Names that are others", arguments: ["Anne Durham", "Anne", "Durand Anne", "", "Mr Anne Durand"])
    func different(_ value: String) { #expect(!names(value, "Anne Durand")) }

    @Test("Capital letters resemble others than small ones")
    func capitals() {
        #expect(names("PayPaI", "paypal"))
        #expect(names("PAYPAL", "paypal"))
        #expect(names("paypa1", "PayPal"))
        #expect(names("rnicrosoft", "Microsoft"))
        #expect(names("MICROS0FT", "microsoft"))
    }

    @Test("A short text has no character to spare")
    func short() {
        #expect(names("IВM", "IBM"))
        #expect(!names("IBN", "IBM"))
        #expect(!names("", "a"))
        #expect(library.skeletons(of: .text(" \u{200b}\u{ad}")).isEmpty)
    }

    @Test("Of domains and addresses the encoded labels are decoded")
    func domains() {
        #expect(alike(.domain(Domain("xn--pypal-4ve.example")), .domain(Domain("paypal.example"))))
        #expect(alike(.domain(Domain("paypa1.example")), .text("paypal.example")))
        #expect(!alike(.domain(Domain("paypal.example.evil.example")), .domain(Domain("paypal.example"))))
        #expect(alike(.address(Address("ceo@xn--pypal-4ve.example")), .text("ceo@paypal.example")))
        #expect(alike(.domain(Domain("paypal.example")), .domain(Domain("paypal.example"))))
        #expect(library.skeletons(of: .bool(true)).isEmpty)
    }
}
