import Bytecode
import Compiler
import Lexical
import PolicyDiff
import Testing

/// Pairs of policies, each with what is proven of it and what is not.
@Suite struct PairTests {
    /// Whether the solver has a proof that there is no such mail.
    enum Expected {
        case no
        case open
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        let old: String
        let new: String
        let passes: Expected
        let held: Expected
        /// Whether the meaning changed as the list of changes has it.
        var isChanged = true

        var testDescription: String { name }
    }

    static let head = """
        policy p {
            edition 1
            domains "acme.example"
            auth-servers "mx.acme.example"
        }
        uninspectable {
            if unknown then quarantine unread
        }

        """

    private static func rule(_ name: String = "r", _ clauses: String) -> String { "rule \(name) {\n\(clauses)\n}\n" }

    private static func when(_ condition: String, then: String = "quarantine a") -> String {
        rule("r", "when \(condition)\nthen \(then)")
    }

    /// A size that is held, of everyone else and of our own.
    private static func limit(_ others: Int, _ ours: Int) -> String {
        """
        setting most take largest {
            otherwise \(others) MB
            when recipient in ("*@acme.example") then \(ours) MB
        }

        """ + when("message.size > most")
    }

    static let pairs: [Pair] = conditions + rules + wholes

    private static let conditions: [Pair] = [
        Pair(
            name: "a threshold raised", old: when("message.size > 2 MB"), new: when("message.size > 5 MB"),
            passes: .open, held: .no),
        Pair(
            name: "a threshold lowered", old: when("message.size > 5 MB"), new: when("message.size > 2 MB"),
            passes: .no, held: .open),
        Pair(
            name: "a setting's value raised", old: limit(5, 9), new: limit(5, 12), passes: .open, held: .no),
        Pair(
            name: "a setting's value lowered", old: limit(5, 9), new: limit(4, 9), passes: .no, held: .open),
        Pair(
            name: "a setting written out", old: limit(5, 9),
            new: when(
                "(recipient in (\"*@acme.example\") and message.size > 9 MB)"
                    + " or (not (recipient in (\"*@acme.example\")) and message.size > 5 MB)"), passes: .no, held: .no,
            isChanged: false),
        Pair(
            name: "a setting's best row is not the greatest", old: limit(5, 3), new: limit(5, 4), passes: .open,
            held: .no),
        Pair(
            name: "a type list narrowed", old: when("any file where (type is any of (video, audio))"),
            new: when("any file where (type is video)"), passes: .open, held: .no),
        Pair(
            name: "a type widened by the lattice", old: when("any file where (type is mp4)"),
            new: when("any file where (type is media)"), passes: .no, held: .open),
        Pair(
            name: "contains a shorter text", old: when("subject contains \"invoice\""),
            new: when("subject contains \"INV\""), passes: .no, held: .open),
        Pair(
            name: "contains a longer text", old: when("subject contains \"inv\""),
            new: when("subject contains \"invoice\""), passes: .open, held: .no),
        Pair(
            name: "starts with, then contains", old: when("subject starts with \"Re: bill\""),
            new: when("subject contains \"bill\""), passes: .no, held: .open),
        Pair(
            name: "under in place of is", old: when("from.domain is \"shop.example\""),
            new: when("from.domain under \"shop.example\""), passes: .no, held: .open),
        Pair(
            name: "at least two in place of any",
            old: when("any of (subject contains \"a1\", tls, from.domain under \"b.example\")"),
            new: when("at least 2 of (subject contains \"a1\", tls, from.domain under \"b.example\")"),
            passes: .open, held: .no),
        Pair(
            name: "attachments in place of files", old: when("any file where (type is executable)"),
            new: when("any attachment where (type is executable)"), passes: .open, held: .no),
        Pair(
            name: "files in place of attachments", old: when("any attachment where (type is executable)"),
            new: when("any file where (type is executable)"), passes: .no, held: .open),
        Pair(
            name: "a condition added to a quantifier", old: when("any file where (type is video)"),
            new: when("any file where (type is video and size > 1 MB)"), passes: .open, held: .no),
        Pair(
            name: "more of them are wanted", old: when("count of attachments where (type is pdf) > 3"),
            new: when("count of attachments where (type is pdf) > 5"), passes: .open, held: .no),
        Pair(
            name: "one in place of none", old: when("any attachment where (type is pdf)"),
            new: when("count of attachments where (type is pdf) > 2"), passes: .open, held: .no),
        Pair(
            name: "de Morgan", old: when("not (tls or authenticated)"), new: when("not (tls) and not (authenticated)"),
            passes: .no, held: .no),
        Pair(
            name: "operands in another order", old: when("tls and subject contains \"x\""),
            new: when("subject contains \"x\" and tls"), passes: .no, held: .no, isChanged: false),
        Pair(
            name: "a dictionary's threshold raised", old: dictionary(at: 5) + when("subject mentions d"),
            new: dictionary(at: 9) + when("subject mentions d"), passes: .open, held: .no),
        Pair(
            name: "a dictionary grown", old: dictionary(at: 5) + when("subject mentions d"),
            new: dictionary(at: 5, more: "7 word \"sealed\"") + when("subject mentions d"), passes: .no, held: .open),
    ]

    private static func dictionary(at threshold: Int, more: String = "") -> String {
        "dictionary d {\nthreshold \(threshold)\n5 word \"secret\"\n5 phrase \"for your eyes\"\n\(more)\n}\n"
    }

    private static let rules: [Pair] = [
        Pair(
            name: "unless added", old: rule("r", "when tls\nthen reject \"no\""),
            new: rule("r", "when tls\nunless authenticated\nthen reject \"no\""), passes: .open, held: .no),
        Pair(
            name: "reject becomes quarantine", old: when("tls", then: "reject \"no\""), new: when("tls"), passes: .no,
            held: .no),
        Pair(
            name: "direction narrowed", old: when("tls"), new: rule("r", "on inbound\nwhen tls\nthen quarantine a"),
            passes: .open, held: .no),
        Pair(
            name: "a rule is renamed", old: when("tls"), new: rule("s", "when tls\nthen quarantine a"), passes: .no,
            held: .no),
        Pair(
            name: "a rule split in two", old: when("tls or subject contains \"x\""),
            new: rule("r1", "when tls\nthen quarantine a")
                + rule("r2", "when subject contains \"x\"\nthen quarantine a"),
            passes: .no, held: .no),
        Pair(
            name: "a rule that another covers is gone",
            old: rule("r1", "when message.size > 9 MB\nthen quarantine a")
                + rule("r2", "when message.size > 1 MB\nthen quarantine a"),
            new: rule("r2", "when message.size > 1 MB\nthen quarantine a"), passes: .no, held: .no),
        Pair(
            name: "a rule is gone", old: when("tls") + rule("s", "when virus\nthen quarantine b"), new: when("tls"),
            passes: .open, held: .no),
        Pair(
            name: "an answer to an engine that is down",
            old: rule("r", "when virus\nthen quarantine a"),
            new: rule("r", "when virus\nthen quarantine a\nif engine-down then ignore"), passes: .open, held: .no),
    ]

    private static let wholes: [Pair] = [
        Pair(
            name: "an exemption is added", old: when("tls"),
            new: when("tls") + "exempt partners from r { when auth.dmarc is pass }\n", passes: .open, held: .no),
        Pair(
            name: "mandatory dropped, with an exemption of all that is encrypted",
            old: "mandatory " + rule("r", "when any file where (type is video)\nthen quarantine a")
                + "exempt sealed from unknown encrypted { when authenticated }\n",
            new: rule("r", "when any file where (type is video)\nthen quarantine a")
                + "exempt sealed from unknown encrypted { when authenticated }\n", passes: .open, held: .no),
        Pair(
            name: "a group grown", old: "group g { \"*@a.example\" }\n" + when("sender in g"),
            new: "group g { \"*@a.example\", \"bob@b.example\" }\n" + when("sender in g"), passes: .no, held: .open),
        Pair(
            name: "a group shrunk", old: "group g { \"*@a.example\", \"bob@b.example\" }\n" + when("sender in g"),
            new: "group g { \"*@a.example\" }\n" + when("sender in g"), passes: .open, held: .no),
        Pair(
            name: "a group's name changed", old: "group g { \"*@a.example\" }\n" + when("sender in g"),
            new: "group h { \"*@a.example\" }\n" + when("sender in h"), passes: .no, held: .no, isChanged: false),
        Pair(
            name: "a define written out", old: "define d = tls and authenticated\n" + when("d"),
            new: when("authenticated and tls"), passes: .no, held: .no, isChanged: false),
        Pair(
            name: "a group of one address in place of a pattern",
            old: "group g { \"bob@b.example\" }\n"
                + when("sender in g"), new: "group g { \"*@b.example\" }\n" + when("sender in g"), passes: .no,
            held: .open),
        Pair(
            name: "a score's bound raised", old: score + when("spam-points >= 5"),
            new: score + when("spam-points >= 7"),
            passes: .open, held: .no),
        Pair(
            name: "a score that says what a rule said", old: score + when("spam-points >= 8"),
            new: score + when("tls and subject contains \"x\""), passes: .no, held: .no),
    ]

    private static let score = "score spam-points {\n5 when tls\n3 when subject contains \"x\"\n}\n"

    @Test(arguments: pairs) func isProvenOrLeftOpen(_ pair: Pair) throws {
        let comparison = PolicyComparison(old: try Self.program(pair.old), new: try Self.program(pair.new))
        #expect(comparison.changes.isEmpty == !pair.isChanged, "\(comparison.changes)")
        expect(comparison.search(.passesNow).next(), pair.passes, "passes now")
        expect(comparison.search(.heldNow).next(), pair.held, "held now")
    }

    @Test func aWeakerAnswerIsFound() throws {
        let old = try Self.program(Self.when("any file where (type is video)", then: "reject \"no\""))
        let text = Self.rule("r", "when any file where (type is video)\nthen reject \"no\"\nif encrypted then ignore")
        let comparison = PolicyComparison(old: old, new: try Self.program(text))
        guard case .found(let found) = comparison.search(.passesNow).next() else {
            Issue.record("no case")
            return
        }
        #expect(found.oldVerdicts.map(\.rule) == ["r"])
        #expect(found.oldVerdicts.first?.unknown.isSubset(of: .encrypted) == true)
        #expect(found.newVerdicts.isEmpty)
    }

    private func expect(_ result: PassageSearchResult, _ expected: Expected, _ question: String) {
        switch (result, expected) {
        case (.none, .no), (.found, .open): break
        default: Issue.record("\(question): \(result)")
        }
    }

    static func program(_ text: String, head: String = head) throws -> Program {
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(head + text))
        let bundle = try #require(result.bundle, "\(result.diagnostics)")
        return try Bundle.read(bundle)
    }
}
