import SieveImport
import Testing

/// What is not translated is told with its line and the reason that is its own.
@Suite struct UntranslatedTests {
    private func remarks(_ script: String) throws -> [ImportedPolicy.Remark] {
        try ImportedPolicy(
            Array(script.utf8), name: "p", administrator: "a@b.example", refusals: CheckedPolicy.refusals
        ).remarks
    }

    @Test(arguments: [
        ("redirct \"a@b.example\";", "no command of Sieve is called so; did you mean `redirect`?"),
        ("weird;", "no command of Sieve is called so"),
        ("vacation \"away\";", "not within a mailbox"), ("include \"x\";", "nothing that answers to it"),
        ("reject;", "its arguments cannot be read"),
        ("redirect :copi \"a@b.example\";", "did you mean `:copy`?"),
        ("if adress :is \"from\" \"a@b.example\" { keep; }", "did you mean `address`?"),
        ("if header :contians \"subject\" \"x\" { keep; }", "did you mean `:contains`?"),
        ("if header :last \"subject\" \"x\" { keep; }", "not numbered"),
        ("if header :lsat \"subject\" \"x\" { keep; }", "no tag of Sieve is called so; did you mean `:last`?"),
        ("fileinto :flags \"x\" \"y\";", "done without it"), ("keep :specialuse \"x\";", "done without it"),
        ("if hasflag \"x\" { keep; }", "nothing that answers to it"),
        ("deleteheader :index 1 \"x\";", "removed whole"),
        ("deleteheader :contains \"x\" \"y\";", "removed whole"),
        ("if address :user :contains \"to\" \"x\" { keep; }", "to.local"),
        ("if address :contains \"to\" \"\" { keep; }", "to exists"),
        ("if envelope :matches \"to\" \"*\" { keep; }", "recipient exists"),
        ("if body :contains \"\" { keep; }", "every body does"),
        ("if currentdate :zone \"+0900\" :is \"hour\" \"09\" { keep; }", "timezone"),
        ("if currentdate :is \"hour\" \"9\" { keep; }", "two digits"),
        ("require \"encoded-character\"; redirect \"a${hex:40}b.example\";", "the character that is meant"),
        ("reject \"about {subject}\";", "parentheses"), ("addheader \"X-A\" \"{oops}\";", "parentheses"),
    ]) func theReasonIsItsOwn(_ command: String, _ why: String) throws {
        let remarks = try remarks("\n\(command)")
        #expect(remarks.contains { $0.line == 2 && $0.why.contains(why) }, "\(remarks)")
    }

    @Test func aStopThatIsLeftOutIsTold() throws {
        let script = "if hasflag \"x\" { keep; } elsif size :over 1K { if size :over 2K { stop; } }\ndiscard;"
        #expect(try remarks(script).contains { $0.line == 1 && $0.why.contains("they would `stop`") })
        #expect(try !remarks("if hasflag \"x\" { keep; }\ndiscard;").contains { $0.why.contains("they would `stop`") })
    }

    @Test(arguments: [
        (
            "if address :user :is \"to\" [\"bob\", \"x+y\"] { discard; }",
            "to.local is \"bob\" or to.local starts with \"bob+\""
        ),
        (
            "if envelope :is \"from\" [\"\", \"a@b.example\"] { discard; }",
            "not (sender exists) or sender is \"a@b.example\""
        ),
        ("if size :over 1K { return; }\ndiscard;", "unless message.size > 1 KiB"),
        ("fileinto :flags \"\\\\Seen\" \"Foo\";", "quarantine foo"),
        ("fileinto \"Unreadable\";", "quarantine unreadable-2"),
        ("reject \"about {subject}\";", "reject \"about (subject)\""),
        ("if address :detail :matches \"to\" \"*\" { discard; }", "when to.detail exists"),
    ]) func whatIsTranslated(_ script: String, _ text: String) throws {
        let result = try ImportedPolicy(
            Array(script.utf8), name: "p", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
        #expect(result.policy.contains(text), "\(result.policy)")
    }
}
