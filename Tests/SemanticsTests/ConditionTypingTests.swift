import Diagnostics
import Semantics
import Testing
import Vocabulary

/// What conditions come to.
@Suite struct ConditionTypingTests {
    private static let head = """
        policy acme { edition 1 domains "acme.example" networks "192.0.2.0/24" }
        group finance { "*@finance.acme.example", "payroll@acme.example" }
        list shorteners of Domain { "bit.example", "t.example" }
        list marks of Text { "urgent", "now" }
        define large for file = size > 2 MB
        define deep = any file where (large)
        uninspectable { if unknown then defer }

        """

    /// The typed condition, without places.
    private func typed(_ condition: String) -> String {
        let result = check(Self.head + "rule example {\n when \(condition)\n then quarantine review\n}")
        guard let rule = result.policy?.rules.first else { return rendered(result) }
        return describe(rule.when)
    }

    private func describe(_ formula: Formula) -> String {
        switch formula {
        case .constant(let value): return "\(value)"
        case .not(let operand): return "!\(describe(operand))"
        case .and(let operands): return "(" + operands.map(describe).joined(separator: " & ") + ")"
        case .or(let operands): return "(" + operands.map(describe).joined(separator: " | ") + ")"
        case .atLeast(let least, let operands, _):
            return "\(least)of(" + operands.map(describe).joined(separator: ", ") + ")"
        case .some(let some): return "some \(some.list.rawValue)#\(some.binder) \(describe(some.body))"
        case .count(let count): return "\(count.measure) \(count.order.rawValue) \(count.bound)"
        case .atom(let atom): return describe(atom.test)
        }
    }

    private func describe(_ operand: Operand) -> String {
        switch operand {
        case .fact(let reference): return reference.description + (reference.binder.map { "#\($0)" } ?? "")
        case .computed(let reference): return "\(reference.name):\(reference.type.rawValue)"
        case .constant(let value): return "‹\(value.described(as: value.naturalType))›"
        case .otherwise(let first, let second): return "\(describe(first)) else \(describe(second))"
        }
    }

    private func describe(_ test: Semantics.Test) -> String {
        func list(_ operands: [Operand]) -> String { operands.map(describe).joined(separator: " ") }
        switch test {
        case .holds(let operand): return describe(operand)
        case .exists(let reference): return "exists \(reference)" + (reference.binder.map { "#\($0)" } ?? "")
        case .compare(let left, let order, let right): return "\(describe(left)) \(order.rawValue) \(describe(right))"
        case .equals(let left, let all, let exactly): return "\(describe(left)) =\(exactly ? "!" : "") \(list(all))"
        case .text(let relation, let left, let all, let exactly):
            return "\(describe(left)) \(relation.rawValue)\(exactly ? "!" : "") \(list(all))"
        case .under(let left, let all): return "\(describe(left)) under \(list(all))"
        case .member(let left, let set): return "\(describe(left)) in set\(set)"
        case .matches(let left, let all):
            return "\(describe(left)) ~ " + all.map { "/\($0.source.string)/\($0.ignoresCase ? "i" : "")" }.joined()
        case .mentions(let left, let dictionary, let least, let inTotal):
            return "\(describe(left)) mentions \(dictionary) at \(least)\(inTotal ? " in total" : "")"
        case .insideType(let binder, let types): return "#\(binder) inside \(types.map(\.name))"
        case .insideElement(let binder, let container): return "#\(binder) inside #\(container)"
        }
    }

    @Test(arguments: [
        ("tls and not (authenticated)", "(tls & !authenticated)"),
        ("authenticated is false", "!authenticated"),
        ("message is encrypted", "message.encrypted"),
        ("message is not signed", "!message.signed"),
        ("message is any of (encrypted, malformed)", "(message.encrypted | message.malformed)"),
        ("message.size > 1.5 MB", "message.size > ‹1500000›"),
        ("2 KiB < message.size", "‹2048› < message.size"),
        ("subject is \"Hello\"", "subject = ‹Hello›"),
        ("subject is exactly any of (\"a\", \"b\")", "subject =! ‹a› ‹b›"),
        ("subject contains all of (\"a\", \"b\")", "(subject contains ‹a› & subject contains ‹b›)"),
        ("subject contains any of (marks, \"b\")", "subject contains ‹urgent› ‹now› ‹b›"),
        (
            "subject starts with \"a\" or subject.base ends with exactly \"b\"",
            "(subject starts with ‹a› | subject.base ends with! ‹b›)"
        ),
        (
            "from.domain under any of (shorteners, \"x.example\")",
            "from.domain under ‹x.example› ‹bit.example› ‹t.example›"
        ),
        ("from in finance and sender in (\"a@b.example\", \"*@c.example\")", "(from in set0 & sender in set1)"),
        ("from is any of (finance, \"a@b.example\")", "(from = ‹a@b.example› | from in set0)"),
        ("client.ip in policy.networks", "client.ip in set0"),
        ("reply-to otherwise from in finance", "reply-to else from in set0"),
        ("from.domain is sender.domain", "from.domain = sender.domain"),
        ("header \"X-Spam\" as number >= 5.25", "header \"x-spam\" as number >= ‹5250›"),
        ("auth.dmarc is not any of (pass, none)", "!auth.dmarc = ‹pass› ‹none›"),
        ("direction is inbound", "direction = ‹inbound›"),
        ("subject matches /a.b/is", "subject ~ /(?s)a.b/i"),
        ("any file where (type is pdf and encrypted)", "some files#0 (type#0 = ‹pdf› & exists encryption#0)"),
        (
            "every attachment where (type is pdf) and count of attachments > 0",
            "(!some attachments#0 !type#0 = ‹pdf› & count of attachments > 0)"
        ),
        ("no part where (damaged)", "!some parts#0 damaged#0"),
        (
            "any file as outer where (outer is encrypted and any file where (inside outer and large))",
            "some files#0 (exists encryption#0 & some files#1 (#1 inside #0 & size#1 > ‹2000000›))"
        ),
        ("deep", "some files#0 size#0 > ‹2000000›"),
        ("any file where (inside any of (zip, rar))", "some files#0 #0 inside [\"zip\", \"rar\"]"),
        ("count of distinct recipients.domain > 50", "count of recipients.domain > 50"),
        ("sum of files.size where (large) > 20 MB", "sum of files.size > 20000000"),
        ("count of distinct urls.host > 3", "count of distinct message.urls.host > 3"),
        (
            "count of distinct message.urls.host.tld where (inside archive) > 3",
            "count of distinct message.urls.host.tld > 3"
        ),
        ("count of distinct files.sha256 > 3", "count of distinct files.sha256 > 3"),
        ("count of matches /!/ in subject >= 3", "count of matches in subject >= 3"),
        ("at least 2 of (tls, authenticated, virus)", "2of(tls, authenticated, virus)"),
        ("any of (tls, authenticated) and all of (virus)", "((tls | authenticated) & virus)"),
        ("sender exists and sender is not \"a@b.example\"", "(exists sender & !sender = ‹a@b.example›)"),
        ("sender not exists or not (sender in finance)", "(!exists sender | !sender in set0)"),
    ])
    func comesTo(_ condition: String, _ formula: String) {
        #expect(typed(condition) == formula)
    }
}
