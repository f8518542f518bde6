import Semantics
import Testing

/// A notice speaks the policy's language; a disclaimer stands under mail to anyone.
@Suite struct TemplateLanguageTests {
    @Test(arguments: [
        ("disclaimer held", false), ("notify recipient using held", true),
        ("disclaimer held notify recipient using held", true),
    ])
    func onlyNoticesNeedTheLanguage(_ actions: String, _ isWarned: Bool) {
        let result = check(
            """
            policy acme {
                edition  1
                language fr
            }

            template held { en { subject "Held" body "Held" } }

            rule example {
                on   outbound
                when authenticated
                then \(actions)
            }

            """)
        #expect(result.diagnostics.contains { $0.code.number == 707 } == isWarned, "\(rendered(result))")
        #expect(result.policy != nil, "\(rendered(result))")
    }
}
