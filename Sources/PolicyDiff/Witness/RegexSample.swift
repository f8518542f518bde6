/// Walks a regular expression and writes down one text that it may match, as short as is likely to do.
struct RegexSample {
    private(set) var text = ""
    /// Which of the branches of every alternation is gone, from 0; beyond the last the first again.
    private let branch: Int

    init(_ expression: String, branch: Int = 0) {
        self.branch = branch
        var rest = Substring(expression)
        text = alternatives(&rest)
    }

    private func alternatives(_ rest: inout Substring) -> String {
        var branches = [""]
        while let next = rest.first, next != ")" {
            if next == "|" {
                branches.append("")
                rest.removeFirst()
            } else {
                branches[branches.count - 1] += repeated(&rest)
            }
        }
        return branches[branch % branches.count]
    }

    private func repeated(_ rest: inout Substring) -> String {
        let piece = atom(&rest)
        guard let next = rest.first else { return piece }
        switch next {
        case "*", "?":
            rest.removeFirst()
            return piece
        case "+":
            rest.removeFirst()
            return piece
        case "{":
            guard let end = rest.firstIndex(of: "}") else { return piece }
            let digits = rest[rest.index(after: rest.startIndex)..<end].prefix { $0.isNumber }
            rest = rest[rest.index(after: end)...]
            // Repetitions within each other multiply.
            let room = max(1, ComparisonLimits.sampleBytes / max(1, piece.utf8.count))
            return String(repeating: piece, count: min(Int(digits) ?? 1, room))
        default: return piece
        }
    }

    private func atom(_ rest: inout Substring) -> String {
        let first = rest.removeFirst()
        switch first {
        case "(":
            if rest.hasPrefix("?") {
                guard let colon = rest.firstIndex(where: { $0 == ":" || $0 == ")" || $0 == ">" }) else { return "" }
                if rest[colon] == ")" {
                    rest = rest[rest.index(after: colon)...]
                    return ""
                }
                rest = rest[rest.index(after: colon)...]
            }
            let inner = alternatives(&rest)
            if rest.first == ")" { rest.removeFirst() }
            return inner
        case "[": return Self.characterClass(&rest)
        case "\\": return rest.isEmpty ? "" : Self.escape(rest.removeFirst())
        case ".": return "x"
        case "^", "$": return ""
        default: return String(first)
        }
    }

    private static func escape(_ letter: Character) -> String {
        switch letter {
        case "d": "7"
        case "w": "w"
        case "s": " "
        case "D", "S", "W": "-"
        case "b", "B", "A", "z", "Z": ""
        case "n": "\n"
        case "t": "\t"
        default: String(letter)
        }
    }

    private static func characterClass(_ rest: inout Substring) -> String {
        let isNegated = rest.first == "^"
        if isNegated { rest.removeFirst() }
        var member = ""
        while let next = rest.first, next != "]" || member.isEmpty {
            rest.removeFirst()
            let one = next == "\\" && !rest.isEmpty ? escape(rest.removeFirst()) : String(next)
            if member.isEmpty { member = one }
        }
        if rest.first == "]" { rest.removeFirst() }
        return isNegated ? "~" : member
    }
}
