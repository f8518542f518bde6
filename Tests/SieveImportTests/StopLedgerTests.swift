import Compiler
import Lexical
import TestSupport
import Testing

@testable import SieveImport

/// What stands behind many stops and branches: the rows of settings mean what the excuses written out mean, and cost what
/// the script is long.
@Suite struct StopLedgerTests {
    // MARK: Meaning

    /// Scripts at random, run as Sieve is, against the rules that are made of them.
    @Test(arguments: [(0, 1), (0, 3), (1, 2), (2, 900)])
    func rulesFireWhereTheScriptActs(_ plain: Int, _ rows: Int) throws {
        var limits = SieveLimits()
        (limits.plainExcuses, limits.rowsOfSetting) = (plain, rows)
        var random = RandomScript(seed: UInt64(plain * 1000 + rows))
        var folded = 0
        for _ in 0..<60 {
            let script = random.block(depth: 0)
            let commands = try SieveParser.parse(Array(script.utf8), limits: limits)
            var walk = SieveWalk(limits: limits)
            walk.run(commands)
            folded += walk.ledger.settings.count
            for _ in 0..<30 {
                let words = Set((0..<6).filter { _ in random.next(3) == 0 })
                var acted: Set<Int> = []
                _ = run(commands, words, &acted)
                for rule in walk.rules {
                    let fires =
                        rule.conditions.allSatisfy { holds($0, words, walk.ledger) }
                        && !rule.excuses.contains { holds($0, words, walk.ledger) }
                    #expect(fires == acted.contains(rule.line), "line \(rule.line), words \(words):\n\(script)")
                }
            }
        }
        #expect(folded > 20)
    }

    private func holds(_ condition: PolicyCondition, _ words: Set<Int>, _ ledger: StopLedger) -> Bool {
        switch condition {
        case .test(let text, _): words.contains { text == "subject contains \"w\($0)\"" }
        case .stopped(let setting, let row):
            ledger.settings[setting].prefix(row).contains { holds($0, words, ledger) }
        case .not(let operand): !holds(operand, words, ledger)
        case .and(let operands): operands.allSatisfy { holds($0, words, ledger) }
        case .or(let operands): operands.contains { holds($0, words, ledger) }
        }
    }

    /// Runs a block; whether it stopped.
    private func run(_ commands: [SieveCommand], _ words: Set<Int>, _ acted: inout Set<Int>) -> Bool {
        var isTaken = false
        for command in commands {
            switch command.name {
            case "if", "elsif", "else":
                if command.name == "if" { isTaken = false }
                if isTaken { continue }
                guard command.tests.first.map({ isTrue($0, words) }) ?? true else { continue }
                isTaken = true
                if run(command.block ?? [], words, &acted) { return true }
            case "stop": return true
            default: acted.insert(command.line)
            }
        }
        return false
    }

    private func isTrue(_ test: SieveTest, _ words: Set<Int>) -> Bool {
        if test.name == "not" { return !(test.tests.first.map { isTrue($0, words) } ?? true) }
        guard case .texts(let keys)? = test.arguments.last else { return false }
        return words.contains { keys == ["w\($0)"] }
    }

    // MARK: Cost

    private func imported(_ script: String, _ limits: SieveLimits = SieveLimits()) throws -> ImportedPolicy {
        try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "a@b.example", limits: limits, refusals: { _ in [] })
    }

    @Test(arguments: [
        "if header :contains \"subject\" \"w%\" { discard; stop; }\n",
        "elsif header :contains \"subject\" \"w%\" { discard; }\n",
        "elsif header :contains \"subject\" \"w%\" { discard; stop; }\n",
        "if true { if header :contains \"subject\" \"w%\" { stop; } } discard;\n",
        "if size :over 1K { fileinto \"a%\"; }\n",
    ]) func manyStopsAndBranchesCostTheirNumber(_ line: String) throws {
        let growth = try Effort.growth(500, rounds: 1) { size in
            var script = "if size :over 5M { keep; }\n"
            for number in 0..<size { script += line.replacing("%", with: "\(number)") }
            let count = try imported(script).ruleCount
            #expect(count == size)
        }
        #expect(growth < Effort.linear, "\(line)")
    }

    @Test func whatIsMadeOfManyStopsCompiles() throws {
        var script = "require \"reject\";\n"
        for number in 0..<1000 {
            script += "if header :contains \"subject\" \"w\(number)\" { reject \"no\"; stop; }\n"
        }
        let result = try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
        #expect(result.ruleCount == 1000)
        #expect(result.remarks.isEmpty)
        #expect(result.policy.contains("unless stopped-1 <= 900\nunless stopped-2 <= 99\n"))
    }

    // MARK: Bounds

    private func stops(_ count: Int) -> String {
        (1...count).map { "if header :contains \"subject\" \"w\($0)\" { stop; }\n" }.joined() + "discard;\n"
    }

    @Test func excusesAreWrittenOutUpToTheBound() throws {
        var limits = SieveLimits()
        limits.plainExcuses = 3
        let plain = try imported(stops(3), limits).policy
        #expect(!plain.contains("setting "))
        #expect(plain.contains("unless subject contains \"w3\""))
        let folded = try imported(stops(4), limits).policy
        #expect(folded.contains("when subject contains \"w4\" then 4\n}"))
        #expect(folded.contains("unless stopped-1 <= 4\n"))
        #expect(!folded.contains("unless subject"))
    }

    @Test func aSettingHasRowsUpToTheBound() throws {
        var limits = SieveLimits()
        (limits.plainExcuses, limits.rowsOfSetting) = (1, 5)
        let (one, two) = (try imported(stops(5), limits).policy, try imported(stops(6), limits).policy)
        #expect(!one.contains("stopped-2"))
        #expect(two.contains("unless stopped-1 <= 5\nunless stopped-2 <= 1\n"))
    }

    @Test func aPolicyIsMadeUpToTheBoundOfItsBytes() throws {
        var limits = SieveLimits()
        let around = "if header :contains \"subject\" \"\(String(repeating: "x", count: 900))\" {\n"
        func script(_ rules: Int) -> String {
            around + String(repeating: "if size :over 1K { discard; }\n", count: rules) + "}\n"
        }
        limits.policyBytes = 20 * 1024
        let made = try imported(script(15), limits)
        #expect(made.ruleCount == 15)
        #expect {
            try imported(script(40), limits)
        } throws: { error in
            (error as? SieveFault).map { $0.line > 15 && $0.reason.contains("20480") } ?? false
        }
        #expect(throws: SieveFault.self) { try imported(stops(1000), limits) }
    }

    // MARK: What is refused

    @Test func aRowThatIsRefusedCostsTheRulesBehindIt() throws {
        var script = ""
        for number in 1...60 {
            let test = number == 40 ? "header :regex \"subject\" \"(\"" : "header :contains \"subject\" \"w\(number)\""
            script += "if \(test) { stop; }\nif size :over \(number)K { discard; }\n"
        }
        let result = try ImportedPolicy(
            Array(script.utf8), name: "imported", administrator: "a@b.example", refusals: CheckedPolicy.refusals)
        #expect(CheckedPolicy.refusals(result.policy).isEmpty)
        #expect(result.ruleCount == 39)
        #expect(result.policy.contains("unless stopped-1 <= 39\n"))
        #expect(!result.policy.contains("then 40\n"))
        #expect(result.remarks.map(\.line) == (40...60).map { $0 * 2 })
    }
}

/// Blocks of tests, actions and stops, each command on a line of its own.
private struct RandomScript {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func block(depth: Int) -> String {
        var text = ""
        for _ in 0..<(2 + next(4)) {
            switch next(depth < 3 ? 6 : 2) {
            case 0: text += "discard;\n"
            case 1: if depth > 0, next(3) == 0 { text += "stop;\n" } else { text += "discard;\n" }
            default:
                text += "if \(test()) {\n\(block(depth: depth + 1))}\n"
                for _ in 0..<next(3) { text += "elsif \(test()) {\n\(block(depth: depth + 1))}\n" }
                if next(3) == 0 { text += "else {\n\(block(depth: depth + 1))}\n" }
            }
        }
        return text
    }

    private mutating func test() -> String {
        (next(4) == 0 ? "not " : "") + "header :contains \"subject\" \"w\(next(6))\""
    }
}
