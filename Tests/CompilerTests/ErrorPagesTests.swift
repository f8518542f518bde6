import Compiler
import Diagnostics
import Lexical
import Testing
import Vocabulary

/// Every code has a page, and what the pages show is as they say.
@Suite struct ErrorPagesTests {
    private static let header = "policy acme {\n    edition 1\n    admin \"postmaster@acme.example\"\n}\n\n"
    private static let answer = "uninspectable {\n    if unknown then defer\n}\n\n"

    /// What no short text can show.
    private static let notShown: [String: String] = [
        "LZ0001": "Swift texts hold no byte that is not UTF-8",
        "LZ0002": "needs a file beyond the limit",
        "LZ0017": "needs nesting beyond the limit",
        "LZ0227": "needs nine modules",
        "LZ0228": "needs more modules than the limit",
        "LZ0307": "needs more entries than the limit",
        "LZ0332": "needs defines that double fifteen times",
        "LZ0333": "needs a hundred defines",
        "LZ0351": "needs more rows than the limit",
        "LZ0459": "depends on a file that is handed in",
        "LZ0614": "needs a text of more than 400 bytes",
        "LZ0717": "needs the list of public suffixes",
        "LZ0800": "needs a costly policy",
        "LZ0801": "needs hundreds of operators",
    ]

    @Test func everyCodeHasAPage() {
        #expect(ErrorPages.all.map(\.code) == ErrorPages.codes)
        #expect(Set(ErrorPages.codes.map(\.number)).count == ErrorPages.codes.count)
    }

    @Test func codesAreFoundByNumberAndName() {
        #expect(ErrorPages.named("LZ0447").map(\.code.name) == ["unknown-value-name"])
        #expect(ErrorPages.named("lz447").map(\.code.id) == ["LZ0447"])
        #expect(ErrorPages.named("unknown-value-name").map(\.code.id) == ["LZ0447"])
        #expect(ErrorPages.named("nested-too-deeply").map(\.code.id) == ["LZ0017", "LZ0801"])
        #expect(ErrorPages.named("LZ9999").isEmpty)
        #expect(ErrorPages.nearest(to: "unknown-value-nmae") == "unknown-value-name")
        #expect(ErrorPages.nearest(to: "something-else-entirely") == nil)
    }

    @Test(arguments: ErrorPages.all)
    func examplesAreAsThePageSays(_ entry: ExplainedCode) {
        let id = entry.code.id
        if Self.notShown[id] == nil {
            let wrong = check(entry.page.wrong, completed: id != "LZ0200")
            #expect(wrong.diagnostics.contains { $0.code == entry.code }, "\(id): \(told(wrong))")
        }
        let right = check(entry.page.right)
        #expect(!right.hasErrors, "\(id): \(told(right))")
        #expect(!right.diagnostics.contains { $0.code == entry.code }, "\(id): \(told(right))")
    }

    @Test(arguments: ErrorPages.all)
    func wordsAreShortAndPlain(_ entry: ExplainedCode) {
        let page = entry.page
        #expect(!page.title.isEmpty && !page.title.hasSuffix(".") && !page.title.contains("\n"))
        #expect(page.text.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(entry.code.id)")
        for word in ["!", "please", "Please", "sorry", " invalid"] where page.text.contains(word) {
            // The language's own `!` stands in back quotes.
            #expect(word == "!" && page.text.contains("`!`"), "\(entry.code.id): \(word)")
        }
        #expect(page.text.filter { $0 == "`" }.count.isMultiple(of: 2), "\(entry.code.id)")
    }

    private func told(_ result: CompileResult) -> String {
        result.diagnostics.map { "\($0.code.id) \($0.message)" }.joined(separator: "; ")
    }

    private func check(_ example: String, completed: Bool = true) -> CompileResult {
        PolicyCompiler(patterns: PatternLibrary()).check(policy(example, completed: completed))
    }

    /// The files of an example, with the header, the rule and the answers that it leaves out.
    private func policy(_ example: String, completed: Bool) -> PolicyInMemory {
        var parts: [(kind: Substring, name: Substring, text: String)] = [("file", "", "")]
        for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            if words.first == "===", words.count == 3 {
                parts.append((words[1], words[2], ""))
            } else {
                parts[parts.count - 1].text += line + "\n"
            }
        }
        var text = parts[0].text
        if text.hasPrefix("when") { text = "rule example {\n    \(text)    then quarantine review\n}\n" }
        if completed, !text.contains("policy ") {
            text = Self.header + (text.contains("uninspectable") ? "" : Self.answer) + text
        }
        var policy = PolicyInMemory(text)
        for part in parts.dropFirst() {
            if part.kind == "module" { policy.modules[String(part.name)] = part.text }
            if part.kind == "list" { policy.lists[String(part.name)] = part.text }
            if part.kind == "mail" { policy.mails = (policy.mails ?? []).union([String(part.name)]) }
        }
        return policy
    }
}
