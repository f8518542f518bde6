/// An expression for Vectorscan that matches wherever the original does, and perhaps elsewhere.
///
/// The scan of all patterns settles absence, so it must never miss. Vectorscan knows an older Unicode than PCRE2 and
/// has no Unicode word boundaries: here, a set that Unicode defines takes in everything beyond ASCII, letters without
/// regard to case are written out, boundaries and what else cannot be said are left away. No flag but UTF-8 is needed.
enum WidenedSource {
    /// `nil` where the expression, with its repetitions written out, has more characters than `expansion`.
    static func make(from tokens: [RegexToken], expansion: Int) -> [UInt8]? {
        var result = ""
        // Characters of each open group so far, and of the last item.
        var sizes = [0]
        var last = 0
        func add(_ size: Int) {
            last = size
            sizes[sizes.count - 1] += size
        }
        for token in tokens {
            switch token.kind {
            case .character(let scalar, let ignoresCase):
                result += ignoresCase ? anyCase(scalar) : hexadecimal(scalar)
                add(1)
            case .anyCharacter(let withLineFeed):
                result += withLineFeed ? #"[\x{0}-\x{10ffff}]"# : #"[^\n]"#
                add(1)
            case .characterClass(let set):
                result += spelled(set)
                add(1)
            case .lineEnd:
                result += #"(?:\r\n|[\x{a}-\x{d}\x{85}\x{2028}\x{2029}])"#
                add(2)
            case .wordBoundary:
                result += "(?:)"
                add(0)
            case .start(let ofLine):
                result += ofLine ? "(?:)" : "^"
                add(0)
            case .end(let ofLine):
                result += ofLine ? "(?:)" : "$"
                add(0)
            case .open:
                result += "(?:"
                sizes.append(0)
            case .close:
                result += ")"
                add(sizes.count > 1 ? sizes.removeLast() : 0)
            case .alternative:
                result += "|"
                last = 0
            case .repetition(let least, let most):
                result += spelled(least: least, most: most)
                let size = last
                add(size * (max(most ?? least, 1) - 1))
                last = size * max(most ?? least, 1)
            }
            if sizes[sizes.count - 1] > expansion { return nil }
        }
        return Array(result.utf8)
    }

    private static func spelled(least: Int, most: Int?) -> String {
        guard let most else { return least == 0 ? "*" : least == 1 ? "+" : "{\(least),}" }
        return least == most ? "{\(least)}" : "{\(least),\(most)}"
    }

    private static func hexadecimal(_ scalar: UInt32) -> String { "\\x{\(String(scalar, radix: 16))}" }

    /// A character in any case. Beyond ASCII, tables of different ages may not agree: any character then.
    private static func anyCase(_ scalar: UInt32) -> String {
        spelled(CharacterClass(ignoresCase: true), with: scalar)
    }

    private static func spelled(_ set: CharacterClass, with scalar: UInt32) -> String {
        var set = set
        set.insert(scalar...scalar)
        return spelled(set)
    }

    private static func spelled(_ set: CharacterClass) -> String {
        var ascii = set.isNegated ? set.surely : set.perhaps
        if set.ignoresCase { ascii = ascii.closedOverCase }
        var ranges = set.ranges
        if set.isNegated {
            ascii = ascii.complement
            ranges = [CharacterClass.beyondASCII]
        } else if set.ignoresCase {
            // The Kelvin sign and the long s are the only characters beyond ASCII that fold into it.
            if !ranges.isEmpty {
                ranges = [CharacterClass.beyondASCII]
                for letter in "kKsS".utf8 { ascii.insert(letter) }
            }
            if ascii.contains(UInt8(ascii: "k")) { ranges.append(0x212a...0x212a) }
            if ascii.contains(UInt8(ascii: "s")) { ranges.append(0x17f...0x17f) }
        }
        for byte in UInt8(0)...0x7f where ascii.contains(byte) { ranges.append(UInt32(byte)...UInt32(byte)) }
        if ranges.count == 1, ranges[0].count == 1 { return hexadecimal(ranges[0].lowerBound) }
        let members = merged(ranges).map { range in
            range.count == 1
                ? hexadecimal(range.lowerBound)
                : hexadecimal(range.lowerBound) + "-" + hexadecimal(range.upperBound)
        }
        return "[" + members.joined() + "]"
    }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
