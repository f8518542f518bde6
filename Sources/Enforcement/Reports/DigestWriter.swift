import Cryptography
import Vocabulary

/// Writes a recipient's list of held mail, as text and as a page. Senders chose most of what stands in it: every value
/// is one line of bounded length, and nothing in it is markup.
///
/// Fails: `nil` where an address cannot stand in a field. Limits: `EnforcementLimits`.
public struct DigestWriter: Sendable {
    private let limits: EnforcementLimits

    public init(limits: EnforcementLimits = EnforcementLimits()) { self.limits = limits }

    /// The same for the same input.
    public func write(_ digest: HeldDigest) -> WrittenMessage? {
        guard let author = FieldWriting.mailbox(digest.author), let addressee = Addressees.mailbox(digest.recipient)
        else { return nil }
        let language = Phrases.language(for: digest.languages)
        let phrases = DigestPhrases.of(language)
        let identity = ([digest.recipient.addrSpec, author, "\(digest.writtenAt)"] + digest.items.map(\.id))
            .joined(separator: "\u{0}")
        let digits = SHA256Digest.hash(Array(identity.utf8)).hex.prefix(32)
        let identifier = "<digest.\(digits)\(author.drop { $0 != "@" })>"
        let head = phrases.subject(digest.items.count)
        let texts = [("plain", text(digest, head, phrases)), ("html", html(digest, head, language, phrases))]
        // A digest over both: nothing that stands in a part can end it.
        let boundary = "digest-" + SHA256Digest.hash(Array((texts[0].1 + texts[1].1).utf8)).hex.prefix(40)
        var fields = [
            "From: \(author)", "To: \(addressee.text)", FieldWriting.unstructured("Subject", head),
            "Date: \(FieldWriting.date(digest.writtenAt))", "Message-ID: \(identifier)",
            // RFC 3834, section 5.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All", "Content-Language: \(language)",
            "MIME-Version: 1.0", "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
        if addressee.isUTF8 { fields.append("Content-Transfer-Encoding: 8bit") }
        var message = fields.map { $0 + "\r\n" }.joined()
        for (subtype, text) in texts {
            let (encoding, body) = BodyEncoding.encoded(text)
            message += "\r\n--\(boundary)\r\nContent-Type: text/\(subtype); charset=utf-8\r\n"
            message += "Content-Transfer-Encoding: \(encoding)\r\n\r\n\(body)"
        }
        message += "\r\n--\(boundary)--\r\n"
        return WrittenMessage(
            address: addressee.text, messageID: identifier, bytes: Array(message.utf8), isEightBit: addressee.isUTF8,
            isUTF8: addressee.isUTF8)
    }

    private func rows(_ item: HeldDigest.Item, _ phrases: DigestPhrases) -> [(label: String, value: String)] {
        zip(phrases.labels, [item.from, item.subject, Self.time(item.heldAt), item.reason, item.area, item.id]).map {
            ($0, WrittenText.line($1, upTo: limits.digestValueBytes))
        }
    }

    private func text(_ digest: HeldDigest, _ head: String, _ phrases: DigestPhrases) -> String {
        var lines = [head, ""]
        for item in digest.items.prefix(limits.digestItems) {
            lines += rows(item, phrases).map { "\($0.label)\(phrases.colon)\($0.value)" } + [""]
        }
        if let left = left(digest, phrases) { lines += [left, ""] }
        if let page = page(digest) { lines += ["\(phrases.page)\(phrases.colon)\(page)", ""] }
        return (lines + [phrases.automatic, ""]).joined(separator: "\n")
    }

    private func html(_ digest: HeldDigest, _ head: String, _ language: String, _ phrases: DigestPhrases) -> String {
        func escaped(_ text: String) -> String { TextFilling.html(text) }
        let labels = phrases.labels.map { "<th align=\"left\">\(escaped($0))</th>" }.joined()
        var lines = [
            "<!DOCTYPE html>", "<html lang=\"\(language)\">",
            "<head><meta charset=\"utf-8\"><title>\(escaped(head))</title></head>", "<body>", "<p>\(escaped(head))</p>",
            "<table border=\"1\" cellpadding=\"4\" cellspacing=\"0\">", "<tr>\(labels)</tr>",
        ]
        for item in digest.items.prefix(limits.digestItems) {
            lines.append("<tr>")
            lines += rows(item, phrases).map { "<td>\(escaped($0.value))</td>" }
            lines.append("</tr>")
        }
        lines.append("</table>")
        if let left = left(digest, phrases) { lines.append("<p>\(escaped(left))</p>") }
        if let page = page(digest) {
            lines.append("<p><a href=\"\(escaped(page))\">\(escaped(phrases.page))</a></p>")
        }
        return (lines + ["<p>\(escaped(phrases.automatic))</p>", "</body>", "</html>", ""]).joined(separator: "\n")
    }

    private func left(_ digest: HeldDigest, _ phrases: DigestPhrases) -> String? {
        digest.items.count > limits.digestItems ? phrases.more(digest.items.count - limits.digestItems) : nil
    }

    /// The page, where it is one that a link may lead to.
    private func page(_ digest: HeldDigest) -> String? {
        guard let page = digest.page, page.hasPrefix("https://") || page.hasPrefix("http://"),
            page.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return page
    }

    /// `2026-11-02 10:00 UTC`
    private static func time(_ seconds: Int64) -> String {
        let time = CivilTime(secondsSince1970: seconds)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(time.year)-\(two(Int64(time.month)))-\(two(Int64(time.day))) "
            + "\(two(Int64(time.hour))):\(two(Int64(time.minute))) UTC"
    }
}

/// The words of a digest, in French and English.
private struct DigestPhrases: Sendable {
    let subject: @Sendable (Int) -> String
    /// Of a message's author, subject, arrival, reason, area and identifier.
    let labels: [String]
    let more: @Sendable (Int) -> String
    let page: String
    let automatic: String
    let colon: String

    static func of(_ language: String) -> DigestPhrases { LanguageTag.primary(language) == "fr" ? french : english }

    private static let english = DigestPhrases(
        subject: { $0 == 1 ? "One message is held for you" : "\($0) messages are held for you" },
        labels: ["From", "Subject", "Held since", "Reason", "Area", "Reference"], more: { "and \($0) more" },
        page: "See held messages", automatic: "This message was written automatically.", colon: ": ")

    private static let french = DigestPhrases(
        subject: { $0 == 1 ? "Un message est retenu pour vous" : "\($0) messages sont retenus pour vous" },
        labels: ["De", "Objet", "Retenu depuis", "Motif", "Zone", "Référence"], more: { "et \($0) de plus" },
        page: "Voir les messages retenus", automatic: "Ce message a été rédigé automatiquement.", colon: " : ")
}
