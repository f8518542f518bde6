/// A policy made of a Sieve script.
///
/// Purpose of the room: give people who have Sieve scripts (RFC 5228 and its extensions for headers, envelopes, bodies,
/// MIME and relations) a policy to start from.
/// Takes: the bytes of a script. Gives: policy text and a list of what has no meaning in a policy. Fails: `SieveFault`
/// where the script is no Sieve. Limits: `SieveLimits`. Must not import: anything that knows facts or messages.
///
/// Order has no meaning in a policy, so what order does in Sieve is written out: a branch is excused (`unless`) by the
/// branches before it, and what follows a `stop` by the condition under which it is reached. Excuses are positive
/// places, where an absent field means false, exactly as in Sieve.
public struct ImportedPolicy: Sendable {
    /// Something of the script that the policy does not have.
    public struct Remark: Equatable, Sendable {
        /// Line of the script, from 1.
        public let line: Int
        /// What it is, as the script calls it.
        public let what: String
        /// Why it is not there, or what to write.
        public let why: String
    }

    /// What the policy's checker finds wrong in a policy.
    public struct Refusal: Sendable {
        /// Line of the policy, from 1.
        public let line: Int
        public let reason: String

        public init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }

    /// The policy's text, not yet in canonical form.
    public let policy: String
    /// In the order of lines.
    public let remarks: [Remark]
    public let ruleCount: Int

    /// Translates a script.
    ///
    /// - Parameters:
    ///   - name: the policy's name.
    ///   - administrator: the address for the policy's header.
    ///   - canBeName: whether a word can be a name; those of the policy language cannot.
    ///   - isAddress: whether a text is a mail address that a policy can name.
    ///   - refusals: the errors that a policy of this text has. What is refused is taken out and remarked on, so that
    ///     there are none in the end.
    /// - Throws: `SieveFault` where the script is not Sieve or passes a limit, or the name or administrator is refused.
    public init(
        _ script: [UInt8], name: String, administrator: String, limits: SieveLimits = SieveLimits(),
        canBeName: @escaping (String) -> Bool = { _ in true }, isAddress: @escaping (String) -> Bool = { _ in true },
        refusals: (String) -> [Refusal]
    ) throws(SieveFault) {
        try Self.requireUTF8(script)
        // Some editors begin a file in UTF-8 with a byte order mark.
        let script = script.starts(with: [0xef, 0xbb, 0xbf]) ? Array(script.dropFirst(3)) : script
        var walk = SieveWalk(limits: limits, canBeName: canBeName, isAddress: isAddress)
        walk.run(try SieveParser.parse(script, limits: limits))
        let word = PolicyWord.name(name)
        let name = canBeName(word) ? word : word + "-policy"
        var text = try SievePolicyText(walk, name: name, administrator: administrator, limits: limits)
        var rounds = 0
        while let refused = Optional(refusals(text.text)), let first = refused.first {
            guard !walk.rules.isEmpty else { throw SieveFault(line: 1, reason: first.reason) }
            rounds += 1
            var rules = Self.reasons(refused, text.rulesOfLine)
            let rows = Self.reasons(refused, text.rowOfLine.mapValues { [$0] })
            let excuses = Self.reasons(refused, text.excuseOfLine.mapValues { [$0] })
            // All rules where there is nothing else to take out, and in the last round.
            if rounds == limits.checks || (rules.isEmpty && rows.isEmpty && excuses.isEmpty) {
                for rule in walk.rules.indices { rules[rule] = rules[rule] ?? first.reason }
            }
            walk.remove(excuses)
            walk.remove(rules, rows)
            text = try SievePolicyText(walk, name: name, administrator: administrator, limits: limits)
        }
        policy = text.text
        remarks = walk.remarks.sorted { ($0.line, $0.what) < ($1.line, $1.what) }
        ruleCount = walk.rules.count
    }

    /// What errors lie in, with the first reason of each.
    private static func reasons<Part: Hashable>(_ refused: [Refusal], _ parts: [Int: [Part]]) -> [Part: String] {
        var reasons: [Part: String] = [:]
        for refusal in refused {
            for part in parts[refusal.line] ?? [] { reasons[part] = reasons[part] ?? refusal.reason }
        }
        return reasons
    }

    /// A script is UTF-8 (RFC 5228, section 2.1); no byte of a longer character is a line end.
    private static func requireUTF8(_ script: [UInt8]) throws(SieveFault) {
        for (index, line) in script.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
        where String(validating: line, as: UTF8.self) == nil {
            throw SieveFault(line: index + 1, reason: "bytes that are not UTF-8, as a Sieve script must be")
        }
    }
}
