/// What a filter may do to a message (`SMFIF_…` of libmilter's mfapi.h). The mail server offers, the filter asks for some.
public struct MilterActions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let addHeaders = MilterActions(rawValue: 0x01)
    public static let changeBody = MilterActions(rawValue: 0x02)
    public static let addRecipients = MilterActions(rawValue: 0x04)
    public static let deleteRecipients = MilterActions(rawValue: 0x08)
    public static let changeHeaders = MilterActions(rawValue: 0x10)
    public static let quarantine = MilterActions(rawValue: 0x20)
    public static let changeSender = MilterActions(rawValue: 0x40)
    /// Recipients with parameters.
    public static let addRecipientsWithParameters = MilterActions(rawValue: 0x80)
    public static let chooseMacros = MilterActions(rawValue: 0x100)
}

/// What the mail server leaves out and how it talks (`SMFIP_…` of libmilter's mfdef.h). The mail server says what it is
/// able to; the filter asks for some.
public struct MilterSteps: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let omitsConnect = MilterSteps(rawValue: 0x01)
    public static let omitsGreeting = MilterSteps(rawValue: 0x02)
    public static let omitsMail = MilterSteps(rawValue: 0x04)
    public static let omitsRecipients = MilterSteps(rawValue: 0x08)
    public static let omitsBody = MilterSteps(rawValue: 0x10)
    public static let omitsHeaders = MilterSteps(rawValue: 0x20)
    public static let omitsEndOfHeaders = MilterSteps(rawValue: 0x40)
    /// No reply is awaited to header fields; the others named so say the same of their commands.
    public static let unansweredHeaders = MilterSteps(rawValue: 0x80)
    public static let omitsUnknown = MilterSteps(rawValue: 0x100)
    public static let omitsData = MilterSteps(rawValue: 0x200)
    public static let understandsSkip = MilterSteps(rawValue: 0x400)
    /// Recipients that the mail server itself refused are told too.
    public static let tellsRefusedRecipients = MilterSteps(rawValue: 0x800)
    public static let unansweredConnect = MilterSteps(rawValue: 0x1000)
    public static let unansweredGreeting = MilterSteps(rawValue: 0x2000)
    public static let unansweredMail = MilterSteps(rawValue: 0x4000)
    public static let unansweredRecipients = MilterSteps(rawValue: 0x8000)
    public static let unansweredData = MilterSteps(rawValue: 0x1_0000)
    public static let unansweredUnknown = MilterSteps(rawValue: 0x2_0000)
    public static let unansweredEndOfHeaders = MilterSteps(rawValue: 0x4_0000)
    public static let unansweredBody = MilterSteps(rawValue: 0x8_0000)
    /// The blank behind a field's colon belongs to the value, both ways: nothing is eaten and nothing added.
    public static let keepsLeadingSpace = MilterSteps(rawValue: 0x10_0000)
}
