/// A text in the order in which it is seen, where its author overrides the order of letters (UAX #9, 3.3.2): `refsnart`
/// behind U+202E is read as `transfer`.
enum OverriddenText {
    private static let rightToLeft: Unicode.Scalar = "\u{202E}"
    private static let leftToRight: Unicode.Scalar = "\u{202D}"
    private static let pop: Unicode.Scalar = "\u{202C}"
    /// Overrides within one another that are followed; what is deeper stays as it stands.
    private static let depth = 8

    /// A stretch in its own order: letters, and stretches within it.
    private struct Stretch {
        var isReversed: Bool
        var pieces: [[UInt8]] = []

        var seen: [UInt8] { isReversed ? Array(pieces.reversed().joined()) : Array(pieces.joined()) }
    }

    /// - Returns: `nil` for a text that overrides nothing. Linear in the length.
    static func seen(_ text: [UInt8]) -> [UInt8]? {
        let sign = Array(String(rightToLeft).utf8)
        guard text.indices.contains(where: { text[$0] == sign[0] && text[$0...].starts(with: sign) }) else {
            return nil
        }
        var stretches = [Stretch(isReversed: false)]
        /// Ends the innermost stretch.
        func close() {
            guard stretches.count > 1, let last = stretches.popLast() else { return }
            stretches[stretches.count - 1].pieces.append(last.seen)
        }
        var tooDeep = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar {
            case rightToLeft, leftToRight:
                if stretches.count > depth {
                    tooDeep += 1
                } else {
                    stretches.append(Stretch(isReversed: scalar == rightToLeft))
                }
            case pop where tooDeep > 0: tooDeep -= 1
            case pop: close()
            case "\n", "\r", "\u{2029}":
                // An override ends with its paragraph.
                while stretches.count > 1 { close() }
                tooDeep = 0
                stretches[0].pieces.append(Array(String(scalar).utf8))
            default: stretches[stretches.count - 1].pieces.append(Array(String(scalar).utf8))
            }
        }
        while stretches.count > 1 { close() }
        return stretches[0].seen
    }
}
