import Bytecode
import Compiler
import Diagnostics
import Lexical
import Semantics
import TestSupport
import Testing
import Vocabulary

@Suite struct PolicyCompilerTests {
    private let compiler = PolicyCompiler(patterns: PatternLibrary())
    private let header = "policy p { edition 1 domains \"acme.example\" }\n"

    private func listing(_ text: String) throws -> String {
        let result = compiler.compile(PolicyInMemory(header + text))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        return Disassembler(try Bundle.read(bundle)).text
    }

    /// Each golden file holds a policy, a line of dashes, and its listing.
    @Test(arguments: GoldenDirectory("Golden").names(withExtension: "golden"))
    func listingsAreAsRecorded(_ name: String) throws {
        let golden = GoldenDirectory("Golden")
        let text = try #require(golden.text(name)?.components(separatedBy: Self.divider).first)
        let difference = golden.difference(name, from: text + Self.divider + (try listing(text)))
        #expect(difference == nil, "\(difference ?? "")")
    }

    private static let divider = "----\n"

    @Test func theSameSourcesGiveTheSameBytes() throws {
        let text = """
            rule a { when subject contains "x" then tag subject "[x] " }
            rule b { when from.domain is "acme.example" then log }
            """
        let first = compiler.compile(PolicyInMemory(header + text)).bundle
        #expect(first != nil)
        #expect(first == compiler.compile(PolicyInMemory(header + text)).bundle)
    }

    @Test func aFaultyPolicyGivesNoBundle() {
        let result = compiler.compile(PolicyInMemory(header + "rule a { when nonsense then log }"))
        #expect(result.bundle == nil && result.hasErrors && result.summary == nil)
    }

    @Test func checkGivesTheDiagnosticsAndNoBundle() {
        let result = compiler.check(PolicyInMemory(header + "rule a { when subject contains \"x\" then log }"))
        #expect(result.bundle == nil && !result.hasErrors && result.summary != nil)
    }

    @Test func theSummarySaysWhatRulesCost() throws {
        let result = compiler.compile(
            PolicyInMemory(
                header + """
                    rule a { when any attachment where (name contains "x") then log }
                    rule b { when recipient.domain is "acme.example" then log }
                    """))
        let summary = try #require(result.summary)
        #expect(summary.rules.map(\.name) == ["a", "b"])
        #expect(summary.rules[0].cost > 1000 && summary.rules[0].cost < 20_000)
        #expect(summary.rules.map(\.isForEachRecipient) == [false, true])
        #expect(summary.bundleBytes == result.bundle?.count)
    }

    @Test func aPolicyOverItsBudgetIsRefusedWithAChangeThatFits() throws {
        var limits = CostLimits()
        limits.budget = 100_000_000
        let text = """
            rule trap {
                when any file as outer where (type is archive and any file where (inside outer and name contains "x"))
                then log
                if encrypted, damaged, ambiguous, unsupported, over-limit then ignore
            }
            """
        let result = PolicyCompiler(patterns: PatternLibrary(), limits: limits).compile(PolicyInMemory(header + text))
        #expect(result.bundle == nil)
        let fault = try #require(result.diagnostics.first { $0.severity == .error })
        #expect(fault.code.id == "LZ0800")
        #expect(fault.primary.text.contains("10,000 files × 10,000 files"))
        #expect(fault.help?.contains(/`limits \(files \d+\)`/) == true)
        #expect(result.sources.files[0].text(fault.primary.span).hasPrefix("any file"))
    }

    @Test func aPolicyMayCostAsMuchAsTheBudget() throws {
        let text = PolicyInMemory(
            header + "rule r { when any file where (name contains \"x\") then log if unknown then ignore }")
        let usual = PolicyCompiler(patterns: PatternLibrary()).compile(text)
        let cost = try Bundle.read(try #require(usual.bundle)).manifest.worstCaseCost
        #expect(cost > 0 && cost < CostLimits().budget)
        func codes(_ budget: UInt64) -> [String] {
            var limits = CostLimits()
            limits.budget = budget
            return PolicyCompiler(patterns: PatternLibrary(), limits: limits).compile(text).diagnostics
                .filter { $0.severity == .error }.map(\.code.id)
        }
        #expect(codes(cost) == [])
        #expect(codes(cost - 1) == ["LZ0800"])
    }

    /// The checker takes no policy that is nested so deeply; a bundle would not, either.
    @Test func aConditionHasSoManyLevels() throws {
        let checked = Checker(patterns: PatternLibrary()).check(PolicyInMemory(header + "rule r { when tls then log }"))
        var policy = try #require(checked.policy)
        let test = policy.rules[0].when
        func isTaken(_ operators: Int) -> Bool {
            policy.rules[0].when = (0..<operators).reduce(test) { inner, level in
                level % 2 == 0 ? .and([inner, test]) : .or([inner, test])
            }
            return (try? CodeGenerator.generate(policy)).map { (try? Verifier.verify($0)) != nil } ?? false
        }
        // The test itself is a level.
        #expect(isTaken(BytecodeLimits().depth - 2))
        #expect(!isTaken(BytecodeLimits().depth - 1))
    }

    /// What is suggested is written into the header, and the policy compiles.
    @Test(arguments: [
        "any file as outer where (type is archive and any file where (inside outer and name contains \"x\"))",
        "any file as outer where (any url where (inside outer and host contains \"x\"))",
        "any attachment as outer where (any file where (inside outer and size > 1 KB))",
        "recipient.local is \"a\" and any file where (any of (name contains recipient.local, size > 1 KB))",
    ])
    func theChangeThatIsSuggestedFits(_ condition: String) throws {
        var limits = CostLimits()
        limits.budget = 7_000_000
        let compiler = PolicyCompiler(patterns: PatternLibrary(), limits: limits)
        let rule = "rule trap { when \(condition) then log if unknown then ignore }"
        let fault = try #require(
            compiler.compile(PolicyInMemory(header + rule)).diagnostics.first { $0.severity == .error })
        #expect(fault.code.id == "LZ0800")
        let change = try #require(fault.help?.firstMatch(of: /`(limits \([^`]*\))`/)?.output.1, "\(fault.help ?? "")")
        let lowered = header.replacing("edition 1", with: "edition 1 \(change)", maxReplacements: 1)
        let result = compiler.compile(PolicyInMemory(lowered + rule))
        #expect(result.bundle != nil, "\(change): \(result.diagnostics.map(\.message))")
    }

    @Test func whereNoLimitHelpsNoneIsSuggested() throws {
        var limits = CostLimits()
        limits.budget = 5
        let text = "rule trap { when any file where (name contains \"x\") then log if unknown then ignore }"
        let result = PolicyCompiler(patterns: PatternLibrary(), limits: limits).compile(PolicyInMemory(header + text))
        let fault = try #require(result.diagnostics.first { $0.severity == .error })
        #expect(fault.help?.contains("limits (") == false)
    }

    @Test func aLineOfAScoreCanBeWhatCostsMost() throws {
        var limits = CostLimits()
        limits.budget = 100_000_000
        let text = """
            score odd {
                3 when any file as outer where (type is archive and any file where (inside outer and name contains "x"))
            }
            rule tagged { when odd > 2 then log }
            """
        let result = PolicyCompiler(patterns: PatternLibrary(), limits: limits).compile(PolicyInMemory(header + text))
        let fault = try #require(result.diagnostics.first { $0.severity == .error })
        #expect(fault.code.id == "LZ0800")
        #expect(result.sources.files[0].text(fault.primary.span).hasPrefix("any file"))
    }

    @Test func theDefaultBudgetHoldsAnOuterAndAnInnerQuantifier() throws {
        let listing = try listing(
            """
            rule trap {
                when any file as outer where (type is archive and any file where (inside outer and name contains "x"))
                then log
                if encrypted, damaged, ambiguous, unsupported, over-limit then ignore
            }
            """)
        #expect(listing.contains("files #1"))
    }

    @Test func aQuantifierAtTwoPlacesIsComputedOnce() throws {
        let text = """
            rule a { when any attachment where (name contains "x") then log }
            rule b { when subject exists and any attachment where (name contains "x") then log }
            """
        let listing = try listing(text)
        #expect(listing.contains("reuse r0 0"))
        #expect(listing.contains("keep r1 0"))
    }
}
