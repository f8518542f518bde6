import Compiler
import Vocabulary

/// Coverage as an lcov tracefile, which genhtml draws and GitLab and editors read: a rule is a function, hit when it
/// fires; a line with tests is hit as often as its most looked-at test; a test is a block with a branch for each value
/// it owes, true, false, then unknown; a row of answers is a block with one branch.
public enum CoverageLcov {
    public static func text(_ coverages: [(policy: String, coverage: Coverage, build: PolicyBuild)]) -> String {
        var text = ""
        for (_, coverage, build) in coverages {
            for file in coverage.files { text += record(file, coverage, build) }
        }
        return text
    }

    private static func record(_ file: String, _ coverage: Coverage, _ build: PolicyBuild) -> String {
        var lines = ["TN:lazaret", "SF:\(oneLine(build.shownPath(file)))"]
        let owners = coverage.policy.owners.indices.filter {
            coverage.policy.owners[$0].kind == .rule && coverage.policy.owners[$0].place.file == file
        }
        for number in owners {
            let owner = coverage.policy.owners[number]
            lines.append("FN:\(owner.place.line),\(oneLine(owner.name))")
        }
        for number in owners {
            lines.append("FNDA:\(coverage.rules[number].fires),\(oneLine(coverage.policy.owners[number].name))")
        }
        lines.append("FNF:\(owners.count)")
        lines.append("FNH:\(owners.count { coverage.rules[$0].fires > 0 })")
        var hits: [Int: Int] = [:]
        var blocks: [Int: Int] = [:]
        var branches = Coverage.Marks()
        for number in coverage.numbers(inFile: file) {
            let clause = coverage.policy.clauses[number]
            let count = coverage.counts[number]
            let line = clause.place.line
            hits[line] = max(hits[line, default: 0], count.all)
            let block = blocks[line, default: 0]
            blocks[line] = block + 1
            let values = (clause.hasTruth ? [count.yes, count.no] : []) + (clause.canBeUnknown ? [count.unknown] : [])
            for (branch, value) in values.enumerated() {
                lines.append("BRDA:\(line),\(block),\(branch),\(count.all == 0 ? "-" : String(value))")
            }
            branches = branches.adding(coverage.marks(of: number))
        }
        for (number, place) in coverage.policy.answers.enumerated() where place.file == file {
            let given = coverage.answers[number]
            hits[place.line] = max(hits[place.line, default: 0], given)
            let block = blocks[place.line, default: 0]
            blocks[place.line] = block + 1
            lines.append("BRDA:\(place.line),\(block),0,\(given)")
            branches = branches.adding(Coverage.Marks(seen: given > 0 ? 1 : 0, owed: 1))
        }
        lines += ["BRF:\(branches.owed)", "BRH:\(branches.seen)"]
        lines += hits.sorted { $0.key < $1.key }.map { "DA:\($0.key),\($0.value)" }
        lines += ["LF:\(hits.count)", "LH:\(hits.values.count { $0 > 0 })", "end_of_record"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined() }
}
