/// What changed in a file, as people read it: the changed lines with some around them, in the unified form.
public enum LineDiff {
    private static let context = 2

    public static func lines(
        path: String, from old: [UInt8], to new: [UInt8], paint: Paint, limits: LineDiffLimits = LineDiffLimits()
    ) -> [String] {
        let before = split(old)
        let after = split(new)
        let matching = LineMatching(from: before, to: after, limits: limits)
        let (removed, inserted) = (matching.removed, matching.inserted)
        var script: [(mark: Character, text: String, old: Int, new: Int)] = []
        var left = 0
        var right = 0
        while left < before.count || right < after.count {
            if removed.contains(left) {
                script.append(("-", before[left], left, right))
                left += 1
            } else if inserted.contains(right), right < after.count {
                script.append(("+", after[right], left, right))
                right += 1
            } else if left < before.count, right < after.count {
                script.append((" ", before[left], left, right))
                left += 1
                right += 1
            } else {
                break
            }
        }
        return [paint("--- \(path)", .bold), paint("+++ \(path)", .bold)] + hunks(script, paint)
    }

    private static func hunks(
        _ script: [(mark: Character, text: String, old: Int, new: Int)], _ paint: Paint
    ) -> [String] {
        var lines: [String] = []
        var index = 0
        while let first = script[index...].firstIndex(where: { $0.mark != " " }) {
            let start = max(index, first - context)
            var end = first + 1
            // Changes that are near stand in one hunk.
            while let next = script[end...].firstIndex(where: { $0.mark != " " }), next - end <= 2 * context {
                end = next + 1
            }
            end = min(script.count, end + context)
            let hunk = script[start..<end]
            let old = hunk.count { $0.mark != "+" }
            let new = hunk.count { $0.mark != "-" }
            lines.append(
                paint("@@ -\(script[start].old + 1),\(old) +\(script[start].new + 1),\(new) @@", .cyan))
            for line in hunk {
                let text = String(line.mark) + Shown.text(line.text)
                lines.append(line.mark == "+" ? paint(text, .green) : line.mark == "-" ? paint(text, .red) : text)
            }
            index = end
        }
        return lines
    }

    private static func split(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        // A line's CR belongs to its end, which nobody needs to see.
        return lines.map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
    }
}
