import Semantics
import TestSupport
import Testing

/// Work grows with the policy and not faster: nothing is looked for among all there is at each of its places.
@Suite struct GrowthTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let single: Int
        let text: @Sendable (Int) -> String

        init(_ what: String, _ single: Int, _ text: @escaping @Sendable (Int) -> String) {
            testDescription = what
            self.single = single
            self.text = text
        }
    }

    private static func repeated(_ count: Int, _ separator: String = "", _ piece: (Int) -> String) -> String {
        (0..<count).map(piece).joined(separator: separator)
    }

    static let cases: [Case] = [
        Case("placeholders that nothing stands for", 500) { size in
            "rule r { when tls then reject \"\(repeated(size, " ") { "{a\($0)}" })\" }\n"
        },
        Case("placeholders of a template that nothing stands for", 500) { size in
            "template t { en { subject \"x\" body \"\(repeated(size, " ") { "{a\($0)}" })\" } }\n"
        },
        Case("words of two scripts between comments", 1_000) { size in
            "list x of Text {\n\(repeated(size) { "\"pa\u{430}ab\($0)\", # comment\n" })}\n"
                + "rule r { when subject in x then defer }\n"
        },
        Case("words of two scripts behind rules", 250) { size in
            repeated(size) { "rule r\($0) { when tls then defer }\n" }
                + "list x of Text {\n\(repeated(size * 20) { "\"pa\u{430}ab\($0)\",\n" })}\n"
        },
        Case("rules that an exemption names", 200) { size in
            repeated(size) { "rule r\($0) { when tls then defer }\nrule s\($0) { when tls then defer }\n" }
                + "exempt e from \(repeated(size * 20, ", ") { "s\($0 % size)" }) { when sender exists }\n"
        },
        Case("rules that an exemption names and that are not there", 300) { size in
            repeated(size) { "rule rule-\($0) { when tls then defer }\n" }
                + "exempt e from \(repeated(size * 2, ", ") { "ruled-\($0)" }) { when sender exists }\n"
        },
        Case("labels that exemptions name", 200) { size in
            repeated(size) { "rule r\($0) { label l\($0) when tls then defer }\n" }
                + "exempt e from \(repeated(size * 20, ", ") { "label l\($0 % size)" }) { when sender exists }\n"
        },
        Case("tests without guard in defines", 150) { size in
            repeated(size) { "define d\($0) = not (from.domain is \"x\($0).example\")\n" }
                + repeated(size) { "rule r\($0) { when d\($0) then defer }\n" }
        },
    ]

    @Test(arguments: cases) func linear(_ given: Case) {
        let head = "policy acme { edition 1 }\nuninspectable { if unknown then defer }\n"
        let growth = Effort.growth(given.single, rounds: 1) { size in
            _ = check(head + given.text(size))
        }
        #expect(growth < Effort.linear)
    }

    /// Each where it stands, also behind escapes and where the same stands before it.
    @Test func placeholdersAreToldAtTheirPlaces() {
        let result = check(
            """
            policy acme { edition 1 }
            rule r { when tls then reject "\\u{7b}past} {sender} \\"{wrong}\\" {wrong} {other}" }
            """)
        let found = result.diagnostics.filter { $0.code.number == SemanticsCode.unknownPlaceholder.rawValue }
        let spans = found.map(\.primary.span)
        #expect(
            spans.map { result.sources[$0.file]?.text($0) }
                == [#""\u{7b}past} {sender} \"{wrong}\" {wrong} {other}""#, "{wrong}", "{wrong}", "{other}"])
        #expect(Set(spans.map(\.start)).count == spans.count)
    }
}
