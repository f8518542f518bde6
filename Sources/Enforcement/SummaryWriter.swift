import Message
import Vocabulary

/// Writes down what is shown of a message.
///
/// Takes: the message as it was judged. Gives: lines of bounded length, all of them the sender's word. Fails: never; of
/// odd mail some are empty.
public struct SummaryWriter {
    private let limits: EnforcementLimits
    /// What our own trace fields bear; `nil` for nothing.
    private let mark: String?

    public init(mark: String? = nil, limits: EnforcementLimits = EnforcementLimits()) {
        self.mark = mark
        self.limits = limits
    }

    /// - Parameters:
    ///   - facts: those that were judged.
    ///   - hasVirus: whether an engine found something.
    public func summary(of message: ParsedMessage, facts: any FactSource, hasVirus: Bool) -> MessageSummary {
        let header = message.header
        let parts = message.view.parts
        let attached = parts.filter(Self.isAttached)
        let identifier = header.first("Message-ID")?.messageIDs.first
        return MessageSummary(
            subject: line(header.subject ?? ""), author: author(header),
            messageID: identifier.flatMap { FieldWriting.messageID($0) == nil ? nil : $0 },
            attachments: attached.prefix(limits.summaryNames).map { name(of: $0) },
            moreAttachments: max(0, attached.count - limits.summaryNames), size: message.bytes.count,
            key: MessageKey(of: message).hex, receivedFields: header.all("Received").count, ownMarks: marks(header),
            hasVirus: hasVirus, isSigned: parts.contains(where: Self.isSigned),
            isEncrypted: parts.contains(where: Self.isEncrypted),
            isAutomatic: facts.value(of: .automatic, argument: nil, subject: .message) != .known(.bool(false)))
    }

    private func line(_ text: String) -> String { WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) }

    /// All authors as readers show them; where there is none that can be read, what stands there.
    private func author(_ header: HeaderSection) -> String {
        let authors = header.addresses("From").prefix(limits.summaryNames).map { one in
            if one.displayName.isEmpty { return one.addrSpec }
            return one.addrSpec.isEmpty ? one.displayName : "\(one.displayName) <\(one.addrSpec)>"
        }
        let text = authors.filter { !$0.isEmpty }.joined(separator: ", ")
        return line(text.isEmpty ? header.first("From")?.decodedText() ?? "" : text)
    }

    private static func isAttached(_ part: Part) -> Bool {
        guard !part.contentType.mediaType.hasPrefix("multipart/") else { return false }
        return part.name != nil || part.disposition?.kind == "attachment"
    }

    private func name(of part: Part) -> String {
        WrittenText.line(part.name ?? part.contentType.mediaType, upTo: limits.summaryNameBytes)
    }

    private static func isSigned(_ part: Part) -> Bool {
        part.contentType.mediaType == "multipart/signed"
            || isSecured(part) && part.contentType.parameter("smime-type")?.lowercased() == "signed-data"
    }

    private static func isEncrypted(_ part: Part) -> Bool {
        part.contentType.mediaType == "multipart/encrypted"
            || isSecured(part)
                && ["enveloped-data", "authenveloped-data"]
                    .contains(part.contentType.parameter("smime-type")?.lowercased() ?? "enveloped-data")
    }

    private static func isSecured(_ part: Part) -> Bool {
        ["application/pkcs7-mime", "application/x-pkcs7-mime"].contains(part.contentType.mediaType)
    }

    /// Trace fields of ours, and Received fields, that bear the mark.
    private func marks(_ header: HeaderSection) -> Int {
        guard let mark = mark?.utf8, !mark.isEmpty else { return 0 }
        let wanted = Array(mark)
        return header.fields.count { field in
            guard field.isNamed("Received") || field.name.lowercased().hasPrefix("x-lazaret-") else { return false }
            return Self.contains(field.unfoldedBytes, wanted)
        }
    }

    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
    }
}
