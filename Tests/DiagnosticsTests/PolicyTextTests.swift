import Diagnostics
import Testing

/// Texts written into policies.
@Suite struct PolicyTextTests {
    @Test func whatCannotBeSeenIsEscaped() {
        #expect(PolicyText.quoted("a \"b\" \\ \n\t") == #""a \"b\" \\ \n\t""#)
        #expect(PolicyText.quoted("x\u{202E}y\u{7F}\u{85}\u{2028}") == #""x\u{202E}y\u{7F}\u{85}\u{2028}""#)
        #expect(PolicyText.quoted("é \u{1F600}") == "\"é \u{1F600}\"")
    }
}
