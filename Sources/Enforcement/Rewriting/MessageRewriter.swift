import Message
import Vocabulary

/// Why a message cannot be changed as asked; it must not go on as it is.
public struct RewritingFault: Error, Equatable, Sendable {
    /// In words, without a full stop.
    public let reason: String
}

/// Carries out what changes a message: parts taken away, fields removed and added, tags, disclaimers.
///
/// Takes: the message as it was judged. Gives: its bytes with nothing else changed. Fails: `RewritingFault` where a part
/// that must go is not found in the reading that goes on. Limits: `EnforcementLimits`. The result is read as most readers
/// would read the message; ambiguous mail has to be rebuilt first.
public struct MessageRewriter: Sendable {
    private let message: ParsedMessage
    private let policy: String
    private let language: String
    private let limits: EnforcementLimits

    public init(_ message: ParsedMessage, words: PolicyWords, limits: EnforcementLimits = EnforcementLimits()) {
        self.message = message
        policy = words.policy
        language = Phrases.language(for: words.organisation.languages)
        self.limits = limits
    }

    /// A rewriter of a message that nobody has read yet.
    public init(_ bytes: [UInt8], words: PolicyWords, limits: EnforcementLimits = EnforcementLimits()) {
        self.init(ParsedMessage(MessageBytes(bytes)), words: words, limits: limits)
    }

    /// - Throws: `RewritingFault`.
    public func rewritten(_ changes: MessageChanges) throws(RewritingFault) -> RewrittenMessage {
        guard !changes.isEmpty else { return RewrittenMessage(bytes: message.bytes.array) }
        var edits = ByteEdits()
        var remarks: [RewritingRemark] = []

        var removal = PartRemoval(changes.strippedParts, policy: policy, phrases: Phrases.of(language), limits: limits)
        removal.edit(message.root, &edits)
        guard removal.missing.isEmpty else {
            let list = removal.missing.joined(separator: ", ")
            throw RewritingFault(reason: "what is to be taken away is not where most readers find it: \(list)")
        }
        var disclaiming = DisclaimerInsertion(changes.disclaimers, limits: limits)
        disclaiming.edit(message.root, removed: removal.done, &edits)
        HeaderEdits(changes).edit(message.header, &edits)

        let touched = removal.done + disclaiming.done
        remarks += SignatureDamage.remarks(message, touched: touched, changes)
        remarks += disclaiming.remarks
        return RewrittenMessage(bytes: edits.applied(to: message.bytes.array), remarks: remarks)
    }
}
