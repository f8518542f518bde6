import Vocabulary

/// Bounds on what is written because of one message. A sender chose much of it, and may have chosen how often.
public struct EnforcementLimits: Equatable, Sendable {
    /// Bytes of a notice's subject.
    public var subjectBytes = WrittenTextLimits.noticeSubjectBytes
    /// Bytes of the text of a notice or a disclaimer.
    public var textBytes = WrittenTextLimits.noticeTextBytes
    /// Bytes of what stands for `{evidence}`, and of what stands for `{parts}`.
    public var evidenceBytes = 4096
    /// Names that stand for `{parts}`.
    public var listedParts = 50
    /// Notices for one message, and texts of disclaimers: one for each recipient of the largest envelope.
    public var texts = 1000
    /// Decisions whose evidence one notice tells; an administrator's notice may speak of many recipients.
    public var toldDecisions = 100

    /// Names of attachments in a summary of the message.
    public var summaryNames = 20
    /// Bytes of each of them.
    public var summaryNameBytes = 200

    /// Bytes of a message that a report brings back whole. Larger: its header section alone.
    public var returnedBytes = 10 << 20
    /// Bytes of a header section that a report brings back.
    public var returnedHeaderBytes = 64 << 10
    /// Recipients that one report tells of.
    public var reportedRecipients = 1000
    /// Messages that one digest lists.
    public var digestItems = 200
    /// Bytes of each value in it.
    public var digestValueBytes = 200

    /// Bytes of a body that gets a disclaimer. Reached: the disclaimer is left out, and the log says so.
    public var disclaimedBytes = 16 << 20

    /// The defaults.
    public init() {}
}
