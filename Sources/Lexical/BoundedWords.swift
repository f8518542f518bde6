import Vocabulary

/// A word or phrase as an expression over folded text: its words, any white space between them, and no letter, digit or
/// underscore at either side.
struct BoundedWords {
    let expression: [UInt8]
    /// Must occur wherever the expression matches.
    let longest: [UInt8]

    /// Unicode's White_Space, written out: PCRE2's `\s` differs from it in one character.
    private static let space = Array(
        #"[\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"#.utf8)

    init(_ pattern: TextPattern) {
        var pieces: [[UInt8]] = [[]]
        if pattern.kind == .phrase {
            for scalar in String(decoding: pattern.source.folded, as: UTF8.self).unicodeScalars {
                if scalar.properties.isWhitespace {
                    if pieces[pieces.count - 1] != [] || pieces.count == 1 { pieces.append([]) }
                } else {
                    pieces[pieces.count - 1] += Array(String(scalar).utf8)
                }
            }
        } else {
            pieces = [pattern.source.folded]
        }
        longest = pieces.max { $0.count < $1.count } ?? []
        // A run of white space can be as long as the text: it is metered.
        let body = pieces.map(Self.quoted).joined(separator: Self.space + Array("+(?C0)".utf8))
        expression = Array(#"(?<![\p{L}\p{N}_])"#.utf8) + body + Array(#"(?![\p{L}\p{N}_])"#.utf8)
    }

    /// Each byte that could mean something to PCRE2 behind a backslash.
    private static func quoted(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            let isPlain =
                byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte)
                || (0x61...0x7a).contains(byte)
            return isPlain ? [byte] : [UInt8(ascii: "\\"), byte]
        }
    }
}
