import Foundation
import Testing

/// `lazaret diff`, with witnesses that real workers have judged.
@Suite struct DiffTests {
    private static let head = """
        policy p {
            edition 1
            domains "acme.example"
        }
        uninspectable {
            if unknown then quarantine unread
        }

        """

    private static func when(_ condition: String) -> String { "rule r { when \(condition) then quarantine a }\n" }

    private struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        let old: String
        let new: String

        var testDescription: String { name }
    }

    /// Changes by which something passes that was held.
    private static let weaker: [Pair] = [
        Pair(name: "size", old: when("message.size > 2 MB"), new: when("message.size > 5 MB")),
        Pair(name: "text", old: when("subject contains \"inv\""), new: when("subject contains \"invoice\"")),
        Pair(
            name: "type and size", old: when("any attachment where (type is pdf and size > 10 KB)"),
            new: when("any attachment where (type is pdf and size > 20 KB)")),
        Pair(
            name: "deeper files", old: when("any file where (type is executable)"),
            new: when("any attachment where (type is executable)")),
        Pair(
            name: "an exemption", old: when("header \"X-Bulk\" exists"),
            new: when("header \"X-Bulk\" exists")
                + "exempt lists from r { when list-id contains \"weekly\" and sender.domain under \"news.example\" }\n"),
        Pair(
            name: "a locked archive", old: when("any file where (type is executable)"),
            new:
                "rule r { when any file where (type is executable) then quarantine a if encrypted (archive) then ignore }\n"
        ),
        Pair(
            name: "sealed mail", old: when("body.text contains \"secret\""),
            new: "rule r { when body.text contains \"secret\" then quarantine a if encrypted then ignore }\n"),
        Pair(
            name: "an engine that is down", old: when("virus"),
            new: "rule r { when virus then quarantine a if engine-down then ignore }\n"),
        Pair(
            name: "a group shrunk", old: "group g { \"*@a.example\", \"bob@b.example\" }\n" + when("sender in g"),
            new: "group g { \"*@a.example\" }\n" + when("sender in g")),
        Pair(name: "direction", old: when("tls"), new: "rule r { on inbound when tls then quarantine a }\n"),
        Pair(
            name: "a count raised by one", old: when("count of attachments > 5"), new: when("count of attachments > 6")),
        Pair(
            name: "a count of files by name", old: when("count of files where (name ends with \".js\") > 2"),
            new: when("count of files where (name ends with \".js\") > 3")),
        Pair(
            name: "a count of links", old: when("count of urls where (host under \"bad.example\") > 2"),
            new: when("count of urls where (host under \"bad.example\") > 4")),
        Pair(
            name: "two counts", old: when("count of files > 5 and count of attachments > 3"),
            new: when("count of files > 7 and count of attachments > 3")),
        Pair(name: "a count of parts", old: when("count of parts > 5"), new: when("count of parts > 6")),
        Pair(
            name: "an expression", old: when("subject matches /offer [0-9]{3}/"),
            new: when("subject matches /offer [0-9]{3}/ and not (from exists)")),
        Pair(
            name: "a name by an expression", old: when("any file where (name matches /\\.(scr|pif)$/i)"),
            new: when("any file where (name matches /\\.(scr|pif)$/i and size > 10 KB)")),
        Pair(
            name: "the name that is shown", old: when("from.display-name is any of (\"The Boss\", \"The Chef\")"),
            new: when("from.display-name is \"The Chef\"")),
        Pair(
            name: "a page", old: when("body.html contains \"offer\""), new: when("body.html contains \"offers\"")),
        Pair(
            name: "hidden text", old: when("body.hidden-text contains \"offer\""),
            new: when("body.hidden-text contains \"offers\"")),
        Pair(
            name: "an answer to a mail", old: when("references contains \"one@a.example\""),
            new: when("references contains \"two-one@a.example\"")),
        Pair(
            name: "letter case", old: when("subject contains \"offer\""),
            new: when("subject contains exactly \"offer\"")),
        Pair(
            name: "kinds of encryption", old: when("message.encryption is any of (pgp-mime, smime)"),
            new: when("message.encryption is smime")),
        Pair(
            name: "an hour of the night", old: when("received-at.hour >= 20 or received-at.hour < 6"),
            new: when("received-at.hour >= 22 or received-at.hour < 6")),
        Pair(
            name: "a day and an hour of the Date field", old: when("date.weekday is sunday and date.hour < 12"),
            new: when("date.weekday is sunday and date.hour < 9")),
        Pair(
            name: "a moment", old: when("received-at > 2026-03-02"), new: when("received-at > 2026-04-01")),
        Pair(
            name: "a client's name", old: when("client.name under \"bad.example\" and tls"),
            new: when("client.name under \"very.bad.example\" and tls")),
    ]

    @Test(arguments: weaker) private func whatPassesIsShownByAMail(_ pair: Pair) throws {
        let scratch = try Scratch(["old.lazaret": Self.head + pair.old, "new.lazaret": Self.head + pair.new])
        let result = try CommandLine.run(
            "diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"), "--save", scratch.path("out"))
        #expect(
            result.output.contains("Can a mail pass now that was held before? yes"), "\(result.output)\(result.errors)")
        #expect(result.status == 1)
        #expect(scratch.text("out/passes-now.eml")?.isEmpty == false)
        #expect(scratch.text("out/passes-now.txt")?.contains("lazaret explain --policy") == true)
        let reverse = try CommandLine.run(
            "diff", "--format", "json", scratch.path("new.lazaret"), scratch.path("old.lazaret"))
        #expect(reverse.status == 0, "\(reverse.output)")
    }

    /// A mail that the old policy takes for inbound and the new one for outbound: one file makes the quantifier true by
    /// the one, another by the other, and no single file would do.
    @Test func aDirectionThatChangesNeedsAFileForEachPolicy() throws {
        let files = "any file where ((direction is inbound and size > 5 MB) or (direction is outbound and size < 1 KB))"
        func head(_ domain: String) -> String { Self.head.replacingOccurrences(of: "acme.example", with: domain) }
        let scratch = try Scratch([
            "old.lazaret": head("a.example")
                + "rule r { on inbound when \(files) then quarantine q if unknown then ignore }\n",
            "new.lazaret": head("b.example")
                + "rule s { on inbound, internal when recipient exists then quarantine q }\n"
                + "rule r { on outbound when recipient exists unless \(files) then quarantine q }\n",
        ])
        let result = try CommandLine.run("diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"))
        #expect(result.output.contains("Can a mail pass now that was held before? cannot tell"), "\(result.output)")
    }

    /// The direction says of whom the mail is and for whom.
    @Test(arguments: [
        ("on outbound when recipient.domain is \"acme.example\"", true),
        ("on outbound when recipient.domain under \"acme.example\"", false),
        ("on internal when recipient.domain is \"other.example\"", true),
        ("on inbound when recipient in (\"*@other.example\")", true),
        ("on inbound when recipient.domain is \"acme.example\"", false),
        ("on inbound when client.ip is \"10.1.2.3\"", true), ("on inbound when client.ip is \"11.1.2.3\"", false),
        ("on inbound when not (recipient.domain is any of (\"acme.example\"))", true),
        ("on outbound when recipient is \"bob@other.example\"", false),
    ]) func aRuleThatNoHonestMailMeetsMayGo(_ rule: String, _ isIdle: Bool) throws {
        let head = Self.head.replacingOccurrences(
            of: "domains \"acme.example\"", with: "domains \"acme.example\"\n    networks \"10.0.0.0/8\"")
        let scratch = try Scratch([
            "old.lazaret": head + "rule r { \(rule) then quarantine a }\n", "new.lazaret": head,
        ])
        let result = try CommandLine.run("diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"))
        let answer = "Can a mail pass now that was held before? \(isIdle ? "no" : "yes")"
        #expect(result.output.contains(answer), "\(result.output)\(result.errors)")
    }

    @Test func aNoteCanBePastedIntoAShell() throws {
        let scratch = try Scratch([
            "old.lazaret": Self.head + Self.when("sender is \"x';id;'@a.example\""), "new.lazaret": Self.head,
        ])
        _ = try CommandLine.run(
            "diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"), "--save", scratch.path("out"))
        let note = try #require(scratch.text("out/passes-now.txt"))
        #expect(note.contains("--from 'x'\\'';id;'\\''@a.example'"), "\(note)")
    }

    /// That one expression matches whatever another does is nothing that is looked into; a mail shows where it does not.
    @Test func aBranchOfAnExpressionIsShown() throws {
        let scratch = try Scratch([
            "old.lazaret": Self.head + Self.when("any file where (name matches /\\.(scr|pif)$/i)"),
            "new.lazaret": Self.head + Self.when("any file where (name matches /\\.scr$/i)"),
        ])
        let result = try CommandLine.run("diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"))
        #expect(result.output.contains("Can a mail pass now that was held before? yes"), "\(result.output)")
    }

    @Test func whatIsOnlyWrittenOtherwiseIsNoChange() throws {
        let scratch = try Scratch([
            "old/p.lazaret": Self.head + "define d = tls and authenticated\n" + Self.when("d or virus"),
            "new/a.lazaret": Self.head,
            "new/b.lazaret": "# a comment\n" + Self.when("virus or (authenticated and tls)"),
        ])
        let result = try CommandLine.run("diff", scratch.path("old"), scratch.path("new"))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("no change of meaning"))
        for format in ["markdown", "json"] {
            let other = try CommandLine.run("diff", "--format", format, scratch.path("old"), scratch.path("new"))
            #expect(other.status == 0, "\(other.output)\(other.errors)")
        }
    }

    @Test func storedMailShowsWhatFaresDifferently() throws {
        let scratch = try Scratch([
            "old.lazaret": Self.head + Self.when("subject contains \"urgent\""),
            "new.lazaret": Self.head + Self.when("subject contains \"urgently\""),
            "mail/a.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Urgent\n\nx\n",
            "mail/b.eml": "From: zoe@client.example\nTo: bob@acme.example\nSubject: Lunch\n\nx\n",
        ])
        let result = try CommandLine.run(
            "diff", scratch.path("old.lazaret"), scratch.path("new.lazaret"), "--fail-on", "never", "--mail",
            scratch.path("mail"))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("1 of 2 mails fare differently"), "\(result.output)")
        #expect(result.output.contains("a.eml for bob@acme.example: quarantine a → deliver; by r"))
    }

    @Test func bundlesAreComparedLikeSources() throws {
        let scratch = try Scratch(["p.lazaret": Self.head + Self.when("tls")])
        #expect(try CommandLine.run("compile", scratch.path("p.lazaret"), "-o", scratch.path("p.lzb")).status == 0)
        let result = try CommandLine.run("diff", scratch.path("p.lzb"), scratch.path("p.lazaret"))
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        #expect(result.output.contains("no change of meaning"))
    }

    /// The page's example says what the command says.
    @Test func thePageOfDiffShowsWhatItPrints() throws {
        let page = try String(
            contentsOf: CommandLine.package.appendingPathComponent("docs/diff.md"), encoding: .utf8)
        func clips(_ size: String) -> String {
            """
            policy p {
                edition 1
                domains "acme.example"
            }

            rule clips {
                when any file where (type is video and size > \(size))
                then quarantine media
                if unknown then defer
            }

            """
        }
        let scratch = try Scratch(["old/policy.lazaret": clips("2 MB"), "new/policy.lazaret": clips("5 MB")])
        let result = try CommandLine.run("diff", "old", "new", in: scratch.url)
        let example = page.components(separatedBy: "$ lazaret diff old new\n")[1].components(separatedBy: "```")[0]
        for line in example.split(separator: "\n") where line != "..." {
            #expect(result.lines.contains(String(line)), "\(line) is not in \(result.output)")
        }
    }
}
