import Vocabulary

/// Escapes and character classes.
extension RegexReader {
    /// An escape outside a class.
    mutating func readEscape() throws(Fault) {
        let start = index
        guard let letter = peek(1) else { throw malformed("a backslash ends the expression", at: start) }
        if let message = Self.forbiddenEscape(letter) { throw forbidden(message, at: start) }
        var set = CharacterClass(ignoresCase: options.ignoresCase)
        if try readNamedSet(letter, into: &set) { return append(.characterClass(set), from: start) }
        let kind: RegexToken.Kind
        switch letter {
        case UInt8(ascii: "b"), UInt8(ascii: "B"): kind = .wordBoundary
        case UInt8(ascii: "A"): kind = .start(ofLine: false)
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): kind = .end(ofLine: false)
        case UInt8(ascii: "R"): kind = .lineEnd
        case UInt8(ascii: "Q"):
            index += 2
            isQuoting = true
            return
        case UInt8(ascii: "N") where peek(2) != UInt8(ascii: "{"): kind = .anyCharacter(withLineFeed: false)
        default:
            let scalar = try readEscapedCharacter()
            return append(.character(scalar, ignoresCase: options.ignoresCase), from: start)
        }
        index += 2
        append(kind, from: start)
    }

    private static func forbiddenEscape(_ letter: UInt8) -> String? {
        switch letter {
        case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "k"):
            "a back-reference is not part of a regular expression"
        case UInt8(ascii: "g"): "a back-reference or recursion is not part of a regular expression"
        case UInt8(ascii: "K"): "`\\K` is not part of a regular expression"
        case UInt8(ascii: "C"): "`\\C`, a single byte, is not offered"
        case UInt8(ascii: "G"): "`\\G`, the start of the search, is not offered"
        case UInt8(ascii: "X"): "`\\X`, a grapheme, is not offered"
        default: nil
        }
    }

    /// Reads `\d` and the like, in a class or outside; `false` where the letter names no set.
    private mutating func readNamedSet(_ letter: UInt8, into set: inout CharacterClass) throws(Fault) -> Bool {
        let named: ASCIISet
        switch letter | 0x20 {
        case UInt8(ascii: "d"): named = .digits
        case UInt8(ascii: "w"): named = .wordCharacters
        case UInt8(ascii: "s"): named = .spaces
        case UInt8(ascii: "h"): named = .horizontalSpaces
        case UInt8(ascii: "v"): named = .verticalSpaces
        case UInt8(ascii: "p"):
            let start = index
            index += 2
            if peek() == UInt8(ascii: "{") {
                guard let end = source[index...].firstIndex(of: UInt8(ascii: "}")) else {
                    throw malformed("the name of a property is not closed", at: start)
                }
                index = end
            }
            index += 1
            set.insertUnknown()
            return true
        default: return false
        }
        index += 2
        set.insertNamed(letter & 0x20 != 0 ? named : named.complement)
        return true
    }

    /// An escape that stands for one character.
    private mutating func readEscapedCharacter() throws(Fault) -> UInt32 {
        let start = index
        index += 1
        guard let letter = peek(), let (scalar, length) = UTF8Scalars.decode(source, at: index) else {
            throw malformed("a backslash ends the expression", at: start)
        }
        index += length
        switch letter {
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "e"): return 0x1b
        case UInt8(ascii: "f"): return 0x0c
        case UInt8(ascii: "n"): return 0x0a
        case UInt8(ascii: "r"): return 0x0d
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "c"):
            guard let control = peek(), control < 0x80 else { throw malformed("`\\c` names no control", at: start) }
            index += 1
            let isLower = UInt8(ascii: "a")...UInt8(ascii: "z") ~= control
            return UInt32((isLower ? control - 32 : control) ^ 0x40)
        case UInt8(ascii: "0"):
            return readDigits(radix: 8, most: 2)
        case UInt8(ascii: "x"):
            return peek() == UInt8(ascii: "{") ? try readBraced(radix: 16, prefix: 1) : readDigits(radix: 16, most: 2)
        case UInt8(ascii: "o") where peek() == UInt8(ascii: "{"):
            return try readBraced(radix: 8, prefix: 1)
        case UInt8(ascii: "N"):
            guard source[index...].starts(with: Array("{U+".utf8)) else {
                throw malformed("`\\N` names no character", at: start)
            }
            return try readBraced(radix: 16, prefix: 3)
        default:
            let folded = letter | 0x20
            let isAlphanumeric =
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= folded || UInt8(ascii: "0")...UInt8(ascii: "9") ~= letter
            if letter < 0x80, isAlphanumeric { throw malformed("the escape has no meaning", at: start) }
            return scalar
        }
    }

    private mutating func readDigits(radix: UInt32, most: Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<most {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < Int(radix)
            else { break }
            value = value * radix + UInt32(digit)
            index += 1
        }
        return value
    }

    /// The number in braces, `prefix` bytes into them.
    private mutating func readBraced(radix: Int, prefix: Int) throws(Fault) -> UInt32 {
        let start = index
        guard let end = source[index...].firstIndex(of: UInt8(ascii: "}")), index + prefix < end,
            let value = UInt32(String(decoding: source[(index + prefix)..<end], as: UTF8.self), radix: radix),
            value <= 0x10_ffff
        else { throw malformed("the braces hold no number of a character", at: start) }
        index = end + 1
        return value
    }

    // MARK: Classes

    mutating func readClass() throws(Fault) {
        let start = index
        var set = CharacterClass(ignoresCase: options.ignoresCase)
        index += 1
        if peek() == UInt8(ascii: "^") {
            set.isNegated = true
            index += 1
        }
        var isFirst = true
        var isQuoting = false
        while let byte = peek() {
            if isQuoting || byte == UInt8(ascii: "\\"), skipQuoteMark(&isQuoting) { continue }
            if byte == UInt8(ascii: "]"), !isFirst, !isQuoting {
                index += 1
                return append(.characterClass(set), from: start)
            }
            isFirst = false
            if !isQuoting, try readPosixSet(into: &set) { continue }
            guard let first = try readMember(into: &set, isQuoting: isQuoting) else { continue }
            while peek() == UInt8(ascii: "\\"), skipQuoteMark(&isQuoting) {}
            guard !isQuoting, peek() == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]") else {
                set.insert(first...first)
                continue
            }
            index += 1
            while peek() == UInt8(ascii: "\\"), skipQuoteMark(&isQuoting) {}
            let last = try readMember(into: &set, isQuoting: isQuoting)
            // A set after the dash is an error to PCRE2; a range that runs backwards too.
            guard let last, first <= last else { throw malformed("a range has no end after its start", at: start) }
            set.insert(first...last)
        }
        throw malformed("a character class is not closed", at: start)
    }

    /// Skips `\Q` or `\E`.
    private mutating func skipQuoteMark(_ isQuoting: inout Bool) -> Bool {
        guard peek() == UInt8(ascii: "\\"), let letter = peek(1) else { return false }
        guard letter == UInt8(ascii: "E") || (letter == UInt8(ascii: "Q") && !isQuoting) else { return false }
        isQuoting = letter == UInt8(ascii: "Q")
        index += 2
        return true
    }

    /// A member of a class: the character, or `nil` where it was a set, which is then in `set`.
    private mutating func readMember(into set: inout CharacterClass, isQuoting: Bool) throws(Fault) -> UInt32? {
        guard let byte = peek() else { throw malformed("a character class is not closed", at: index) }
        if byte != UInt8(ascii: "\\") || isQuoting {
            let (scalar, length) = UTF8Scalars.decode(source, at: index) ?? (UInt32(byte), 1)
            index += length
            return scalar
        }
        guard let letter = peek(1) else { throw malformed("a character class is not closed", at: index) }
        if try readNamedSet(letter, into: &set) { return nil }
        switch letter {
        case UInt8(ascii: "b"):
            index += 2
            return 0x08
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            // Up to three octal digits, and otherwise an error, to PCRE2.
            throw forbidden("an octal number is written `\\o{…}`", at: index)
        default:
            return try readEscapedCharacter()
        }
    }

    private mutating func readPosixSet(into set: inout CharacterClass) throws(Fault) -> Bool {
        guard peek() == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":") else { return false }
        let rest = source[(index + 2)...]
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), colon + 1 < source.count,
            source[colon + 1] == UInt8(ascii: "]")
        else { return false }
        let isNegated = rest.first == UInt8(ascii: "^")
        let name = String(decoding: source[(index + (isNegated ? 3 : 2))..<colon], as: UTF8.self)
        guard let named = ASCIISet.posix(name) else { throw malformed("a POSIX class is not known", at: index) }
        index = colon + 2
        set.insertNamed(isNegated ? named.complement : named)
        return true
    }
}
