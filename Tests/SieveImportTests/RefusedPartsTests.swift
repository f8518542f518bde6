import Compiler
import Diagnostics
import Lexical
import SieveImport
import Testing

/// What a policy cannot say is left out of it and told, so that every policy that is made passes the checker.
@Suite struct RefusedPartsTests {
    private func imported(_ script: String) throws -> ImportedPolicy {
        try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
    }

    @Test func bytesThatAreNotUTF8AreToldWithTheirLine() {
        for (script, line) in [("keep;\n# ", 2), ("", 1), ("discard;\r\n\r\nreject \"", 3)] {
            let bytes = Array(script.utf8) + [0xff, 0x22, 0x3b]
            #expect {
                try ImportedPolicy(bytes, name: "x", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
            } throws: { error in
                (error as? SieveFault)?.line == line
            }
        }
        #expect(throws: Never.self) { try imported("# é €\nkeep;") }
    }

    @Test func aNumberThatIsTooLargeCostsItsTestOnly() throws {
        let result = try imported(
            """
            if size :over 99999999999999999999 { discard; }
            if size :over 9999999999G { discard; }
            if size :over 5K { discard; }
            """)
        #expect(result.ruleCount == 1)
        #expect(result.policy.contains("message.size > 5 KiB"))
        #expect(Set(result.remarks.map(\.line)) == [1, 2])
        #expect(CheckedPolicy.refusals(result.policy).isEmpty)
    }

    @Test(arguments: [
        "if header :is \"a b\" \"x\" { discard; }",
        "if header :is \"\" \"x\" { discard; }",
        "if exists \"é\" { discard; }",
        "redirect \"nobody\";",
        "redirect \"a b@c.example\";",
        "redirect \"@\";",
        "notify \"mailto:nobody\";",
        "addheader \"X: y\" \"v\";",
        "deleteheader \"\";",
        "if address :is \"from\" \"a@b@c\" { discard; }",
        "if header :regex \"subject\" \"(\" { discard; }",
        "if header :regex \"subject\" \"(?=x)\" { discard; }",
        "if header :contains [\"x\", \"bad name\"] \"x\" { discard; }",
        "if header :value \"gt\" :comparator \"i;ascii-numeric\" \"X-Score\" \"9223372036854775807\" { discard; }",
        "if currentdate :is \"hour\" \"99999999999999999999\" { discard; }",
    ])
    func whatIsRefusedIsListedWithItsLine(_ command: String) throws {
        let result = try imported("require \"fileinto\";\n\n\(command)\nif size :over 5K { discard; }\n")
        #expect(CheckedPolicy.refusals(result.policy).isEmpty, "\(result.policy)")
        #expect(result.policy.contains("message.size > 5 KiB"))
        #expect(result.remarks.contains { $0.line == 3 }, "\(result.policy)")
    }

    @Test func anAdministratorThatIsNoneIsAFault() {
        #expect(throws: SieveFault.self) {
            try ImportedPolicy(
                Array("discard;".utf8), name: "x", administrator: "a b@c d", refusals: CheckedPolicy.refusals)
        }
    }

    @Test func aCheckerThatRefusesEverythingComesToAnEnd() {
        #expect(throws: SieveFault.self) {
            try ImportedPolicy(
                Array("if size :over 5 { discard; } redirect \"a@b.example\";".utf8), name: "x",
                administrator: "a@b.example", refusals: { _ in [.init(line: 1, reason: "no")] })
        }
    }

    /// Scripts of every construct with texts that a policy may not hold.
    @Test func everyPolicyPassesTheChecker() throws {
        var random = SystemRandomNumberGenerator()
        let texts = [
            "subject", "x", "", " ", "a b", "a@b.example", "*@b.example", "@", "a@", "*", "?*x", "(", "[a-", "a{2000}",
            "\u{202e}", "é", "\\\\", "-5", "99999999999999999999", "5", "from", "to", "X-Score", "received",
            "mailto:a@b.c",
            "mailto:", "INBOX", "Junk/2", "rule", "quarantine", "x}\n rule y {", "{rule} {oops}", "application", "0",
        ]
        func text() -> String { "\"" + (texts.randomElement(using: &random) ?? "") + "\"" }
        func tag(_ tags: [String]) -> String { tags.randomElement(using: &random) ?? "" }
        func test(_ depth: Int) -> String {
            let match = tag([
                "", ":is", ":contains", ":matches", ":regex", ":count \"gt\"", ":value \"ge\"", ":value \"eq\"",
            ])
            let comparator = tag(["", "", ":comparator \"i;octet\"", ":comparator \"i;ascii-numeric\""])
            switch Int.random(in: 0...11, using: &random) {
            case 0 where depth > 0: return "not \(test(depth - 1))"
            case 1 where depth > 0: return "allof(\(test(depth - 1)), \(test(depth - 1)))"
            case 2 where depth > 0: return "anyof(\(test(depth - 1)), \(test(depth - 1)))"
            case 3, 4: return "header \(comparator) \(match) [\(text()), \(text())] [\(text()), \(text())]"
            case 5: return "address \(tag(["", ":domain", ":localpart", ":detail"])) \(match) \(text()) \(text())"
            case 6: return "envelope \(tag(["", ":domain", ":detail"])) \(match) \(text()) \(text())"
            case 7: return "exists \(text())"
            case 8: return "size :over \(tag(["5", "0", "99999999999999999999", "9223372036854775807", "9G"]))"
            case 9: return "body \(match) \(text())"
            case 10: return "header :mime :anychild \(match) \"content-type\" \(text())"
            default: return "currentdate \(match) \(tag(["\"hour\"", "\"weekday\""])) \(text())"
            }
        }
        func action() -> String {
            let name = tag([
                "redirect", "redirect :copy", "fileinto", "reject", "addheader", "deleteheader", "notify", "discard",
                "keep",
                "stop",
            ])
            switch name {
            case "addheader": return "\(name) \(text()) \(text());"
            case "discard", "keep", "stop": return "\(name);"
            default: return "\(name) \(text());"
            }
        }
        for _ in 0..<60 {
            var script = ""
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                script += "if \(test(2)) { \(action()) \(action()) }\n"
                if Bool.random(using: &random) { script += "elsif \(test(1)) { \(action()) } else { \(action()) }\n" }
            }
            let result = try imported(script)
            let refusals = CheckedPolicy.refusals(result.policy)
            #expect(refusals.isEmpty, "\(script)\n\(result.policy)\n\(refusals)")
        }
    }
}

/// The checker's word on a policy.
enum CheckedPolicy {
    static func refusals(_ policy: String) -> [ImportedPolicy.Refusal] {
        let result = PolicyCompiler(patterns: PatternLibrary()).check(PolicyInMemory(policy))
        return result.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            let line = result.sources[diagnostic.primary.span.file]?.lineIndex(of: diagnostic.primary.span.start)
            return ImportedPolicy.Refusal(line: (line ?? 0) + 1, reason: diagnostic.message)
        }
    }
}
