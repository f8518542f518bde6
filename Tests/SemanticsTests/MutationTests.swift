import Diagnostics
import Semantics
import Testing

/// One word of a good policy is spoilt; its author is told of that, and of little else.
@Suite struct MutationTests {
    struct Mutation: Sendable, CustomTestStringConvertible {
        let good: String
        let bad: String
        let code: SemanticsCode
        var testDescription: String { "\(good) → \(bad)" }

        init(_ good: String, _ bad: String, _ code: SemanticsCode) {
            self.good = good
            self.bad = bad
            self.code = code
        }
    }

    static let mutations: [Mutation] = [
        .init("edition     1", "edition     3", .unknownEdition),
        .init("\"acme.fr\"", "\"acme@fr\"", .badDomain),
        .init("\"192.0.2.0/24\"", "\"192.0.2.0/240\"", .badNetwork),
        .init("admin       \"postmaster@acme.example\"", "", .noAdministrator),
        .init("\"Europe/Paris\"", "\"Paris\"", .badTimeZone),
        .init("language    fr", "language    french", .badLanguage),
        .init("import standard.media", "import standard.medai", .unknownModule),
        .init("largest 2 MB", "lagest 2 MB", .unknownParameter),
        .init("largest 2 MB", "largest \"2 MB\"", .argumentOfOther),
        .init("group finance", "group partners", .declaredTwice),
        .init("\"payroll@acme.example\"", "\"payroll acme.example\"", .badListEntry),
        .init("\"partners.txt\"", "\"parners.txt\"", .listFileMissing),
        .init("of Domain", "of Domains", .unknownListType),
        .init("threshold 10", "", .noThreshold),
        .init("5 word", "0 word", .badWeight),
        .init("/projet[ -]x", "/projet(?=x)", .badPattern),
        .init("authenticated and sender in finance", "authenticated and sender in finace", .unknownList),
        .init("authenticated and sender", "autenticated and sender", .unknownName),
        .init("define from-finance", "define from-finances", .unknownName),
        .init("for file", "for fiel", .unknownElement),
        .init("any of (audio, video)", "any of (audio, vidoe)", .unknownValueName),
        .init("size > 2 MB", "size > \"2MB\"", .quotedNumber),
        .init("size > 2 MB", "size > 2", .wrongNumber),
        .init("size > 2 MB", "sise > 2 MB", .unknownName),
        .init("if encrypted then quarantine sealed", "", .missingAnswer),
        .init("if encrypted then quarantine sealed", "if encryptd then quarantine sealed", .unknownReason),
        .init("(pgp-mime, smime)", "(pgp-mine, smime)", .unknownValueName),
        .init("on inbound then ignore", "on inbond then ignore", .unknownDirection),
        .init("then ignore", "then deliver", .deliverAlone),
        .init("if over-limit then quarantine bombs", "if over-limit then ignore", .weakAnswerOfMandatory),
        .init("if engine-down then defer", "if over-limit then defer", .equalRows),
        .init("(large-clip)", "(large-clips)", .unknownName),
        .init("any file where (large-clip)", "large-clip", .defineNeedsElement),
        .init("using held", "using hold", .unknownTemplate),
        .init("notify recipient", "notify recipents", .unknownAddressee),
        .init("mentions secrecy-marks", "mentions secrecy-mark", .unknownDictionary),
        .init("message is encrypted", "message is encryptd", .unknownAdjective),
        .init("message is encrypted", "encrypted", .adjectiveAlone),
        .init("recipients.domain", "recipients.domian", .unknownMember),
        .init("count of distinct recipients.domain", "count of distinct recipient.domians", .unknownMember),
        .init("any file as outer", "any files as outer", .pluralAfterQuantifier),
        .init("inside outer", "inside outher", .unknownValueName),
        .init("reply-to exists and", "", .unguarded),
        .init("and from exists", "", .unguarded),
        .init("any of (shorteners)", "any of (shortners)", .unknownName),
        .init("X-Spam-Score", "X-Spam-Score:", .badHeaderName),
        .init("as number > 5.5", "> 5.5", .notOrdered),
        .init("from no-clips", "from no-clip", .unknownRule),
        .init("from no-clips", "from sealed-mail", .mandatoryExempted),
        .init("from label phishing", "from label fishing", .unknownLabel),
        .init("auth.dmarc is pass", "auth.dmarc is \"pass\"", .quotedName),
        .init("under \"partner.example\"", "under \"eve@partner.example\"", .badDomain),
        .init("{subject}", "{subjet}", .unknownPlaceholder),
        .init("expect deliver", "expect no-clps fires expect deliver", .unknownRule),
        .init("because engine-down", "because enginedown", .unknownReason),
        .init("take largest", "take larger", .unknownTake),
        .init("otherwise 20 MB", "", .noOtherwise),
        .init("then 50 MB", "then 50 days", .valuesOfTwoKinds),
        .init("then 50 MB", "then \"50 MB\"", .valuesOfTwoKinds),
        .init("setting outbound-limit", "setting outbound-limits", .unknownName),
        .init("message.size > outbound-limit", "message.size > outbond-limit", .unknownName),
        .init("message.size > outbound-limit", "subject is outbound-limit", .typesDiffer),
        .init("message.size > outbound-limit", "message.size > suspicion", .typesDiffer),
        .init("-2 when", "0 when", .badScoreWeight),
        .init("suspicion >= 5", "suspicion is 5 MB", .wrongNumber),
        .init("suspicion >= 5", "suspicion >= 5 MB", .wrongNumber),
        .init("suspicion >= 5", "suspicion", .notACondition),
        .init("-2 when list-id exists", "-2 when suspicion > 1", .recursiveValue),
        .init("score suspicion", "score finance", .declaredTwice),
        .init("assume auth.dmarc is pass", "assume suspicion is 5", .notAssumable),
        .init("to \"bob@acme.example\"", "to \"bob.acme.example\"", .badAddress),
    ]

    @Test func thePolicyIsGood() {
        let result = check(GoodPolicies.acme + GoodPolicies.surroundings)
        #expect(result.diagnostics.isEmpty, "\(rendered(result))")
        #expect(result.policy != nil)
    }

    @Test(arguments: mutations)
    func oneFaultOneDiagnostic(_ mutation: Mutation) throws {
        let good = GoodPolicies.acme
        let place = try #require(good.firstRange(of: mutation.good))
        let bad = good.replacingCharacters(in: place, with: mutation.bad)
        let result = check(bad + GoodPolicies.surroundings)
        #expect(result.policy == nil || !result.hasErrors)
        #expect(result.diagnostics.first?.code.number == mutation.code.rawValue, "\(rendered(result))")
        #expect((1...2).contains(result.diagnostics.count), "\(rendered(result))")
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
