import Diagnostics
import Syntax
import Vocabulary

/// Codes 600 to 659: rules, actions, exemptions, tests.
extension SemanticsDiagnostics {
    static func noWhen(_ name: Name) -> Diagnostic {
        make(
            .noWhen, "the rule `\(name.text)` does not say when it applies", at: name.span,
            help: "add a `when` clause; `when true` is every mail")
    }

    static func noThen(_ name: Name) -> Diagnostic {
        make(
            .noThen, "the rule `\(name.text)` does not say what it does", at: name.span,
            help: "add a `then` clause, such as `then quarantine review`")
    }

    static func clauseTwice(_ span: SourceSpan, _ word: String, first: SourceSpan) -> Diagnostic {
        make(
            .clauseTwice, "a second `\(word)`", at: span, secondary: [DiagnosticLabel(first, "the first is here")],
            help: word == "when"
                ? "join the two by `and` or `or`, or write two rules" : "put both into one clause, or write two")
    }

    static func unknownDirection(_ name: Name) -> Diagnostic {
        let names = Direction.allCases.map(\.rawValue)
        let synonyms = [
            "incoming": "inbound", "in": "inbound", "outgoing": "outbound", "out": "outbound", "intern": "internal",
        ]
        let nearest =
            synonyms[name.text.lowercased()].map { NearName($0, isSure: true) } ?? Nearest.to(name.text, among: names)
        return make(
            .unknownDirection, "`\(name.text)` is no direction", at: name.span,
            help: didYouMean(nearest, else: "mail is \(alternatives(names))"), fixIts: spelling(name.span, nearest))
    }

    static func directionTwice(_ name: Name) -> Diagnostic {
        make(.directionTwice, "`\(name.text)` is named twice", at: name.span, help: "name it once")
    }

    static func deliverAlone(_ span: SourceSpan, isAnswer: Bool) -> Diagnostic {
        make(
            .deliverAlone, "`deliver` alone does nothing: mail that nothing stops is delivered", at: span,
            help: isAnswer
                ? "write `ignore` to let such mail pass"
                : "to spare mail from another rule, write `exempt NAME from RULE { when … }`",
            fixIts: isAnswer ? [FixIt("write `ignore`", isSure: true, replace: span, with: "ignore")] : [])
    }

    static func twoRefusals(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .twoRefusals, "mail is refused once, in one set of words", at: span,
            secondary: [DiagnosticLabel(first, "it is refused here")], help: "keep one of the two")
    }

    static func twoRoutes(_ span: SourceSpan, first: SourceSpan) -> Diagnostic {
        make(
            .twoRoutes, "mail goes one way, and this is a second", at: span,
            secondary: [DiagnosticLabel(first, "the first is here")],
            help: "keep one; `copy to` sends a copy besides")
    }

    static func routesOfTwoRules(
        _ span: SourceSpan, _ name: String, first: SourceSpan, firstRule: String, directions: DirectionSet
    ) -> Diagnostic {
        make(
            .routesOfTwoRules,
            "the rules `\(firstRule)` and `\(name)` may both fire, and mail cannot go two ways", at: span,
            secondary: [DiagnosticLabel(first, "`\(firstRule)` sends it here")],
            notes: ["both judge mail that is \(enumeration(directions.names))"],
            help: "give them different directions, make one rule of them, or use `copy to`")
    }

    static func stripWithoutFiles(_ span: SourceSpan) -> Diagnostic {
        make(
            .stripWithoutFiles, "the condition does not say which files `strip` takes away", at: span,
            help: "`when` needs an `any file where (…)` that no `not`, `no` or `every` stands around")
    }

    static func headerValueOfLines(_ text: TextLiteral) -> Diagnostic {
        make(
            .headerValueOfLines, "the value of a header field is one line", at: text.span,
            help: "leave line ends and control characters out")
    }

    static func textOfLines(_ text: TextLiteral, _ what: String) -> Diagnostic {
        make(
            .textOfLines, "\(what) is one line", at: text.span,
            help: "leave line ends and control characters out")
    }

    static func textTooLong(_ text: TextLiteral, _ what: String, bytes: Int, limit: Int) -> Diagnostic {
        make(
            .textTooLong, "\(what) has at most \(limit) bytes", at: text.span, label: "\(bytes) bytes",
            help: "say it in fewer words")
    }

    static func notWritable(_ span: SourceSpan, _ written: String) -> Diagnostic {
        make(
            .notWritable, "`\(written)` is no value that a header field can hold", at: span,
            help: "name a fact of the mail, such as `from.domain`, a score or a setting, or write a text in quotes")
    }

    static func expectsForm(_ span: SourceSpan) -> Diagnostic {
        make(
            .expectsForm, "a test expects what comes out, not what it is made of", at: span,
            help: "write the text as the mail of this test makes it; leave `except when` out")
    }

    static func noAdministrator(_ span: SourceSpan) -> Diagnostic {
        make(
            .noAdministrator, "the policy does not say who its admin is", at: span,
            help: "write `admin \"postmaster@acme.example\"` in the policy's header")
    }

    static func unknownAddressee(_ name: Name) -> Diagnostic {
        let roles = ["sender", "recipient", "admin"]
        let nearest = Nearest.to(name.text, among: roles)
        return make(
            .unknownAddressee, "`\(name.text)` cannot be notified", at: name.span,
            help: didYouMean(nearest, else: "notify \(alternatives(roles)), or an address in quotes"),
            fixIts: spelling(name.span, nearest))
    }

    static func unknownRule(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownRule, "there is no rule `\(path.text)`", at: path.span,
            help: didYouMean(nearest, else: "a module's rules are named `MODULE.RULE`"),
            fixIts: spelling(path.span, nearest))
    }

    static func unknownLabel(_ name: Name, nearest: NearName?) -> Diagnostic {
        make(
            .unknownLabel, "no rule bears the label `\(name.text)`", at: name.span,
            help: didYouMean(nearest, else: "a rule gets it by `label \(name.text)`"),
            fixIts: spelling(name.span, nearest))
    }

    static func mandatoryExempted(_ path: some Written, _ rule: SourceSpan) -> Diagnostic {
        make(
            .mandatoryExempted, "the rule `\(path.text)` is mandatory: nothing is exempt from it", at: path.span,
            secondary: [DiagnosticLabel(rule, "mandatory here")],
            help: "write the exception into the rule itself, by `unless`")
    }

    static func labelOfMandatory(_ label: Name, _ rule: SourceSpan) -> Diagnostic {
        make(
            .labelOfMandatory, "every rule with the label `\(label.text)` is mandatory: nothing is exempt from them",
            at: label.span, secondary: [DiagnosticLabel(rule, "one is here")],
            help: "write the exception into the rule itself, by `unless`")
    }

    // MARK: - Tests

    static func testTwice(_ title: TextLiteral, first: SourceSpan) -> Diagnostic {
        make(
            .testTwice, "two tests have the same title", at: title.span,
            secondary: [DiagnosticLabel(first, "the first is here")], help: "say in the title what this one shows")
    }

    static func testWithoutMail(_ title: TextLiteral) -> Diagnostic {
        make(
            .testWithoutMail, "this test has no mail", at: title.span,
            help: "add `mail \"samples/NAME.eml\" inbound from \"a@partner.example\" to \"b@acme.example\"`")
    }

    static func testWithoutExpectation(_ title: TextLiteral) -> Diagnostic {
        make(
            .testWithoutExpectation, "this test expects nothing, so it cannot fail", at: title.span,
            help: "add a line such as `expect deliver` or `expect RULE fires`")
    }

    static func mailOutsideRoot(_ path: TextLiteral) -> Diagnostic {
        make(
            .mailOutsideRoot, "`\(path.value)` leads out of the policy's folder", at: path.span,
            help: "put the mail beside the policy, for example below `samples`")
    }

    static func assumesElement(_ span: SourceSpan, _ fact: String) -> Diagnostic {
        make(
            .assumesElement, "`\(fact)` is said of a single file, which a test takes from the mail itself", at: span,
            help: "give the test a mail with such a file")
    }

    static func notAssumable(_ span: SourceSpan, _ written: String) -> Diagnostic {
        make(
            .notAssumable, "`\(written)` cannot be assumed", at: span,
            help: "a test assumes whole facts of the mail, such as `auth.dmarc is pass`; "
                + "directions and recipients stand in its `mail` line")
    }

    static func neverAbsent(_ span: SourceSpan, _ fact: String) -> Diagnostic {
        make(
            .neverAbsent, "`\(fact)` is never absent", at: span, help: "assume a value: `assume \(fact) is …`")
    }

    static func neverUnknown(_ span: SourceSpan, _ row: FactRow, reason: String) -> Diagnostic {
        let names = Set(row.possibleReasons.singles.compactMap { $0.name?.rawValue }).sorted()
        return make(
            .neverUnknown, "`\(row.writtenName)` is never unknown because of `\(reason)`", at: span,
            help: names.isEmpty
                ? "it is always known; assume a value instead" : "it can be unknown because of \(alternatives(names))")
    }

    static func expectsForOther(_ text: TextLiteral, _ recipients: [String]) -> Diagnostic {
        make(
            .expectsForOther, "the test's mail does not go to `\(text.value)`", at: text.span,
            help: "it goes to \(alternatives(recipients))")
    }

    static func unknownExemption(_ path: some Written, nearest: NearName?) -> Diagnostic {
        make(
            .unknownExemption, "there is no exemption `\(path.text)`", at: path.span,
            help: didYouMean(nearest, else: "a rule's own excuse is called `unless`"),
            fixIts: spelling(path.span, nearest))
    }
}
