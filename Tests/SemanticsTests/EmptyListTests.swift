import Semantics
import Testing

/// A list may be empty; a rule that asks for it stays a rule.
@Suite struct EmptyListTests {
    @Test(arguments: [
        "subject contains any of (nothing)", "subject starts with any of (nothing)",
        "subject contains all of (nothing)",
        "from.display-name looks like any of (nothing)", "subject is any of (nothing)",
        "not (subject otherwise \"\" contains any of (nothing))",
    ]) func noRuleIsLost(_ condition: String) {
        let result = check(
            sources(
                of: """
                    policy p { edition 1 domains "acme.example" }
                    list nothing of Text {}
                    uninspectable { if unknown then defer }
                    rule r { when \(condition) then defer }
                    """))
        #expect(result.policy?.rules.map(\.name) == ["r"], "\(rendered(result))")
    }
}
