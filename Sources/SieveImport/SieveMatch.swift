import Diagnostics

/// How a test compares: the match type, comparator, address part and headers' tags, taken from its arguments.
struct SieveMatch {
    enum Kind {
        case equal
        case contains
        case wildcard
        case regex
        case count(String)
        case value(String)
    }

    private(set) var kind = Kind.equal
    private(set) var comparator = "i;ascii-casemap"
    /// Other tags, in order and each once: `domain`, `mime`, `anychild`, ….
    private(set) var tags: [String] = []
    /// The texts of tags that take some: `param`, `content`.
    private(set) var tagTexts: [String: [String]] = [:]
    /// The positional lists: header names, keys.
    private(set) var lists: [[String]] = []
    private(set) var numbers: [Int64] = []

    /// - Parameter known: the tags that are regarded, besides comparator and match type. Whatever else a tag asks for
    ///   would be lost.
    /// - Throws: `SieveObstacle` for any other tag.
    init(_ test: SieveTest, taking known: Set<String>) throws(SieveObstacle) {
        var arguments = test.arguments[...]
        func texts() throws(SieveObstacle) -> [String] {
            guard case .texts(let texts)? = arguments.popFirst() else {
                throw SieveObstacle(test.line, "`\(test.name)`", "a tag lacks its text")
            }
            return texts
        }
        while let argument = arguments.popFirst() {
            switch argument {
            case .number(let number?): numbers.append(number)
            case .number(nil):
                throw SieveObstacle(test.line, "`\(test.name)`", "its number is larger than any a policy can hold")
            case .texts(let texts): lists.append(texts)
            case .tag("is"): kind = .equal
            case .tag("contains"): kind = .contains
            case .tag("matches"): kind = .wildcard
            case .tag("regex"): kind = .regex
            case .tag("count"): kind = .count(try texts().first ?? "")
            case .tag("value"): kind = .value(try texts().first ?? "")
            case .tag("comparator"): comparator = try texts().first ?? ""
            case .tag(let tag) where !known.contains(tag):
                throw SieveObstacle(test.line, "`\(test.name)` with `:\(tag)`", SieveNames.why(tag: tag))
            case .tag(let tag) where ["param", "content"].contains(tag): tagTexts[tag] = try texts()
            case .tag(let tag): if !tags.contains(tag) { tags.append(tag) }
            }
        }
    }

    var ignoresCase: Bool { comparator != "i;octet" }

    var isNumeric: Bool { comparator == "i;ascii-numeric" }

    /// The part of an address that is compared; `nil` where it is the whole.
    var part: String? { tags.first { ["domain", "localpart", "user", "detail"].contains($0) } }

    /// Whether any text passes, even one that has nothing in it, so that an address or a body always does.
    func holdsForEmpty(_ keys: [String]) -> Bool {
        switch kind {
        case .contains: keys.contains("")
        case .wildcard: keys.contains { key in !key.isEmpty && key.allSatisfy { $0 == "*" } }
        default: false
        }
    }

    /// The comparison of a fact with keys, `nil` where it can never hold.
    ///
    /// - Throws: `SieveObstacle` where policies have no such comparison.
    func condition(_ fact: String, _ keys: [String], guarded: String?, line: Int) throws(SieveObstacle)
        -> PolicyCondition
    {
        guard ["i;ascii-casemap", "i;octet", "i;unicode-casemap", "i;ascii-numeric"].contains(comparator) else {
            throw SieveObstacle(line, "comparator `\(comparator)`", "policies compare texts by Unicode case folding")
        }
        let exactly = ignoresCase ? "" : "exactly "
        func test(_ relation: String) -> PolicyCondition { .test("\(fact) \(relation)", guarded: guarded) }
        switch kind {
        case .equal where isNumeric:
            return try PolicyCondition.any(keys) { key throws(SieveObstacle) in
                try number(fact, "eq", key, line: line)
            }
        case .equal:
            return test("is \(exactly)\(PolicyWord.choice(keys))")
        case .contains where isNumeric, .wildcard where isNumeric, .regex where isNumeric:
            throw SieveObstacle(line, "comparator `\(comparator)`", "it compares numbers, by `:is` and `:value`")
        case .contains:
            return keys.contains("")
                ? .test("\(fact) exists", guarded: nil)
                : test(
                    "contains \(exactly)\(PolicyWord.choice(keys))")
        case .wildcard:
            return try PolicyCondition.any(keys) { key throws(SieveObstacle) in test(wildcard(key, exactly)) }
        case .regex:
            let all = keys.map { PolicyWord.regex($0, ignoringCase: ignoresCase) }
            return test("matches " + (all.count == 1 ? all[0] : "any of (\(all.joined(separator: ", ")))"))
        case .value(let order):
            return try PolicyCondition.any(keys) { key throws(SieveObstacle) in try number(fact, order, key, line: line)
            }
        case .count:
            throw SieveObstacle(line, "`:count` of \(fact)", "only recipients, addresses and Received can be counted")
        }
    }

    /// The plainest relation that says what a wildcard says.
    private func wildcard(_ key: String, _ exactly: String) -> String {
        let inner = key.drop { $0 == "*" }
        let core = String(inner.reversed().drop { $0 == "*" }.reversed())
        let starts = key.hasPrefix("*")
        let ends = key.hasSuffix("*") && key.count > 1
        if core.isEmpty { return starts ? "exists" : "is \(exactly)\(PolicyText.quoted(key))" }
        if core.contains(where: { "*?\\".contains($0) }) {
            return "matches \(PolicyWord.regex(wildcard: key, ignoringCase: ignoresCase))"
        }
        switch (starts, ends) {
        case (true, true): return "contains \(exactly)\(PolicyText.quoted(core))"
        case (true, false): return "ends with \(exactly)\(PolicyText.quoted(core))"
        case (false, true): return "starts with \(exactly)\(PolicyText.quoted(core))"
        case (false, false): return "is \(exactly)\(PolicyText.quoted(core))"
        }
    }

    private func number(
        _ fact: String, _ order: String, _ key: String, line: Int
    ) throws(SieveObstacle) -> PolicyCondition {
        guard isNumeric, fact.hasPrefix("header "), let number = Int64(key) else {
            throw SieveObstacle(line, "`:value` of \(fact)", "only numbers in header fields have an order here")
        }
        let reading = "\(fact) as number"
        return try Self.ordered(reading, order, number, guarded: reading, line: line)
    }

    /// `eq` and `ne` are pairs of bounds.
    static func ordered(
        _ total: String, _ order: String, _ number: Int64, guarded: String?, line: Int
    ) throws(SieveObstacle) -> PolicyCondition {
        func test(_ sign: String) -> PolicyCondition { .test("\(total) \(sign) \(number)", guarded: guarded) }
        switch order {
        case "gt": return test(">")
        case "ge": return test(">=")
        case "lt": return test("<")
        case "le": return test("<=")
        case "eq": return .and([test(">="), test("<=")])
        case "ne": return .or([test(">"), test("<")])
        default: throw SieveObstacle(line, "the relation `\(order)`", "RFC 5231 has none of that name")
        }
    }
}

/// Something that has no meaning in a policy.
struct SieveObstacle: Error {
    let line: Int
    let what: String
    let why: String

    init(_ line: Int, _ what: String, _ why: String) {
        self.line = line
        self.what = what
        self.why = why
    }
}
