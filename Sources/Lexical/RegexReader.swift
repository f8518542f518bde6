import Vocabulary

/// Reads a regular expression into tokens and refuses what is not regular.
///
/// It need not know every rule of PCRE2's syntax: PCRE2 compiles each expression too. It must know the place and
/// nature of every item it lets through. Iterative: groups are kept on a stack of bounded height.
struct RegexReader {
    let source: [UInt8]
    let limits: LexicalLimits
    var index = 0
    var tokens: [RegexToken] = []
    var groups: [Group]
    /// Within `\Q…\E`.
    var isQuoting = false

    /// What holds within a group, up to its end.
    struct Group {
        var options: Options
        var start = 0
        var hasAlternatives = false
    }

    struct Options {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesAll = false
        var isExtended = false
    }

    struct Fault: Error {
        let message: String
        let offset: Int
        /// Forbidden here, though PCRE2 may understand it. Otherwise malformed, and PCRE2 tells that better.
        let isForbidden: Bool
    }

    init(_ source: [UInt8], ignoresCase: Bool, limits: LexicalLimits) {
        self.source = source
        self.limits = limits
        groups = [Group(options: Options(ignoresCase: ignoresCase))]
    }

    mutating func read() throws(Fault) -> [RegexToken] {
        while index < source.count { try readItem() }
        if groups.count > 1 { throw malformed("a group is not closed", at: groups[groups.count - 1].start) }
        return tokens
    }

    // MARK: Items

    private mutating func readItem() throws(Fault) {
        let start = index
        if isQuoting { return readQuoted() }
        if skipIgnorable() { return }
        let byte = source[index]
        switch byte {
        case UInt8(ascii: "\\"):
            try readEscape()
        case UInt8(ascii: "("):
            try openGroup()
        case UInt8(ascii: ")"):
            try closeGroup()
        case UInt8(ascii: "|"):
            index += 1
            groups[groups.count - 1].hasAlternatives = true
            append(.alternative, from: start)
        case UInt8(ascii: "["):
            try readClass()
        case UInt8(ascii: "."):
            index += 1
            append(.anyCharacter(withLineFeed: options.dotMatchesAll), from: start)
        case UInt8(ascii: "^"):
            index += 1
            append(.start(ofLine: options.isMultiline), from: start)
        case UInt8(ascii: "$"):
            index += 1
            append(.end(ofLine: options.isMultiline), from: start)
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            index += 1
            let isStar = byte == UInt8(ascii: "*")
            let isMark = byte == UInt8(ascii: "?")
            try finishRepetition(least: isStar || isMark ? 0 : 1, most: isMark ? 1 : nil, from: start)
        case UInt8(ascii: "{"):
            if let (least, most) = try readBounds() {
                try finishRepetition(least: least, most: most, from: start)
            } else {
                readCharacter()
            }
        default:
            readCharacter()
        }
    }

    var options: Options { groups[groups.count - 1].options }

    mutating func append(_ kind: RegexToken.Kind, from start: Int) {
        tokens.append(RegexToken(kind: kind, range: start..<index, itemStart: start, isQuoted: isQuoting))
    }

    /// One character that stands for itself. The source is UTF-8.
    mutating func readCharacter() {
        let start = index
        let (scalar, length) = UTF8Scalars.decode(source, at: index) ?? (UInt32(source[index]), 1)
        index += length
        append(.character(scalar, ignoresCase: options.ignoresCase), from: start)
    }

    private mutating func readQuoted() {
        if source[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "E")]) {
            index += 2
            isQuoting = false
        } else {
            readCharacter()
        }
    }

    /// Skips a comment, `\E` that ends nothing, or, with `(?x)`, white space: nothing of it is an item.
    private mutating func skipIgnorable() -> Bool {
        let rest = source[index...]
        if rest.starts(with: [UInt8(ascii: "("), UInt8(ascii: "?"), UInt8(ascii: "#")]) {
            index = (rest.firstIndex(of: UInt8(ascii: ")")) ?? source.count - 1) + 1
            return true
        }
        if rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "E")]) {
            index += 2
            return true
        }
        guard options.isExtended else { return false }
        if source[index] == UInt8(ascii: "#") {
            index = (rest.firstIndex(of: 0x0a) ?? source.count - 1) + 1
            return true
        }
        // PCRE2 skips Pattern_White_Space; of what is beyond ASCII it is U+0085, U+200E, U+200F, U+2028 and U+2029.
        guard let (scalar, length) = UTF8Scalars.decode(source, at: index),
            (0x09...0x0d).contains(scalar) || [0x20, 0x85, 0x200e, 0x200f, 0x2028, 0x2029].contains(scalar)
        else { return false }
        index += length
        return true
    }

    // MARK: Repetitions

    /// The bounds of `{n}`, `{n,}` or `{n,m}`, and past them; `nil` where the brace stands for itself.
    private mutating func readBounds() throws(Fault) -> (least: Int, most: Int?)? {
        let start = index
        guard let end = source[index...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let parts = source[(index + 1)..<end].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard parts.count <= 2, let first = parts.first, !first.isEmpty,
            parts.allSatisfy({ $0.allSatisfy { digits.contains($0) } })
        else { return nil }
        let numbers = parts.map { Int(String(decoding: $0, as: UTF8.self)) ?? ($0.isEmpty ? 0 : Int.max) }
        if numbers.contains(where: { $0 > limits.repetition }) {
            throw forbidden("a repetition counts to \(limits.repetition) at most", at: start)
        }
        index = end + 1
        let most = parts.count == 1 ? numbers[0] : parts[1].isEmpty ? nil : numbers[1]
        return (numbers[0], most)
    }

    private mutating func finishRepetition(least: Int, most: Int?, from start: Int) throws(Fault) {
        guard let item = tokens.last, item.isRepeatable else { throw malformed("nothing to repeat", at: start) }
        let end = index
        while index < source.count, skipIgnorable() {}
        if index < source.count, source[index] == UInt8(ascii: "+") {
            throw forbidden("a possessive repetition is not part of a regular expression", at: index)
        }
        if index < source.count, source[index] == UInt8(ascii: "?") { index += 1 } else { index = end }
        tokens.append(
            RegexToken(
                kind: .repetition(least: least, most: most), range: start..<index, itemStart: item.itemStart,
                isQuoted: item.isQuoted))
    }

    // MARK: Faults

    func forbidden(_ message: String, at offset: Int) -> Fault {
        Fault(message: message, offset: offset, isForbidden: true)
    }

    func malformed(_ message: String, at offset: Int) -> Fault {
        Fault(message: message, offset: offset, isForbidden: false)
    }
}

extension RegexToken {
    /// Whether a repetition may follow.
    var isRepeatable: Bool {
        switch kind {
        case .open, .alternative: false
        default: true
        }
    }
}
