import Message
import Vocabulary

extension MessageSummary {
    /// Of a message as it was read for its judgement. Only what costs little is in it: nothing is opened for it.
    ///
    /// - Parameter engines: what was asked for the judgement. Where nothing was found, nobody is asked again.
    public init(
        _ message: ParsedMessage, facts: any FactSource, engines: [EngineAccount],
        limits: EnforcementLimits = EnforcementLimits()
    ) {
        func line(_ text: String) -> String { WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) }
        let subject = facts.value(of: .subject, argument: nil, subject: .message).values.first
        let author = message.header.addresses("From").first
        let received = message.header.all("Received")
        self.init(
            subject: subject.map { line($0.described(as: .text)) } ?? "",
            author: author.map { line($0.displayName.isEmpty ? $0.addrSpec : "\($0.displayName) <\($0.addrSpec)>") }
                ?? "",
            attachments: Self.names(below: message.root).prefix(limits.listedParts).map(line),
            key: MessageKey(of: message).hex, receivedFields: received.count,
            ownMarks: received.count { $0.unfolded.contains(TraceMark.text) },
            hasVirus: engines.contains { !$0.findings.isEmpty }
                && facts.value(of: .virus, argument: nil, subject: .message).values.contains(.bool(true)))
    }

    /// Recursion is bounded by the depth that the walk over the message allows.
    private static func names(below part: Part) -> [String] {
        (part.name.map { [$0] } ?? []) + part.children.flatMap { names(below: $0) }
    }
}
