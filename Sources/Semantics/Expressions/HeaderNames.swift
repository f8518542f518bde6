import Diagnostics
import Vocabulary

/// The names of header fields.
enum HeaderNames {
    /// The name in lower case; `nil` where it is no field name (RFC 5322, section 3.6.8: printable ASCII but colon).
    static func normalized(_ name: String) -> String? {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty, bytes.allSatisfy({ (33...126).contains($0) && $0 != UInt8(ascii: ":") }) else {
            return nil
        }
        return String(decoding: CaseFolding.fold(bytes), as: UTF8.self)
    }

    /// The well-known name that one is a letter away from; `nil` for well-known names and for those like none.
    static func meant(by name: String) -> String? {
        // Short names are all near one another.
        guard name.utf8.count >= 4, !folded.contains(name) else { return nil }
        return wellKnown.first {
            Nearest.isOneEdit(String(decoding: CaseFolding.fold(Array($0.utf8)), as: UTF8.self), name)
        }
    }

    /// Whether a word is a field's name rather than anything else: one of its own, or a well-known one of two words.
    static func looksLikeField(_ word: String) -> Bool {
        let folded = String(decoding: CaseFolding.fold(Array(word.utf8)), as: UTF8.self)
        return folded.hasPrefix("x-") || (folded.contains("-") && Self.folded.contains(folded))
    }

    private static let folded = Set(wellKnown.map { String(decoding: CaseFolding.fold(Array($0.utf8)), as: UTF8.self) })

    /// From IANA's register of message header fields and what mail systems commonly add.
    private static let wellKnown = [
        "ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal", "Accept-Language", "Apparently-To",
        "Archived-At", "Authentication-Results", "Auto-Submitted", "Autocrypt", "Bcc", "Cc", "Comments",
        "Content-Description",
        "Content-Disposition", "Content-ID", "Content-Language", "Content-Transfer-Encoding", "Content-Type",
        "DKIM-Signature", "Date", "Delivered-To", "Disposition-Notification-To", "Envelope-To", "Errors-To",
        "Feedback-ID",
        "From", "Importance", "In-Reply-To", "Keywords", "List-Archive", "List-Help", "List-Id", "List-Owner",
        "List-Post",
        "List-Subscribe", "List-Unsubscribe", "List-Unsubscribe-Post", "MIME-Version", "Mail-Followup-To", "Message-ID",
        "Organization", "Original-Recipient", "Precedence", "Priority", "Received", "Received-SPF", "References",
        "Reply-To",
        "Resent-Date", "Resent-From", "Resent-Message-ID", "Resent-Sender", "Resent-To", "Return-Path", "Sender",
        "Sensitivity", "Subject", "Thread-Index", "Thread-Topic", "To", "User-Agent", "X-Auto-Response-Suppress",
        "X-Envelope-From", "X-Forwarded-To", "X-Mailer", "X-MimeOLE", "X-Original-To", "X-Originating-IP", "X-Priority",
        "X-Received", "X-Spam-Flag", "X-Spam-Level", "X-Spam-Score", "X-Spam-Status", "X-Virus-Scanned",
    ]
}
