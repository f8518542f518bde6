import Cryptography
import Message
import Vocabulary

/// Writes reports on the delivery of a message (RFC 3464): words for people, fields for programs, and the message.
///
/// Takes: what became of the message, and its bytes. Gives: a whole message, the same for the same input. Fails: `nil`
/// where the sender's address cannot stand in a field. Limits: `EnforcementLimits`. Nothing that
/// stands in a part can end it: the boundary is a digest over all of them.
public struct DeliveryReportWriter: Sendable {
    private let author: String?
    private let languages: [String]
    private let limits: EnforcementLimits

    /// - Parameter words: of the policy whose people the report is for; `nil` where there is none.
    public init(_ words: PolicyWords?, limits: EnforcementLimits = EnforcementLimits()) {
        author = words.map { CorrespondenceWriter.author(of: $0.organisation) }
        languages = words?.organisation.languages ?? []
        self.limits = limits
    }

    public func write(_ report: DeliveryReport, about mail: [UInt8]) -> WrittenMessage? {
        guard let addressee = Addressees.mailbox(report.sender) else { return nil }
        let message = ParsedMessage(MessageBytes(mail))
        let reporter = Self.ascii(report.reporter)
        let author = author ?? "postmaster@\(reporter)"
        let language = Phrases.language(for: report.languages.isEmpty ? languages : report.languages)
        let phrases = ReportPhrases.of(language)
        let recipients = Array(report.recipients.prefix(limits.reportedRecipients))
        // A report of success brings no body, whatever was asked (RFC 3461, section 4.3).
        let isFailure = recipients.contains { $0.action == .failed }
        let returned = ReturnedContent(message, isWhole: report.returnsBody && isFailure, limits: limits)

        let identity =
            [report.sender.folded] + recipients.map { $0.address.folded + Array(" \($0.action) \($0.status)".utf8) }
        let identifier = "<\(MessageKey(of: message).identifier("report", identity))\(author.drop { $0 != "@" })>"
        let words = text(report, message, recipients, phrases)
        let status = StatusFields(report, reporter: reporter, recipients: recipients).text
        let boundary = "report-" + SHA256Digest.hash(mail + Array((words + status).utf8)).hex.prefix(40)
        var fields = [
            "From: \(author)", "To: \(addressee.text)",
            FieldWriting.unstructured("Subject", subject(message, recipients, phrases)),
            "Date: \(FieldWriting.date(report.writtenAt))", "Message-ID: \(identifier)",
        ]
        let answered = message.header.first("Message-ID")?.messageIDs.first
        if let answered = answered.flatMap(FieldWriting.messageID) {
            fields += ["In-Reply-To: \(answered)", "References: \(answered)"]
        }
        fields += [
            "Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All", "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"\(boundary)\"",
        ]
        if returned.isEightBit || addressee.isUTF8 { fields.append("Content-Transfer-Encoding: 8bit") }

        let (encoding, body) = BodyEncoding.encoded(words)
        let human = [
            "Content-Type: text/plain; charset=utf-8", "Content-Language: \(language)",
            "Content-Transfer-Encoding: \(encoding)",
        ]
        var bytes = Self.lines(fields)
        bytes += Self.part(boundary, human, Array(body.utf8))
        bytes += Self.part(boundary, ["Content-Type: message/delivery-status"], Array(status.utf8))
        bytes += Self.part(boundary, returned.fields, returned.body)
        bytes += Array("\r\n--\(boundary)--\r\n".utf8)
        return WrittenMessage(
            address: addressee.text, messageID: identifier, bytes: bytes,
            isEightBit: returned.isEightBit || addressee.isUTF8, isUTF8: addressee.isUTF8)
    }

    private static func lines(_ fields: [String]) -> [UInt8] { Array(fields.map { $0 + "\r\n" }.joined().utf8) }

    private static func part(_ boundary: String, _ fields: [String], _ body: [UInt8]) -> [UInt8] {
        lines(["", "--\(boundary)"] + fields + [""]) + body
    }

    /// As a field of the report may hold it: one line of ASCII.
    static func ascii(_ text: String) -> String {
        let line = WrittenText.line(text, upTo: WrittenTextLimits.valueBytes)
        return String(decoding: line.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : 0x3F }, as: UTF8.self)
    }

    private func subject(
        _ message: ParsedMessage, _ recipients: [DeliveryReport.Recipient], _ phrases: ReportPhrases
    ) -> String {
        let worst = DeliveryReport.Recipient.Action.allCases.first { one in recipients.contains { $0.action == one } }
        let head = phrases.heads[worst ?? .failed] ?? ""
        let subject = message.header.subject ?? ""
        return WrittenText.line(subject.isEmpty ? head : "\(head)\(phrases.colon)\(subject)", upTo: limits.subjectBytes)
    }

    private func text(
        _ report: DeliveryReport, _ message: ParsedMessage, _ recipients: [DeliveryReport.Recipient],
        _ phrases: ReportPhrases
    ) -> String {
        func line(_ text: String) -> String { WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) }
        var lines = [phrases.server(line(report.reporter)), ""]
        for action in DeliveryReport.Recipient.Action.allCases {
            let concerned = recipients.filter { $0.action == action }
            guard !concerned.isEmpty else { continue }
            lines += [phrases.sentences[action] ?? "", ""]
            for one in concerned.prefix(limits.listedParts) {
                lines.append("  <\(line(one.address.addrSpec))>")
                if let diagnostic = one.diagnostic { lines.append("    \(line(diagnostic))") }
                if let end = one.willRetryUntil {
                    lines.append("    \(phrases.until)\(phrases.colon)\(FieldWriting.date(end))")
                }
            }
            if concerned.count > limits.listedParts {
                lines.append("  " + phrases.more(concerned.count - limits.listedParts))
            }
            lines.append("")
        }
        lines.append(phrases.subject + phrases.colon + line(message.header.subject ?? ""))
        lines.append(phrases.arrival + phrases.colon + FieldWriting.date(report.arrivedAt))
        return (lines + ["", phrases.automatic, ""]).joined(separator: "\n")
    }
}

/// The part for programs: fields of the message, then those of each recipient (RFC 3464, sections 2.2 and 2.3).
private struct StatusFields {
    let text: String

    init(_ report: DeliveryReport, reporter: String, recipients: [DeliveryReport.Recipient]) {
        func ascii(_ text: String) -> String { DeliveryReportWriter.ascii(text) }
        var lines = ["Reporting-MTA: dns; \(reporter)"]
        if let identifier = report.envelopeID { lines.append("Original-Envelope-Id: \(ascii(identifier))") }
        lines.append("Arrival-Date: \(FieldWriting.date(report.arrivedAt))")
        for one in recipients {
            lines.append("")
            if let original = one.original { lines.append("Original-Recipient: \(ascii(original))") }
            lines.append("Final-Recipient: \(Addressees.typed(one.address))")
            lines.append("Action: \(one.action.rawValue)")
            lines.append("Status: \(Self.status(one))")
            if let remote = one.remote { lines.append("Remote-MTA: dns; \(ascii(remote))") }
            if let diagnostic = one.diagnostic { lines.append("Diagnostic-Code: smtp; \(ascii(diagnostic))") }
            if let end = one.willRetryUntil { lines.append("Will-Retry-Until: \(FieldWriting.date(end))") }
        }
        text = lines.map { $0 + "\r\n" }.joined()
    }

    /// Three numbers (RFC 3463); of anything else the class that the action has.
    private static func status(_ one: DeliveryReport.Recipient) -> String {
        let numbers = one.status.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus =
            numbers.count == 3 && ["2", "4", "5"].contains(numbers[0])
            && numbers.allSatisfy {
                (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
        if isStatus { return one.status }
        switch one.action {
        case .failed: return "5.0.0"
        case .delayed: return "4.0.0"
        case .delivered, .relayed, .expanded: return "2.0.0"
        }
    }
}
