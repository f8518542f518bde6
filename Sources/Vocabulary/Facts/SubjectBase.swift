/// The subject without what replies and forwards put before it (the base subject of RFC 5256, in a simple form).
public enum SubjectBase {
    private static let prefixes: [[UInt8]] = [
        "re", "fw", "fwd", "tr", "aw", "wg", "sv", "vs", "rv", "r", "i", "réf", "ref",
    ].map { Array($0.utf8) }

    /// Takes `Re:`, `Fwd:`, `TR:` and `[list]` off the start, again and again. Linear in the length.
    public static func of(_ text: Text) -> Text {
        var rest = text.utf8[...]
        while true {
            rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
            if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
                rest = rest[(end + 1)...]
                continue
            }
            guard let colon = rest.prefix(16).firstIndex(of: UInt8(ascii: ":")) else { break }
            var word = CaseFolding.fold(Array(rest[..<colon]))
            while word.last == 0x20 { word.removeLast() }
            if word.last == UInt8(ascii: "]"), let bracket = word.firstIndex(of: UInt8(ascii: "[")) {
                word.removeSubrange(bracket...)
            }
            guard prefixes.contains(word) else { break }
            rest = rest[(colon + 1)...]
        }
        return Text(utf8: Array(rest))
    }
}
