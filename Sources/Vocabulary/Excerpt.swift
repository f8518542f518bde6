/// A piece of a message as evidence shows it: bounded, on one line, without characters that mislead the eye.
public enum Excerpt {
    /// Cuts at `EvidenceLimits.excerptBytes` on a scalar's boundary and replaces control characters, line ends and
    /// directional marks by a space each.
    public static func of(_ utf8: some Collection<UInt8>) -> String {
        var cut = false
        var kept: [UInt8] = []
        for scalar in String(decoding: utf8.prefix(EvidenceLimits.excerptBytes * 4 + 4), as: UTF8.self).unicodeScalars {
            var bytes = Array(String(scalar).utf8)
            if isMisleading(scalar) { bytes = [0x20] }
            if kept.count + bytes.count > EvidenceLimits.excerptBytes {
                cut = true
                break
            }
            kept += bytes
        }
        let text = String(decoding: kept, as: UTF8.self)
        return cut || utf8.count > EvidenceLimits.excerptBytes * 4 + 4 ? text + "…" : text
    }

    public static func of(_ string: String) -> String { of(string.utf8) }

    /// Whether pieces of so many bytes in all leave no room for another.
    public static func isFull(_ bytes: Int) -> Bool { bytes > EvidenceLimits.excerptBytes * 4 + 4 }

    /// Whether a character hides or moves others, or ends a line.
    static func isMisleading(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
