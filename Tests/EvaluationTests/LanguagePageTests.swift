import Compiler
import Evaluation
import Foundation
import Lexical
import Suffixes
import Testing
import Vocabulary

/// Each example of `docs/language.md` is a policy, or becomes one with what a comment before it adds: it compiles, and
/// judges a mail.
@Suite struct LanguagePageTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// The fenced blocks, each with the comment line before it.
    private static let examples: [(comment: String, text: String)] = {
        let page = (try? String(contentsOf: root.appending(path: "docs/language.md"), encoding: .utf8)) ?? ""
        return page.matches(of: /(?:<!-- ([^\n]*) -->\n)?```\n((?:(?!```)[^\n]*\n)*)```/).map {
            (String($0.output.1 ?? ""), String($0.output.2))
        }
    }()

    private static func policy(_ example: (comment: String, text: String)) -> String {
        var text = example.text
        if example.comment == "in a rule" { text = "rule example { when \(text) then defer }" }
        if example.comment.hasPrefix("with: ") { text += example.comment.dropFirst("with: ".count) + "\n" }
        if !text.hasPrefix("policy "), !text.contains("\npolicy ") {
            text += """
                policy page {
                    edition      1
                    domains      "acme.example"
                    admin        "postmaster@acme.example"
                    language     en
                    auth-servers "mx.acme.example"
                }

                """
        }
        if !text.contains("uninspectable {") { text += "uninspectable { if unknown then defer }\n" }
        return text
    }

    @Test func thePageHasItsExamples() { #expect(Self.examples.count >= 10) }

    @Test(arguments: examples.indices)
    func compilesAndJudges(_ number: Int) throws {
        let text = Self.policy(Self.examples[number])
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

        func list(_ path: String, namedIn file: PolicyFile) -> [UInt8]? { Array("*@partner.example\n".utf8) }
    }
}
