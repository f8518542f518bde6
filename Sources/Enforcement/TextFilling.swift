import Vocabulary

/// Puts values into the places of a template's text.
///
/// A value is the sender's, whatever it says: it is one line, or lines that were put together here, and stands as it
/// is. What is inserted is never read for places again.
enum TextFilling {
    /// One line, for a field of a message.
    static func line(
        _ text: TemplateText, upTo bytes: Int, _ value: (TemplatePlaceholder) -> String
    ) -> String {
        let filled = filled(text, value)
        return WrittenText.line(String(filled.drop(while: isBlank)), upTo: bytes).trimmingBlanks
    }

    /// Lines, each ended by a line feed; cut with `…` where they are too long. The last line's end does not count.
    static func lines(
        _ text: TemplateText, upTo bytes: Int, _ value: (TemplatePlaceholder) -> String
    ) -> String {
        let ellipsis = "…"
        var kept = String.UnicodeScalarView()
        var count = 0
        // What stands before the ellipsis if the text turns out too long.
        var whole: String.UnicodeScalarView?
        let scalars = Array(filled(text, value).trimmingBlankEnd.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard let written = written(scalar, before: index + 1 < scalars.count ? scalars[index + 1] : nil) else {
                continue
            }
            count += UTF8.width(written)
            if whole == nil, count > bytes - ellipsis.utf8.count { whole = kept }
            if count > bytes {
                kept = (whole ?? kept) + ellipsis.unicodeScalars
                break
            }
            kept.append(written)
        }
        let text = String(kept).trimmingBlankEnd
        return text.isEmpty ? "" : text + "\n"
    }

    /// The same text for HTML: nothing in it is markup, and lines stay lines.
    static func html(_ text: String) -> String {
        var html = ""
        for character in text.trimmingBlankEnd.unicodeScalars {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            case "\n": html += "<br>\n"
            default: html.unicodeScalars.append(character)
            }
        }
        return html
    }

    private static func filled(_ text: TemplateText, _ value: (TemplatePlaceholder) -> String) -> String {
        text.pieces.reduce(into: "") { filled, piece in
            switch piece {
            case .literal(let literal): filled += literal
            case .placeholder(let placeholder): filled += value(placeholder)
            }
        }
    }

    /// A template's own words may be of any script, marks of direction included; what would end a line or steer a
    /// terminal may not stand in them.
    private static func written(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) -> Unicode.Scalar? {
        switch scalar {
        case "\r": next == "\n" ? nil : "\n"
        case "\n", "\t": scalar
        case "\u{2028}", "\u{2029}": "\n"
        default: scalar.properties.generalCategory == .control ? " " : scalar
        }
    }

    private static func isBlank(_ character: Character) -> Bool { character.isWhitespace }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmingBlanks: String { String(trimmingBlankEnd.drop(while: \.isWhitespace)) }

    /// Without white space at the end.
    fileprivate var trimmingBlankEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
