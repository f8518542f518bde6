import Diagnostics
import Semantics
import Testing

/// What is offered where a condition also holds for mail that lacks a fact: the guard stands outside of what is denied.
@Suite struct GuardFixTests {
    static let cases: [(condition: String, left: String, taken: String)] = [
        (
            #"not (sender in bad)"#, #"sender exists and not (sender in bad)"#,
            #"not (sender exists and sender in bad)"#
        ),
        (
            #"tls and not (sender in bad)"#, #"tls and sender exists and not (sender in bad)"#,
            #"tls and not (sender exists and sender in bad)"#
        ),
        (
            #"tls or not (sender in bad)"#, #"tls or (sender exists and not (sender in bad))"#,
            #"tls or not (sender exists and sender in bad)"#
        ),
        (
            #"from.domain is not "a.example""#, #"from exists and from.domain is not "a.example""#,
            #"(not (from exists) or from.domain is not "a.example")"#
        ),
        (
            #"tls or from.domain is not "a.example""#, #"tls or (from exists and from.domain is not "a.example")"#,
            #"tls or (not (from exists) or from.domain is not "a.example")"#
        ),
        (
            #"not (tls and sender in bad)"#, #"sender exists and not (tls and sender in bad)"#,
            #"not (tls and (sender exists and sender in bad))"#
        ),
        (
            #"not (tls and not (tls and not (sender in bad)))"#,
            #"not (tls and not (tls and sender exists and not (sender in bad)))"#,
            #"not (tls and not (tls and not (sender exists and sender in bad)))"#
        ),
        (
            #"no file where (name ends with ".exe")"#,
            #"no file where (not (name exists) or name ends with ".exe")"#,
            #"no file where (name exists and name ends with ".exe")"#
        ),
        (
            #"any file where (not (name ends with ".exe"))"#,
            #"any file where (name exists and not (name ends with ".exe"))"#,
            #"any file where (not (name exists and name ends with ".exe"))"#
        ),
        (
            #"no file where (sender in bad)"#, #"sender exists and no file where (sender in bad)"#,
            #"no file where (sender exists and sender in bad)"#
        ),
        (
            #"any file as f where (any file where (inside f) and not (f.name ends with ".exe"))"#,
            #"any file as f where (any file where (inside f) and f.name exists and not (f.name ends with ".exe"))"#,
            #"any file as f where (any file where (inside f) and not (f.name exists and f.name ends with ".exe"))"#
        ),
    ]

    @Test(arguments: cases.map(\.condition))
    func bothReadingsAreOffered(_ condition: String) throws {
        let expected = try #require(Self.cases.first { $0.condition == condition })
        let result = check(Self.policy(condition))
        let diagnostic = try #require(result.diagnostics.first { $0.code.number == 500 })
        #expect(result.diagnostics.count { $0.severity == .error } == 1, "\(rendered(result))")
        let file = try #require(result.sources[diagnostic.primary.span.file])
        for (fixIt, wanted) in zip(diagnostic.fixIts, [expected.left, expected.taken]) {
            var one = diagnostic
            one.fixIts = [fixIt]
            let text = String(decoding: FixItApplier.apply([one], to: file).bytes, as: UTF8.self)
            #expect(text == Self.policy(wanted))
            let after = check(text)
            #expect(!after.diagnostics.contains { $0.severity == .error }, "\(rendered(after))")
        }
        #expect(diagnostic.fixIts.count == 2)
        #expect(diagnostic.sureFixIt == nil)
    }

    /// A define that is denied where it is used: what stands in it is right for other uses.
    @Test func nothingIsOfferedInADefineThatIsDeniedElsewhere() throws {
        let text = Self.policy("not (from-bad)") + "define from-bad = sender in bad\n"
        let diagnostic = try #require(check(text).diagnostics.first { $0.code.number == 500 })
        #expect(diagnostic.fixIts.isEmpty)
    }

    @Test func aDenialWithinADefineIsMendedThere() throws {
        let text = Self.policy("foreign") + "define foreign = not (sender in bad)\n"
        let result = check(text)
        let diagnostic = try #require(result.diagnostics.first { $0.code.number == 500 })
        let file = try #require(result.sources[diagnostic.primary.span.file])
        let bytes = FixItApplier.apply([diagnostic], to: file).bytes
        #expect(
            String(decoding: bytes, as: UTF8.self).contains("define foreign = sender exists and not (sender in bad)"))
    }

    /// A test beside the denial that is false without the fact: the whole is false then.
    @Test(arguments: [
        #"from.domain looks like "acme.example" and not (from.domain under "acme.example")"#,
        #"from.domain is "a.example" and tls and from is not "x@a.example""#,
        #"(from.domain is "a.example" or from.domain is "b.example") and not (from is "x@a.example")"#,
    ])
    func aTestOfTheSameFactGuards(_ condition: String) {
        let result = check(Self.policy(condition))
        #expect(!result.diagnostics.contains { $0.severity == .error }, "\(rendered(result))")
    }

    @Test(arguments: [
        // One alternative does not need the fact.
        #"(from.domain is "a.example" or tls) and not (from is "x@a.example")"#,
        // Within a denial the test beside it makes it true.
        #"not (from.domain is "a.example" and from is "x@a.example")"#,
        // Another stands in for the absent one.
        #"from otherwise reply-to is "a@a.example" and not (from is "x@a.example")"#,
        #"from.domain is "a.example" or not (from is "x@a.example")"#,
    ])
    func otherTestsDoNotGuard(_ condition: String) {
        let result = check(Self.policy(condition))
        #expect(result.diagnostics.contains { $0.code.number == 500 }, "\(rendered(result))")
    }

    private static func policy(_ condition: String) -> String {
        """
        policy acme {
            edition 1
        }

        group bad { "x@bad.example" }

        uninspectable {
            if unknown then defer
        }

        rule example {
            when \(condition)
            then quarantine review
        }

        """
    }
}
