import Compiler
import Diagnostics
import Lexical
import SieveImport
import Syntax
import TestSupport
import Testing

/// Scripts, the policies they become, and what is said to be missing from them.
@Suite struct SieveImportTests {
    private static let golden = GoldenDirectory("Golden")
    private static let mark = "---- the policy\n"

    private func imported(_ script: String) throws -> ImportedPolicy {
        try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "postmaster@acme.example",
            refusals: CheckedPolicy.refusals)
    }

    private func canonical(_ text: String) throws -> String {
        try #require(Formatter.format(file: SourceFile(path: "p.lazaret", text: text)), "\(text)")
    }

    /// Each golden file holds a script, a mark, and its policy in canonical form.
    @Test(arguments: golden.names(withExtension: "golden"))
    func scriptsBecomePoliciesThatCompile(_ name: String) throws {
        let script = try #require(Self.golden.text(name)?.components(separatedBy: Self.mark).first)
        let policy = try canonical(try imported(script).policy)
        let difference = Self.golden.difference(name, from: script + Self.mark + policy)
        #expect(difference == nil, "\(difference ?? "")")
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(OnePolicy(text: policy))
        #expect(result.bundle != nil, "\(result.diagnostics.map(\.message))\n\(policy)")
    }

    @Test(arguments: [
        ("if", 1), ("if true {", 1), ("\n\nif \"x", 3), ("keep", 1), ("if true { keep; }\n}", 2), ("keep \u{1};", 1),
        ("/* x", 1), ("redirect text:\nx\n", 1),
    ]) func whatIsNoSieveIsToldWithItsLine(_ script: String, _ line: Int) {
        #expect {
            try imported(script)
        } throws: { error in
            (error as? SieveFault)?.line == line
        }
    }

    @Test func bothSidesOfTheNestingLimit() throws {
        let limit = SieveLimits().nesting
        func script(_ depth: Int) -> String {
            String(repeating: "if true {", count: depth) + "discard;" + String(repeating: "}", count: depth)
        }
        #expect(throws: Never.self) { try imported(script(limit)) }
        #expect(throws: SieveFault.self) { try imported(script(limit + 1)) }
        #expect(throws: SieveFault.self) {
            try imported("if " + String(repeating: "not ", count: 100_000) + "true { stop; }")
        }
    }

    @Test func textsOfTheScriptCannotLeaveTheirPlaces() throws {
        let script = """
            if header :is "subject" "\\"} rule x { when virus then discard }\\n\u{202E}" { fileinto "/../\\"{"; }
            if header :contains "a b\\"c" "x" { weird "\\n} rule y {"; }
            """
        let result = try imported(script)
        #expect(result.ruleCount == 1 || result.ruleCount == 2)
        #expect(!result.policy.contains("\u{202E}"))
        let rules = try canonical(result.policy).split(separator: "\n").filter { $0.hasPrefix("rule ") }
        #expect(rules.allSatisfy { $0.hasPrefix("rule line-") })
    }

    @Test func whatHangsOnAVariableIsListedWithItsLine() throws {
        let script = """
            require ["fileinto", "variables", "reject"];
            set "dept" "sales";
            fileinto "Sales/${dept}";
            if header :matches "subject" "*[*]*" { fileinto :create "Team/${2}"; }
            if not address :is :domain "from" "${dept}.example" { discard; }
            reject "pay $5";
            """
        let result = try imported(script)
        #expect(result.remarks.map(\.line) == [2, 3, 4, 5, 5])
        #expect(result.remarks.allSatisfy { $0.line == 5 || $0.why.contains("no variables") })
        #expect(!result.policy.contains("quarantine sales") && !result.policy.contains("quarantine team"))
        #expect(!result.policy.split(separator: "\n").contains { $0.contains("${dept}") && !$0.hasPrefix("#") })
        #expect(result.ruleCount == 1)
        // Without the extension it is text like any other.
        let plain = try imported("require [\"fileinto\"]; fileinto \"Sales/${dept}\";")
        #expect(plain.remarks.isEmpty && plain.policy.contains("quarantine sales-dept"))
    }

    @Test(arguments: [
        ("Archiv/Größe", "archiv-groesse"), ("Reçu", "recu"), ("Rec\u{327}u", "recu"), ("ŁÓDŹ", "lodz"),
        ("Заказы", "folder"), ("2026", "folder-2026"), ("Œuvres", "oeuvres"),
    ])
    func foldersOfAnyLanguageHaveReadableAreas(_ folder: String, _ area: String) throws {
        let result = try imported("require \"fileinto\"; fileinto \"\(folder)\";")
        #expect(result.policy.contains("then quarantine \(area)\n"), "\(result.policy)")
    }

    @Test func twoFoldersNeverShareAnArea() throws {
        let result = try imported(
            """
            require "fileinto";
            if size :over 1M { fileinto "Заказы"; fileinto "Отчёты"; fileinto "a/b"; fileinto "A b"; fileinto "A/B"; }
            """)
        let areas = ["folder", "folder-2", "a-b", "a-b-2"]
        for area in areas { #expect(result.policy.contains("quarantine \(area)\n"), "\(area)\n\(result.policy)") }
        #expect(!result.policy.contains("folder-3") && !result.policy.contains("a-b-3"))
    }

    @Test func rulesAreForMailThatComesIn() throws {
        let policy = try imported("discard;").policy
        #expect(policy.contains("\non inbound\n"))
    }

    /// Bytes at random, and honest scripts with bytes changed, end in a policy or a fault.
    @Test func noScriptCrashesTheImport() throws {
        var random = SystemRandomNumberGenerator()
        let scripts = Self.golden.names(withExtension: "golden").compactMap { Self.golden.text($0) }
        for script in scripts {
            let bytes = Array(script.utf8)
            for _ in 0..<300 {
                var changed = bytes
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
                        in: 0...255, using: &random)
                }
                _ = try? ImportedPolicy(
                    changed, name: "x", administrator: "a@b.example", refusals: { _ in [] })
            }
        }
    }
}

private struct OnePolicy: PolicySources {
    let text: String

    var policyFiles: [PolicyFile] { [PolicyFile(path: "policy.lazaret", bytes: Array(text.utf8))] }
    var moduleNames: [String] { [] }

    func module(_ path: [String]) -> PolicyFile? { nil }

    func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
        throw .missing
    }
}
