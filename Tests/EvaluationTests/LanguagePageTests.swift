import Compiler
import Evaluation
import Foundation
import Lexical
import Suffixes
import TestSupport
import Testing
import Vocabulary

/// Each example of `docs/language.md` is a policy, or becomes one with what a comment before it adds: it compiles, and
/// judges a mail.
@Suite struct LanguagePageTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// Every fenced block is an example, and there are as many as were counted when this was written.
    @Test func thePageHasItsExamples() {
        let lines = PolicyCorpus.languagePage.split(separator: "\n", omittingEmptySubsequences: false)
        let fences = lines.count { $0.hasPrefix("```") }
        #expect(fences == 2 * PolicyCorpus.examples.count)
        #expect(PolicyCorpus.examples.count == 11)
    }

    @Test(arguments: PolicyCorpus.examples.indices)
    func compilesAndJudges(_ number: Int) throws { try judge(PolicyCorpus.examples[number].text) }

    // MARK: - Tables of conditions

    /// The first cells of the two tables that say what a condition is.
    private static let rows: [String] = {
        var rows: [String] = []
        var isInTable = false
        for line in PolicyCorpus.languagePage.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "| test | holds if |" || line == "| condition | holds if |" {
                isInTable = true
            } else if !line.hasPrefix("|") {
                isInTable = false
            } else if isInTable, !line.hasPrefix("|---") {
                rows.append(line.dropFirst(2).prefix { $0 != "|" }.trimmingCharacters(in: .whitespaces))
            }
        }
        return rows
    }()

    @Test func everyRowHasItsConditions() {
        #expect(Set(Self.rows) == Set(PageConditions.ofRows.keys))
        #expect(Self.rows.count == PageConditions.ofRows.count)
    }

    @Test(arguments: rows)
    func aRowCompilesAndJudges(_ row: String) throws {
        for condition in try #require(PageConditions.ofRows[row]) {
            try judge(PolicyCorpus.policy(condition, comment: "in a rule") + PageConditions.surroundings)
        }
    }

    private func judge(_ text: String) throws {
        let result = PolicyCompiler(patterns: PatternLibrary(), suffixes: SuffixLibrary()).compile(
            PageSources(text: text))
        let told = result.diagnostics.map { "\($0.code) \($0.message)" }
        let bundle = try #require(result.bundle, "\(told)\n\(text)")
        let mail = try Data(contentsOf: Self.root.appending(path: "Policies/samples/clip.eml"))
        let judge = try MessageJudge(bundle: bundle, signatures: nil)
        let envelope = Envelope(
            sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")], direction: .inbound)
        let decision = try #require(judge.decide(Array(mail), envelope: envelope).decisions.first)
        #expect(decision.trap == nil)
    }

    private struct PageSources: PolicySources {
        let text: String

        var policyFiles: [PolicyFile] { [PolicyFile(path: "policy.lazaret", bytes: Array(text.utf8))] }
        var moduleNames: [String] { [] }
        var publicSuffixes: [UInt8]? { Array("example\n".utf8) }

        func module(_ path: [String]) -> PolicyFile? {
            let file = path.joined(separator: "/") + ".lazaret"
            return (try? Data(contentsOf: root.appending(path: "Policies/" + file))).map {
                PolicyFile(path: file, bytes: Array($0))
            }
        }

        func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) -> [UInt8] {
            Array("*@partner.example\n".utf8)
        }
    }
}
