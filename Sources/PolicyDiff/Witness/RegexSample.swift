/// Walks a regular expression and writes down one text that it may match, as short as is likely to do.
struct RegexSample {
    private(set) var text = ""

    init(_ expression: String) {
        var rest = Substring(expression)
        text = Self.alternatives(&rest)
    }

    /// The first branch; the others are skipped.
    private static func alternatives(_ rest: inout Substring) -> String {
        var text = ""
        var isFirst = true
        while let next = rest.first, next != ")" {
            if next == "|" {
                isFirst = false
                rest.removeFirst()
                continue
            }
            let piece = repeated(&rest)
            if isFirst { text += piece }
        }
        return text
    }

    private static func repeated(_ rest: inout Substring) -> String {
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

    private static func atom(_ rest: inout Substring) -> String {
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
        case "[": return characterClass(&rest)
        case "\\": return rest.isEmpty ? "" : escape(rest.removeFirst())
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
