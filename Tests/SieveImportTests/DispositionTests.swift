import Testing

@testable import SieveImport

/// Sieve does everything that it is told; of a policy's dispositions the greatest wins.
@Suite struct DispositionTests {
    private func imported(_ script: String) throws -> ImportedPolicy {
        try ImportedPolicy(
            Array(script.utf8), name: "p", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
    }

    /// The actions of all rules.
    private func actions(_ policy: ImportedPolicy) -> [String] {
        policy.policy.split(separator: "\n").map { $0.hasPrefix("then ") ? String($0.dropFirst(5)) : String($0) }
            .filter { line in
                ["discard", "copy to", "redirect to", "reject"].contains { line.hasPrefix($0) }
                    || (line.hasPrefix("quarantine ") && !line.hasSuffix("}"))
            }
    }

    @Test(arguments: [
        ("redirect \"a@b.example\";", ["redirect to \"a@b.example\""]),
        (
            "redirect \"a@b.example\"; redirect \"c@b.example\";",
            ["discard", "copy to \"a@b.example\"", "copy to \"c@b.example\""]
        ),
        ("redirect \"a@b.example\"; keep;", ["copy to \"a@b.example\""]),
        ("keep; redirect \"a@b.example\";", ["copy to \"a@b.example\""]),
        ("redirect \"a@b.example\"; fileinto \"INBOX\";", ["copy to \"a@b.example\""]),
        ("redirect \"a@b.example\"; fileinto \"x\";", ["copy to \"a@b.example\"", "quarantine x"]),
        (
            "redirect :copy \"a@b.example\"; redirect \"c@b.example\";",
            ["copy to \"a@b.example\"", "redirect to \"c@b.example\""]
        ),
        ("redirect :copy \"a@b.example\"; keep;", ["copy to \"a@b.example\""]),
        ("redirect \"a@b.example\"; discard;", ["discard", "copy to \"a@b.example\""]),
        ("discard; fileinto \"x\";", ["quarantine x"]), ("discard; keep;", []), ("keep;", []),
    ]) func whatOneBlockDoes(_ block: String, _ expected: [String]) throws {
        let result = try imported("if header :contains \"subject\" \"x\" { \(block) }")
        #expect(actions(result) == expected, "\(result.policy)")
        #expect(result.remarks.isEmpty, "\(result.remarks)")
    }

    @Test func whatIsHeldIsNotDeliveredAsWell() throws {
        let result = try imported("fileinto \"x\";\nkeep;")
        #expect(result.remarks.map(\.line) == [2])
        #expect(try imported("if size :over 1K { keep; stop; }\nfileinto \"x\";").remarks.isEmpty)
        #expect(try imported("if size :over 1K { keep; } else { fileinto \"x\"; }").remarks.isEmpty)
    }

    /// Both sides of the bound on places that keep the message.
    @Test func soManyKeepsExcuse() throws {
        func script(_ keeps: Int) -> String {
            (1...keeps).map { "if size :over \($0)K { keep; }\n" }.joined() + "discard;"
        }
        let bound = SieveLimits().plainExcuses
        let whole = try imported(script(bound))
        #expect(whole.remarks.isEmpty && whole.policy.split(separator: "\nunless ").count == bound + 1)
        #expect(try imported(script(bound + 1)).remarks.map(\.line) == [bound + 1])
    }

    /// Scripts at random, done as Sieve does, against the rules that are made of them.
    @Test func rulesDoWhatTheScriptDoes() throws {
        var random = RandomActions(seed: 7)
        var limits = SieveLimits()
        limits.plainExcuses = 1000
        var kept = 0
        for _ in 0..<400 {
            let script = random.block(depth: 0)
            let commands = try SieveParser.parse(Array(script.utf8), limits: limits)
            var walk = SieveWalk(limits: limits)
            walk.run(commands)
            for words in 0..<8 {
                var done: Set<String> = []
                _ = run(commands, words, &done)
                let isDelivered = done.contains("keep") || done.allSatisfy { $0.hasPrefix("copy") }
                let sent = Set(done.filter { $0.contains("@") }.map { String($0.drop { $0 != " " }) })
                let held = done.filter { $0.hasPrefix("quarantine") }
                let actions = Set(
                    walk.rules.filter { rule in
                        rule.conditions.allSatisfy { holds($0, words, walk.ledger) }
                            && !rule.excuses.contains { holds($0, words, walk.ledger) }
                    }.flatMap(\.actions))
                #expect(Set(actions.filter { $0.hasPrefix("quarantine") }) == held, "\(words):\n\(script)")
                let reached = actions.filter { $0.contains("@") }
                #expect(
                    Set(reached.map { String($0.split(separator: "\"")[1]) })
                        == Set(sent.map { String($0.dropFirst()) }))
                if held.isEmpty {
                    let stays = !actions.contains { $0 == "discard" || $0.hasPrefix("redirect") }
                    #expect(stays == isDelivered, "\(words):\n\(script)\(walk.rules)")
                    kept += done.contains("keep") ? 1 : 0
                } else if isDelivered {
                    #expect(walk.remarks.contains { $0.what == "`keep`" }, "\(script)")
                }
            }
        }
        #expect(kept > 100)
    }

    private func holds(_ condition: PolicyCondition, _ words: Int, _ ledger: StopLedger) -> Bool {
        switch condition {
        case .test(let text, _): (0..<3).contains { words >> $0 & 1 == 1 && text == "subject contains \"w\($0)\"" }
        case .stopped(let setting, let row):
            ledger.settings[setting].prefix(row).contains { holds($0, words, ledger) }
        case .not(let operand): !holds(operand, words, ledger)
        case .and(let operands): operands.allSatisfy { holds($0, words, ledger) }
        case .or(let operands): operands.contains { holds($0, words, ledger) }
        }
    }

    private func run(_ commands: [SieveCommand], _ words: Int, _ done: inout Set<String>) -> Bool {
        var isTaken = false
        for command in commands {
            var text = ""
            if case .texts(let texts)? = command.arguments.last { text = texts[0] }
            switch command.name {
            case "if", "elsif", "else":
                if command.name == "if" { isTaken = false }
                if isTaken || !(command.tests.first.map { isTrue($0, words) } ?? true) { continue }
                isTaken = true
                if run(command.block ?? [], words, &done) { return true }
            case "stop": return true
            case "redirect": done.insert((command.arguments.count > 1 ? "copy " : "redirect ") + text)
            case "fileinto": done.insert("quarantine " + text)
            default: done.insert(command.name)
            }
        }
        return false
    }

    private func isTrue(_ test: SieveTest, _ words: Int) -> Bool {
        if test.name == "not" { return !(test.tests.first.map { isTrue($0, words) } ?? true) }
        guard case .texts(let keys)? = test.arguments.last else { return false }
        return (0..<3).contains { words >> $0 & 1 == 1 && keys == ["w\($0)"] }
    }
}

/// Blocks of actions that leave, keep and take messages away.
private struct RandomActions {
    private var state: UInt64
    private var number = 0

    init(seed: UInt64) { state = seed }

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private mutating func test() -> String {
        (next(4) == 0 ? "not " : "") + "header :contains \"subject\" \"w\(next(3))\""
    }

    private mutating func action() -> String {
        number += 1
        switch next(8) {
        case 0...2: return "keep;"
        case 3, 4: return "discard;"
        case 5: return "redirect \"r\(number)@b.example\";"
        case 6: return "redirect :copy \"c\(number)@b.example\";"
        default: return "fileinto \"f\(number)\";"
        }
    }

    mutating func block(depth: Int) -> String {
        var text = ""
        for _ in 0..<(1 + next(3)) {
            if depth < 3, next(2) == 0 {
                text += "if \(test()) {\n\(block(depth: depth + 1))}\n"
                for _ in 0..<next(3) { text += "elsif \(test()) {\n\(block(depth: depth + 1))}\n" }
                if next(3) == 0 { text += "else {\n\(block(depth: depth + 1))}\n" }
            } else if depth > 0, next(6) == 0 {
                return text + "stop;\n"
            } else {
                text += action() + "\n"
            }
        }
        return text
    }
}
