/// Splits a structured value into words, quoted strings, comments and separators (RFC 5322 section 3.2), in one pass.
struct TokenReader {
    /// What a token is.
    enum Kind {
        case word
        case quoted
        case comment
        case semicolon
        case equals
    }

    /// A token: quotes, brackets of comments and escapes are gone from its text.
    struct Token {
        let kind: Kind
        let text: String
        let end: Int
    }

    private let input: [UInt8]
    private var position = 0
    private(set) var tokens: [Token] = []

    /// Reads `input`; with `splitsEquals`, `a=b` is three tokens.
    init(_ input: [UInt8], splitsEquals: Bool = false) {
        self.input = input
        while position < input.count {
            switch input[position] {
            case 0...0x20: position += 1
            case 0x28: readComment()
            case 0x22: readQuoted()
            case 0x3B:
                position += 1
                tokens.append(Token(kind: .semicolon, text: ";", end: position))
            case 0x3D where splitsEquals:
                position += 1
                tokens.append(Token(kind: .equals, text: "=", end: position))
            default: readWord(splitsEquals)
            }
        }
    }

    private mutating func readWord(_ splitsEquals: Bool) {
        let start = position
        while position < input.count {
            let byte = input[position]
            if byte <= 0x20 || byte == 0x28 || byte == 0x3B || byte == 0x22 { break }
            if byte == 0x3D, splitsEquals { break }
            position += 1
        }
        add(.word, Array(input[start..<position]))
    }

    private mutating func readQuoted() {
        var text: [UInt8] = []
        position += 1
        while position < input.count, input[position] != 0x22 {
            if input[position] == 0x5C, position + 1 < input.count { position += 1 }
            text.append(input[position])
            position += 1
        }
        position = min(position + 1, input.count)
        add(.quoted, text)
    }

    private mutating func readComment() {
        var text: [UInt8] = []
        var level = 0
        while position < input.count {
            let byte = input[position]
            position += 1
            if byte == 0x28 {
                level += 1
                if level == 1 { continue }
            } else if byte == 0x29 {
                level -= 1
                if level == 0 { break }
            } else if byte == 0x5C, position < input.count {
                text.append(input[position])
                position += 1
                continue
            }
            text.append(byte)
        }
        add(.comment, text)
    }

    private mutating func add(_ kind: Kind, _ text: [UInt8]) {
        tokens.append(Token(kind: kind, text: String(decoding: text, as: UTF8.self), end: position))
    }
}
