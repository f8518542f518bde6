import Testing
import Vocabulary

/// Domains and addresses in other scripts: both spellings are one name.
@Suite struct DomainTests {
    @Test(arguments: [
        ("xn--mller-kva.example", "müller.example"), ("XN--MLLER-KVA.Example.", "müller.example"),
        ("MÜLLER.example", "müller.example"), ("xn--80ak6aa92e.com", "аррӏе.com"),
        ("www.xn--fiq228c5hs.cn", "www.中文网.cn"), ("xn--bcher-kva.xn--p1ai", "bücher.рф"),
        // What is none stays.
        ("xn--a.example", "xn--a.example"), ("xn--.example", "xn--.example"),
        ("xn--abc-.example", "xn--abc-.example"), ("axn--mller-kva.example", "axn--mller-kva.example"),
        ("xn--\(String(repeating: "9", count: 59)).example", "xn--\(String(repeating: "9", count: 59)).example"),
    ])
    func namesAreInTheirScript(written: String, name: String) {
        #expect(Domain(written).name.string == name)
        #expect(Domain(Domain(written).name) == Domain(written), "not the same when it is read again")
    }

    @Test func aNameInAsciiCannotGrowADot() {
        // The digits say an ideographic full stop between `a` and `b`.
        #expect(!Domain("xn--ab-0k5a.example").name.string.contains("\u{3002}"))
    }

    @Test func underAndPatternsHoldForBothSpellings() {
        #expect(Domain("shop.xn--mller-kva.example").isUnder(Domain("müller.example")))
        #expect(Domain("shop.müller.example").isUnder(Domain("xn--mller-kva.example")))
        let address = Address("Ann@xn--mller-kva.example")
        #expect(AddressPattern("*@MÜLLER.example").matches(address))
        #expect(AddressPattern("xn--mller-kva.example").matches(Address("ann@müller.example")))
        #expect(address.folded == Address("ann@müller.example").folded)
    }

    @Test func detailAndLocalOfQuotedMailboxes() {
        #expect(Address("bob+lists@acme.example").detail == "lists")
        #expect(Address("bob@acme.example").detail == nil)
        let quoted = Address(#""bob smith+x"@acme.example"#)
        #expect(quoted.local == #""bob smith+x""#)
        #expect(quoted.domain == Domain("acme.example"))
    }
}
