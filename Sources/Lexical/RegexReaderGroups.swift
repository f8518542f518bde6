/// Groups and options.
extension RegexReader {
    mutating func openGroup() throws(Fault) {
        let start = index
        index += 1
        if peek() == UInt8(ascii: "*") {
            throw forbidden("a backtracking verb is not part of a regular expression", at: start)
        }
        guard peek() == UInt8(ascii: "?") else { return try push(options, from: start) }
        index += 1
        guard let kind = peek() else { throw malformed("a group is not closed", at: start) }
        if let message = Self.forbiddenGroup(kind, next: peek(1)) { throw forbidden(message, at: start) }
        switch kind {
        case UInt8(ascii: ":"):
            index += 1
            try push(options, from: start)
        case UInt8(ascii: "<"), UInt8(ascii: "P"), UInt8(ascii: "'"):
            let isQuoted = kind == UInt8(ascii: "'")
            index += kind == UInt8(ascii: "P") ? 2 : 1
            let mark = UInt8(ascii: isQuoted ? "'" : ">")
            guard let end = source[min(index, source.count)...].firstIndex(of: mark) else {
                throw malformed("the name of a group is not closed", at: start)
            }
            index = end + 1
            try push(options, from: start)
        default:
            try readOptions(from: start)
        }
    }

    /// What follows `(?` in groups that are no part of a regular expression.
    private static func forbiddenGroup(_ kind: UInt8, next: UInt8?) -> String? {
        switch kind {
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"):
            return "look-around is not part of a regular expression"
        case UInt8(ascii: "<"):
            let marks = "=!*".utf8
            return next.map(marks.contains) == true ? "look-around is not part of a regular expression" : nil
        case UInt8(ascii: ">"):
            return "an atomic group is not part of a regular expression"
        case UInt8(ascii: "("):
            return "a conditional group is not part of a regular expression"
        case UInt8(ascii: "R"), UInt8(ascii: "&"), UInt8(ascii: "+"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return "recursion is not part of a regular expression"
        case UInt8(ascii: "C"):
            return "a callout is not part of a regular expression"
        case UInt8(ascii: "|"):
            return "a group that numbers its alternatives anew is not offered"
        case UInt8(ascii: "-"):
            let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
            return next.map(digits.contains) == true ? "recursion is not part of a regular expression" : nil
        case UInt8(ascii: "P"):
            if next == UInt8(ascii: "=") { return "a back-reference is not part of a regular expression" }
            return next == UInt8(ascii: ">") ? "recursion is not part of a regular expression" : nil
        default:
            return nil
        }
    }

    /// `(?i)` up to the end of the group it stands in, or `(?i:…)` for a group of its own.
    private mutating func readOptions(from start: Int) throws(Fault) {
        var changed = options
        var isSet = true
        while let byte = peek() {
            index += 1
            switch byte {
            case UInt8(ascii: "-"): isSet = false
            case UInt8(ascii: "i"): changed.ignoresCase = isSet
            case UInt8(ascii: "m"): changed.isMultiline = isSet
            case UInt8(ascii: "s"): changed.dotMatchesAll = isSet
            case UInt8(ascii: "x"):
                if peek() == UInt8(ascii: "x") { throw forbidden("the option `xx` is not offered", at: index - 1) }
                changed.isExtended = isSet
            case UInt8(ascii: ")"):
                groups[groups.count - 1].options = changed
                return
            case UInt8(ascii: ":"):
                return try push(changed, from: start)
            default:
                throw forbidden("an expression has the options `i`, `m`, `s` and `x` only", at: index - 1)
            }
        }
        throw malformed("a group is not closed", at: start)
    }

    private mutating func push(_ options: Options, from start: Int) throws(Fault) {
        if groups.count > limits.groupDepth {
            throw forbidden("groups nest \(limits.groupDepth) deep at most", at: start)
        }
        groups.append(Group(options: options, start: start))
        append(.open, from: start)
    }

    mutating func closeGroup() throws(Fault) {
        guard groups.count > 1, let group = groups.popLast() else {
            throw malformed("a parenthesis closes nothing", at: index)
        }
        index += 1
        tokens.append(
            RegexToken(
                kind: .close(hasAlternatives: group.hasAlternatives), range: (index - 1)..<index,
                itemStart: group.start))
    }

    func peek(_ ahead: Int = 0) -> UInt8? { index + ahead < source.count ? source[index + ahead] : nil }
}
