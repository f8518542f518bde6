import Semantics
import Testing
import Vocabulary

/// Both sides of the bounds on what the checker takes: just within them nothing is said, just beyond them what the
/// limit's diagnostic says.
@Suite struct CheckerLimitTests {
    private static let header =
        "policy p { edition 1 admin \"a@b.example\" }\nuninspectable { if unknown then defer }\n"

    /// The numbers of the faults of a policy, warnings apart.
    private func faults(_ text: String, _ change: (inout SemanticsLimits) -> Void = { _ in }) -> Set<Int> {
        var limits = SemanticsLimits()
        change(&limits)
        let result = check(Self.header + text, limits: limits)
        return Set(result.diagnostics.filter { $0.severity == .error }.map { $0.code.number })
    }

    private func faults(when condition: String, _ change: (inout SemanticsLimits) -> Void = { _ in }) -> Set<Int> {
        faults("rule r { when \(condition) then defer }", change)
    }

    // MARK: Conditions

    @Test func quantifiersInOneAnother() {
        func nested(_ count: Int) -> String {
            (0..<count).reversed().reduce("size > 1 MB") { inner, level in
                level == 0
                    ? "any file as f0 where (\(inner))"
                    : "any file as f\(level) where (inside f\(level - 1) and \(inner))"
            }
        }
        let most = SemanticsLimits().quantifierNesting
        #expect(faults(when: nested(most)) == [])
        #expect(faults(when: nested(most + 1)) == [415])
        #expect(faults(when: nested(1)) { $0.quantifierNesting = 1 } == [])
        #expect(faults(when: nested(2)) { $0.quantifierNesting = 1 } == [415])
    }

    /// Operators that alternate, so that none can be joined with the one around it; brackets are a level, too.
    @Test func levelsOfACondition() {
        func nested(_ operators: Int) -> String {
            (0..<operators).reduce("tls") { inner, level in
                level % 2 == 0 ? "(\(inner)) and virus" : "(\(inner)) or authenticated"
            }
        }
        #expect(faults(when: nested(20)) { $0.expressionDepth = 41 } == [])
        #expect(faults(when: nested(20)) { $0.expressionDepth = 40 } == [333])
    }

    @Test func levelsOfDefinesAreExpanded() {
        func policy(_ defines: Int) -> String {
            let chain = (1..<defines).map { "define d\($0) = not d\($0 - 1)\n" }.joined()
            return "define d0 = not tls\n\(chain)rule r { when d\(defines - 1) then defer }"
        }
        // The rule's own level, and the test's.
        let most = SemanticsLimits().expressionDepth
        let limits: (inout SemanticsLimits) -> Void = { $0.defineChain = .max }
        let longest = (1...most).last { faults(policy($0), limits) == [] } ?? 0
        #expect((most - 2...most).contains(longest))
        #expect(faults(policy(longest + 1), limits) == [333])
    }

    /// In whatever order they stand.
    @Test(arguments: [true, false]) func definesInARow(isUsedFirst: Bool) {
        func faults(_ defines: Int, rule: String = "") -> Set<Int> {
            let chain = ["define d0 = tls\n"] + (1..<defines).map { "define d\($0) = d\($0 - 1)\n" }
            return self.faults((isUsedFirst ? chain.reversed() : chain).joined() + rule)
        }
        let most = SemanticsLimits().defineChain
        #expect(faults(most, rule: "rule r { when d\(most - 1) then defer }") == [])
        #expect(faults(most + 1) == [333])
        // Where a define is expanded for another element, all of them are walked again.
        let within = "rule r { when any file where (size > 1 MB and d9999) then defer }"
        #expect(faults(10_000, rule: within) == [333])
    }

    @Test func settingsInARow() {
        func policy(_ settings: Int) -> String {
            (1..<settings).reduce("setting s0 take one { otherwise 1 MB when tls then 2 MB }\n") { text, number in
                text + "setting s\(number) take one { otherwise 1 MB when message.size > s\(number - 1) then 2 MB }\n"
            } + "rule r { when message.size > s\(settings - 1) then defer }"
        }
        #expect(faults(policy(7)) { $0.defineChain = 7 } == [])
        #expect(faults(policy(8)) { $0.defineChain = 7 } == [333])
    }

    @Test func testsThatDefinesBringIntoACondition() {
        let define = "define d = tls or virus\n"
        #expect(faults(define + "rule r { when d and not d then defer }") { $0.expandedTests = 4 } == [])
        #expect(faults(define + "rule r { when d and not d then defer }") { $0.expandedTests = 3 } == [332])
        #expect(SemanticsLimits().expandedTests == 20_000)
    }

    // MARK: Modules and lists

    @Test func modulesThatImportOneAnother() {
        func policy(_ modules: Int) -> String {
            "import m.a1\n"
                + (1...modules).map { number in
                    "=== module m.a\(number)\n"
                        + (number < modules ? "import m.a\(number + 1)\n" : "rule infected { when tls then defer }\n")
                }.joined()
        }
        let most = SemanticsLimits().importDepth
        #expect(faults(policy(most)) == [])
        #expect(faults(policy(most + 1)) == [227])
    }

    @Test func bytesOfAList() {
        let list = "a@b.example\nb@c.example\n"
        let policy = "group g from file \"g.txt\"\nrule r { when from in g then defer }\n=== list g.txt\n\(list)"
        #expect(faults(policy) { $0.listBytes = list.utf8.count } == [])
        #expect(faults(policy) { $0.listBytes = list.utf8.count - 1 } == [307])
        #expect(SemanticsLimits().listBytes == 64 << 20)
    }

    // MARK: Dictionaries and areas

    @Test func timesThatAnEntryCounts() {
        func policy(_ times: Int) -> String {
            "dictionary d { threshold 1 1 word \"a\" up to \(times) times }\nrule r { when subject mentions d then defer }"
        }
        #expect(faults(policy(MatchLimits.countedMatches)) == [])
        #expect(faults(policy(MatchLimits.countedMatches + 1)) == [317])
    }

    @Test func wordsBetweenNeighbours() {
        func policy(_ words: Int) -> String {
            "dictionary d { threshold 1 1 \"a\" within \(words) words of \"b\" }\nrule r { when subject mentions d then defer }"
        }
        #expect(faults(policy(MatchLimits.neighbourWords)) == [])
        #expect(faults(policy(MatchLimits.neighbourWords + 1)) == [319])
    }

    private func area(_ fields: String) -> String {
        "quarantine held { \(fields) }\nrule r { when tls then quarantine held }"
    }

    @Test func timesThatAnAreaKeepsMail() throws {
        #expect(faults(area("keep \(AreaLimits.shortestKeep) seconds")) == [])
        #expect(faults(area("keep \(AreaLimits.shortestKeep - 1) seconds")) == [214])
        #expect(faults(area("keep \(AreaLimits.longestKeep) seconds")) == [])
        #expect(faults(area("keep \(AreaLimits.longestKeep + 1) seconds")) == [214])
    }

    @Test func anAreaThatSaysNothingKeepsMailAMonth() throws {
        let policy = try #require(check(Self.header + area("approvers \"a@b.example\"")).policy)
        #expect(policy.areas.map(\.keep) == [AreaLimits.usualKeep])
        // What expires must do so within that time.
        func expiring(_ seconds: Int64) -> String { area("expire after \(seconds) seconds then discard") }
        #expect(faults(expiring(AreaLimits.usualKeep)) == [])
        #expect(faults(expiring(AreaLimits.usualKeep + 1)) == [216])
    }

    // MARK: Limits that a policy lowers

    @Test(arguments: DeclaredLimit.allCases) func aPolicyCannotRaiseALimit(limit: DeclaredLimit) {
        func faults(_ number: Int) -> Set<Int> {
            let text = "policy p { edition 1 limits (\(limit.rawValue) \(number)) }\nrule r { when tls then defer }"
            return Set(check(text).diagnostics.filter { $0.severity == .error }.map { $0.code.number })
        }
        #expect(faults(CostLimits()[limit]) == [])
        #expect(faults(CostLimits()[limit] + 1) == [213])
    }
}
