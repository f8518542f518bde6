/// A piece of a message as evidence shows it: bounded, on one line, and nothing in it hidden from the eye.
public enum Excerpt {
    /// Bytes that are looked at: each may become several, never fewer than a quarter.
    private static func reach(_ bytes: Int) -> Int { bytes * 4 + 4 }

    /// Cuts at a bound on a scalar's boundary. White space of control characters is a space; what no eye sees, or what
    /// moves others (directional marks, zero-width characters), is written as policies write it: `\u{202E}`.
    public static func of(_ utf8: some Collection<UInt8>, upTo bytes: Int = EvidenceLimits.excerptBytes) -> String {
        cut(utf8, upTo: bytes) { scalar in
            if isHidden(scalar) { return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" }
            return isMisleading(scalar) ? " " : String(scalar)
        }
    }

    public static func of(_ string: String) -> String { of(string.utf8) }

    /// The text itself, cut; `nil` where what evidence shows of it hides nothing.
    static func raw(_ string: String) -> String? {
        let text = cut(string.utf8, upTo: EvidenceLimits.excerptBytes) { String($0) }
        return text.unicodeScalars.contains(where: isHidden) ? text : nil
    }

    private static func cut(
        _ utf8: some Collection<UInt8>, upTo bytes: Int, _ written: (Unicode.Scalar) -> String
    ) -> String {
        var kept = ""
        var count = 0
        for scalar in String(decoding: utf8.prefix(reach(bytes)), as: UTF8.self).unicodeScalars {
            let piece = written(scalar)
            if count + piece.utf8.count > bytes { return kept + "…" }
            kept.unicodeScalars.append(contentsOf: piece.unicodeScalars)
            count += piece.utf8.count
        }
        return utf8.count > reach(bytes) ? kept + "…" : kept
    }

    /// What evidence shows of a match: itself, or, where nobody would see it, the text around it too. A direction mark
    /// says nothing without the name that it turns.
    ///
    /// - Parameter range: of the match in the text; what lies outside of it is left out.
    public static func match(_ range: Range<Int>, in utf8: [UInt8]) -> String {
        let range = range.clamped(to: 0..<utf8.count)
        let start = String(decoding: utf8[range].prefix(EvidenceLimits.excerptBytes), as: UTF8.self).unicodeScalars
        if start.contains(where: { !isHidden($0) && !$0.properties.isWhitespace }), !start.contains(where: isHidden) {
            return String(decoding: utf8[range], as: UTF8.self)
        }
        if utf8.count <= EvidenceLimits.excerptBytes { return String(decoding: utf8, as: UTF8.self) }
        func isInner(_ index: Int) -> Bool { index < utf8.count && utf8[index] & 0xc0 == 0x80 }
        var from = max(0, range.lowerBound - EvidenceLimits.bytesAround)
        while isInner(from) { from += 1 }
        var end = min(utf8.count, range.upperBound + EvidenceLimits.bytesAround)
        while end > from, isInner(end) { end -= 1 }
        let piece = String(decoding: utf8[min(from, end)..<end], as: UTF8.self)
        return (from > 0 ? "…" : "") + piece + (end < utf8.count ? "…" : "")
    }

    /// Whether a character hides or moves others, or ends a line.
    static func isMisleading(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }

    /// Whether nobody sees the character, white space and the marks that colour an emoji apart.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if (0x09...0x0d).contains(scalar.value) || scalar.value == 0xfe0f { return false }
        return isMisleading(scalar) || scalar.properties.isDefaultIgnorableCodePoint
    }
}
