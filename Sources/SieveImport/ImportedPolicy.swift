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
    /// - Throws: `SieveFault` where the script is not Sieve or passes a limit.
    public init(
        _ script: [UInt8], name: String, administrator: String, limits: SieveLimits = SieveLimits()
    ) throws(SieveFault) {
        var walk = SieveWalk(limits: limits)
        walk.run(try SieveParser.parse(script, limits: limits))
        policy = SievePolicyText.text(walk, name: PolicyWord.name(name), administrator: administrator)
        remarks = walk.remarks.sorted { ($0.line, $0.what) < ($1.line, $1.what) }
        ruleCount = walk.rules.count
    }
}
