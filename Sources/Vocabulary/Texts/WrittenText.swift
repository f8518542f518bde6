/// Bounds on what a decision writes into a message, a reply or a log.
public enum WrittenTextLimits {
    /// Bytes of one value in a text.
    public static let valueBytes = 400
    /// Bytes of the text of a refusal, so that it fits a line of SMTP with its codes (RFC 5321 allows 512).
    public static let refusalBytes = 400
    /// Bytes of the value of a field that is added, so that it fits a line of mail with its name (RFC 5322 allows 998).
    public static let fieldBytes = 900
    /// Bytes of a tag of the subject.
    public static let tagBytes = 200
    /// Bytes of a line that is logged.
    public static let logBytes = 1000
    /// Bytes of the subject of a notice.
    public static let noticeSubjectBytes = 400
    /// Bytes of the text of a notice or a disclaimer.
    public static let noticeTextBytes = 8 << 10
}

/// What is known of a message, as a text that a message, a reply or a log may hold: a sender chose much of it.
public enum WrittenText {
    /// The values in their order with commas between. Nothing there is `none`, what cannot be known is `unknown`, and a
    /// `+` stands behind what may be more: a number's lower bound, or values beside which others may be missing.
    public static func of(_ value: FactValue, as type: ValueType) -> String {
        guard let first = value.values.first else { return value.missing.isEmpty ? "none" : "unknown" }
        var text = first.written(as: type)
        for one in value.values.dropFirst() {
            // Nothing behind the bound would be kept.
            if text.utf8.count > WrittenTextLimits.valueBytes { break }
            text += ", " + one.written(as: type)
        }
        return line(value.missing.isEmpty ? text : text + "+", upTo: WrittenTextLimits.valueBytes)
    }

    /// The text on one line: control characters, line ends and marks that mislead the eye are spaces, and what goes
    /// beyond the bound is cut at a character, with `…` in its place.
    public static func line(_ text: String, upTo bytes: Int) -> String {
        let ellipsis = "…"
        var kept = ""
        var count = 0
        var whole: (text: String, count: Int)?
        for scalar in text.unicodeScalars {
            let written: Unicode.Scalar = Excerpt.isMisleading(scalar) ? " " : scalar
            let width = UTF8.width(written)
            if count + width > bytes - ellipsis.utf8.count, whole == nil { whole = (kept, count) }
            if count + width > bytes { return (whole?.text ?? "") + ellipsis }
            kept.unicodeScalars.append(written)
            count += width
        }
        return kept
    }
}
