import Diagnostics
import Semantics
import TestSupport
import Testing

/// Large policies and hostile ones.
@Suite struct ScaleTests {
    @Test func tenThousandRulesAreCheckedAtOnce() {
        var text = "policy acme { edition 1 }\nuninspectable { if unknown then defer }\n"
        for number in 0..<10_000 {
            text += "rule r\(number) { label l\(number % 7) on inbound\n"
            text += "when from.domain is \"d\(number).example\" and subject contains \"word \(number)\"\n"
            text += "then quarantine area-\(number % 3) }\n"
        }
        text += "exempt friends from label l1, r5 { when authenticated }\n"
        let result = check(text)
        #expect(result.diagnostics.isEmpty)
        #expect(result.policy?.rules.count == 10_000)
    }

    @Test func rulesThatLackOneAnswerAreToldOnce() {
        var text = "policy acme { edition 1 }\n"
        for number in 0..<2_000 {
            text += "rule r\(number) { when message.text contains \"word \(number)\" then quarantine area }\n"
        }
        let result = check(text)
        #expect(result.diagnostics.map(\.code.number) == [SemanticsCode.missingAnswer.rawValue])
    }

    /// Each rule asks for a setting of as many rows; what it rests on is looked into once, not for each rule.
    @Test(arguments: ["subject contains \"word %\"", "from is \"someone%@partner.example\""])
    func aSettingIsReadOnceHoweverManyRulesAskForIt(_ condition: String) {
        let growth = Effort.growth(200, rounds: 1) { size in
            var text = "policy acme { edition 1 }\nuninspectable { if unknown then defer }\n"
            text += "setting first take smallest { otherwise 1000\n"
            for row in 0..<size { text += "when \(condition.replacing("%", with: "\(row)")) then \(row)\n" }
            text += "}\n"
            for row in 0..<size {
                text += "rule r\(row) { on inbound when tls unless first < \(row + 1) then quarantine area }\n"
            }
            #expect(check(text).policy?.rules.count == size)
        }
        #expect(growth < Effort.linear)
    }

    @Test func anExcuseThroughRowsIsToldByTheFirstOfThem() {
        let result = check(
            """
            policy acme { edition 1 }
            setting first take smallest {
                otherwise 9
                when sender is "a@x.example" and authenticated then 1
                when from is "b@x.example" then 2
                when from is "c@x.example" then 3
                when sender is "d@x.example" then 4
                when from is "e@x.example" then 5
            }
            rule r { on inbound when tls unless first <= 4 then quarantine area }
            """)
        let found = result.diagnostics.filter { $0.code.number == SemanticsCode.unprovenIdentity.rawValue }
        let rows = found.flatMap(\.secondary).map(\.span)
        #expect(rows.map { result.sources[$0.file]?.lineIndex(of: $0.start) } == [4])
    }

    @Test func definesThatDoubleAreRefusedSoon() {
        var text = "policy acme { edition 1 }\ndefine d00 = tls and authenticated\n"
        for number in 10..<60 {
            let before = number == 10 ? "d00" : "d\(number - 1)"
            text += "define d\(number) = any of (\(before), \(before), \(before))\n"
        }
        let result = check(text)
        #expect(result.diagnostics.map(\.code.number) == [SemanticsCode.conditionTooLarge.rawValue])
    }

    @Test func conditionsOnOneLineCostNoWalkOverItForEach() {
        let tests = (0..<60_000).map { "subject contains \"x\($0)\"" }.joined(separator: " and ")
        let elapsed = Effort.seconds {
            let result = check("policy acme { edition 1 }\nrule r { when \(tests) then quarantine area }\n")
            #expect(result.diagnostics.isEmpty)
        }
        #expect(elapsed < 60)
    }

    @Test func unknownNamesWithoutEndAreReportedToABound() {
        var text = "policy acme { edition 1 }\n"
        for number in 0..<20_000 { text += "rule r\(number) { when name\(number) is \"x\" then quarantine area }\n" }
        let elapsed = Effort.seconds {
            let result = check(text)
            #expect(result.policy == nil)
            #expect(result.diagnostics.count == SemanticsLimits().unknownNames)
        }
        #expect(elapsed < 60)
    }

    @Test func anErrorBehindHundredsOfWarningsCounts() {
        var text = "policy acme { edition 1 }\n"
        for number in 0..<1_000 { text += "group g\(number) { \"a@x.example\" }\n" }
        text += "rule r { when subject contains \"x\" then quarantine area }\n"
        #expect(check(text).policy != nil)
        text += "rule s { when nothing-such then quarantine area }\n"
        #expect(check(text).policy == nil)
    }
}
