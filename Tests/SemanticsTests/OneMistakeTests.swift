import Diagnostics
import Semantics
import TestSupport
import Testing

/// One wrong token and what is said of it, exactly: what follows from it alone is not told. Each of these was told by
/// three diagnostics or more, or by one for every place that it touches.
@Suite struct OneMistakeTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let codes: [Int]
        let text: String

        init(_ what: String, _ codes: [Int], _ text: String) {
            testDescription = what
            self.codes = codes
            self.text = text
        }
    }

    static let ofSyntax: [Mistake] = [
        .init("a denial as other languages write it", [13], "rule a { when subject != \"x\" then defer }"),
        .init(
            "a comparison as other languages write it, beside a denial without guard", [13, 500],
            "rule a { when tls == true and not (subject is \"x\") then defer }"),
        .init(
            "a comma for a relation, in a define",
            [430, 20],
            """
            define from-list = subject , "x"
            rule a { when from-list then defer }
            """),
        .init(
            "a comma for a relation, the condition going on below",
            [430, 20],
            """
            define answered = from ,
                and reply-to exists
            rule a { when answered then defer }
            """),
        .init(
            "a brace for a relation, in a define",
            [430, 16],
            """
            define marked for file = name } "x" or size > 5 MB
            rule a { when any file where (marked) then defer }
            """),
        .init(
            "a brace for the word that begins a declaration",
            [16],
            """
            } pests of IP { "198.51.100.7" }
            rule a { when subject contains "x" and client-ip in pests then defer }
            """),
        .init(
            "a module and `import` in the wrong order",
            [11],
            """
            standard.size import with (largest 30 MB)
            rule a { when authenticated then defer }
            """),
        .init(
            "a text and the `define` of the next line in the wrong order",
            [10],
            """
            define urgent = subject contains define
            "urgent" about-money = subject contains "money"
            rule a { when urgent and about-money then defer }
            """),
        .init(
            "a setting's name and `setting` in the wrong order",
            [11],
            """
            most setting take smallest {
                otherwise 5 MB
            }
            rule a { when message.size > most then reject "at most {most}" }
            """),
        .init(
            "a parameter's name and `parameter` in the wrong order, in a module",
            [11],
            """
            import one
            === module one
            large-size parameter = 50 MB
            setting most take largest {
                otherwise 5 MB
                when authenticated then large-size
            }
            rule a { when message.size > most then defer }
            """),
        .init(
            "a comma for `parameter`, in a module",
            [20],
            """
            import one
            === module one
            , most-recipients = 100
            rule a { when count of recipients > most-recipients then defer }
            """),
        .init(
            "a unit gone from a parameter's default",
            [10],
            """
            import one with (largest 4 KB)
            === module one
            parameter largest = 2 then
            rule a { when message.size > largest then defer }
            """),
        .init(
            "a unit and the `parameter` of the next line in the wrong order",
            [10],
            """
            import one with (largest 4 KB)
            === module one
            parameter largest = 2 parameter
            MB other = 5
            rule a { when message.size > largest then defer }
            """),
        .init(
            "a parenthesis for a unit, among arguments",
            [225, 20],
            """
            import one with (largest 16 ), other 5)
            === module one
            parameter largest = 2 KB
            parameter other = 2
            rule a { when message.size > largest and count of recipients > other then defer }
            """),
        .init(
            "a comma for an argument's name",
            [20],
            """
            import one with (largest 16 KB, , true)
            === module one
            parameter largest = 2 KB
            parameter blocks = false
            setting most take one { otherwise blocks }
            rule a { when message.size > largest and message.encrypted is most then defer }
            """),
        .init(
            "two faulty arguments",
            [10, 10],
            """
            import one with (largest }, other =)
            === module one
            parameter largest = 2 KB
            parameter other = 2
            rule a { when message.size > largest and count of recipients > other then defer }
            """),
        .init(
            "a clause's word for a direction",
            [10],
            """
            rule a {
                on   then
                when authenticated
                then redirect to "a@acme.example"
            }
            rule b { on inbound when authenticated then redirect to "b@acme.example" }
            """),
        .init(
            "a comma for `when`",
            [603, 10],
            """
            rule a {
                on   outbound
                ,    subject is "x"
                then redirect to "a@acme.example"
            }
            rule b { on inbound when authenticated then redirect to "b@acme.example" }
            """),
        .init(
            "`and` for `mentions`",
            [430, 232],
            """
            dictionary words { threshold 1
                1 word "x" }
            rule a { when subject and words in total then defer }
            """),
    ]

    static let ofMeaning: [Mistake] = [
        .init(
            "a module that is not there, called as a fact is",
            [220],
            """
            import wibble
            exempt trusted from size.too-big { when authenticated }
            exempt others from label large { when tls }
            test "sizes" {
                mail "a.eml" from "eve@partner.example" to "bob@acme.example"
                expect size.too-big fires
                expect size.too-small quiet
            }
            """),
        .init(
            "a word among a setting's texts, used in several rules",
            [346],
            """
            setting who take one {
                otherwise wibble
                when authenticated then "colleague"
                when tls then "guest"
            }
            rule a { when who is "colleague" then defer }
            rule b { when who is "guest" and not (who is "colleague") then defer }
            """),
        .init(
            "`and` for a relation, before several texts",
            [430],
            """
            rule a { when subject and any of ("a", "b", "c") then defer }
            """),
        .init(
            "`and` for a relation, before several words",
            [430],
            """
            rule a { when any file where (type and any of (audio, video)) then defer }
            """),
        .init(
            "what is no address as the administrator",
            [209],
            """
            === file header.lazaret
            policy acme { edition 1 admin "x" }
            === file rules.lazaret
            rule a { when authenticated then notify admin if unknown then notify admin }
            rule b { when authenticated then notify admin }
            """),
        .init(
            "a comma for `admin`",
            [208, 208],
            """
            === file header.lazaret
            policy acme { edition 1 networks "192.0.2.0/24", "a@acme.example", "b@acme.example" }
            === file rules.lazaret
            rule a { when authenticated then notify admin }
            """),
        .init(
            "no administrator at all",
            [611],
            """
            rule a { when authenticated then notify admin }
            rule b { when authenticated then notify admin }
            """),
        .init(
            "another recipient of a test's mail",
            [658],
            """
            test "a" {
                mail "a.eml" inbound from "a@b.example" to "x@acme.example"
                expect deliver for "bob@acme.example"
                expect no notice for "bob@acme.example"
            }
            """),
        .init(
            "what is no address as the recipient of a test's mail",
            [209],
            """
            test "a" {
                mail "a.eml" inbound from "a@b.example" to "x"
                expect deliver for "bob@acme.example"
                expect no notice for "bob@acme.example"
            }
            """),
        .init(
            "an allowance that cannot be read",
            [10, 10],
            """
            === file header.lazaret
            policy acme {
                edition  1
                language fr
                admin    "a@acme.example"
                allow    template-without-language deny
                "because"  unused-list
            }
            === file rules.lazaret
            template one { en { subject "x" body "y" } }
            rule a { when authenticated then notify admin using one }
            """),
    ]

    /// What is more than one mistake stays more than one.
    static let several: [Mistake] = [
        .init(
            "a threshold that two texts reach in total",
            [],
            """
            dictionary d { threshold 10 5 word "confidential" }
            rule a { when message.text mentions d in total then defer if unknown then defer }
            """),
        .init(
            "a brace too many, and a fault in the next line",
            [16, 10],
            """
            rule a { when authenticated then defer } }
            group 5 { "a@b.example" }
            """),
        .init(
            "two faulty declarations in one line",
            [10, 10],
            """
            group 5 { "a@b.example" } group 6 { "a@b.example" }
            """),
        .init(
            "a comma too many, and a misspelt field",
            [20, 11],
            """
            === file header.lazaret
            policy acme { edition 1, descripton "x" }
            """),
        .init(
            "two recipients that a test's mail does not go to",
            [658, 658],
            """
            test "a" {
                mail "a.eml" inbound from "a@b.example" to "x@acme.example"
                expect deliver for "bob@acme.example"
                expect no notice for "eve@acme.example"
            }
            """),
    ]

    @Test(arguments: ofSyntax + ofMeaning + several)
    func isTold(_ mistake: Mistake) {
        let header = mistake.text.hasPrefix("=== file") ? "" : "policy acme { edition 1 }\n"
        let result = check(header + mistake.text)
        #expect(result.diagnostics.map(\.code.number) == mistake.codes, "\(rendered(result))")
    }
}
