import Bytecode
import Compiler
import Lexical
import PolicyDiff

/// Comparing a policy with itself but for one rule, as rules grow, and with one in which every rule differs.
enum DiffBenchmark {
    static func run(_ report: inout Report) {
        for count in [100, 1_000, 10_000] {
            guard let old = program(count, changed: { _ in false }),
                let one = program(count, changed: { $0 == count / 2 }), let all = program(count, changed: { _ in true })
            else {
                report.remark("the benchmark's policy of \(count) rules does not compile")
                continue
            }
            measure("diff, 1 of \(count) rules", old, one, &report)
            if count <= 1_000 { measure("diff, all of \(count) rules", old, all, &report) }
        }
    }

    private static func measure(_ name: String, _ old: Program, _ new: Program, _ report: inout Report) {
        var words: [String] = []
        let seconds = Measurement.seconds(rounds: 1) {
            let comparison = PolicyComparison(old: old, new: new)
            words = ["\(comparison.changes.changes.count) changes"]
            for question in PassageQuestion.allCases {
                switch comparison.search(question).next() {
                case .none: words.append("no")
                case .found: words.append("a case")
                case .undecided(let reason): words.append(reason)
                }
            }
        }
        report.add(
            Row(name: name, ours: seconds * 1e3, unit: "ms", peer: nil, note: words.joined(separator: ", ")))
    }

    private static func program(_ count: Int, changed: (Int) -> Bool) -> Program? {
        var text = "policy bench {\n    edition 1\n    domains \"acme.example\"\n}\n"
        text += "uninspectable {\n    if unknown then quarantine unread\n}\n"
        for index in 0..<count {
            let size = changed(index) ? index + 7 : index + 2
            let condition =
                switch index % 4 {
                case 0: "subject contains \"word\(index)\" and message.size > \(size) KB"
                case 1: "sender.domain under \"d\(index).example\" and message.size > \(size) KB"
                case 2: "any file where (name contains \"file\(index)\" and size > \(size) KB)"
                default: "any attachment where (type is executable and size > \(size) KB)"
                }
            text += "rule r\(index) {\n    when \(condition)\n    then quarantine held\n}\n"
        }
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(text))
        return result.bundle.flatMap { try? Bundle.read($0) }
    }
}
