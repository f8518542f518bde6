import Diagnostics

/// Texts, regular expressions, and characters beyond ASCII.
extension Lexer {
    mutating func lexText() {
        if byte(1) == UInt8(ascii: "\""), byte(2) == UInt8(ascii: "\"") { return lexBlock() }
        let start = offset
        offset += 1
        while offset < bytes.count, byte() != UInt8(ascii: "\""), byte() != UInt8(ascii: "\n") {
            offset += byte() == UInt8(ascii: "\\") && byte(1) != UInt8(ascii: "\n") ? 2 : 1
        }
        offset = min(offset, bytes.count)
        var content = start + 1..<max(start + 1, offset)
        if byte() == UInt8(ascii: "\""), offset < bytes.count {
            offset += 1
        } else {
            var end = offset
            while end > start + 1, [0x20, 0x09, 0x0D].contains(bytes[end - 1]) { end -= 1 }
            offset = likelyEnd(start + 1..<end)
            content = start + 1..<offset
            bag.add(.unterminatedText(span(start, end), end: span(offset, offset)))
        }
        checkEncoding(content, warnInvisible: true)
        append(.text, from: start, value: unescape(content))
    }

    /// Where a text without a closing quote most likely ends: before brackets and commas at the end of its line.
    private func likelyEnd(_ content: Range<Int>) -> Int {
        var end = content.upperBound
        while end > content.lowerBound, " \t{})(,".utf8.contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    private mutating func lexBlock() {
        let start = offset
        offset += 3
        var closed = false
        while offset < bytes.count {
            if byte() == UInt8(ascii: "\""), byte(1) == UInt8(ascii: "\""), byte(2) == UInt8(ascii: "\"") {
                closed = true
                break
            }
            offset += byte() == UInt8(ascii: "\\") ? 2 : 1
        }
        offset = min(offset, bytes.count)
        let content = start + 3..<max(start + 3, offset)
        if closed {
            offset += 3
        } else {
            endsInText = true
            bag.add(.unterminatedText(span(start, start + 3), end: nil))
        }
        checkEncoding(content, warnInvisible: true)
        append(.text, from: start, value: blockValue(content))
    }

    /// The lines between the quotes without the indentation they share; a first and a last blank line only hold the
    /// quotes and are left out.
    private mutating func blockValue(_ content: Range<Int>) -> String {
        var lines: [Range<Int>] = []
        var lineStart = content.lowerBound
        for index in content where bytes[index] == UInt8(ascii: "\n") {
            let end = index > lineStart && bytes[index - 1] == 0x0D ? index - 1 : index
            lines.append(lineStart..<end)
            lineStart = index + 1
        }
        lines.append(lineStart..<content.upperBound)
        let firstIsBlank = lines.count > 1 && indentation(lines[0]) == lines[0].count
        if firstIsBlank { lines.removeFirst() }
        var shared = Int.max
        for line in lines where indentation(line) < line.count { shared = min(shared, indentation(line)) }
        if let last = lines.last, indentation(last) == last.count, lines.count > 1 || firstIsBlank {
            lines.removeLast()
            shared = min(shared, last.count)
        }
        let texts = lines.map { line in
            unescape(min(line.lowerBound + min(shared, indentation(line)), line.upperBound)..<line.upperBound)
        }
        return texts.joined(separator: "\n")
    }

    private func indentation(_ line: Range<Int>) -> Int {
        line.prefix { bytes[$0] == 0x20 || bytes[$0] == 0x09 || bytes[$0] == 0x0D }.count
    }

    /// Resolves escapes; a bad one is reported and stands for itself.
    private mutating func unescape(_ content: Range<Int>) -> String {
        guard bytes[content].contains(UInt8(ascii: "\\")) else { return file.text(content) }
        var result: [UInt8] = []
        var index = content.lowerBound
        while index < content.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let (text, length) = escape(at: index, within: content)
            if let text {
                result += Array(text.utf8)
            } else {
                let bad = index..<min(index + length, content.upperBound)
                bag.add(.badEscape(span(bad.lowerBound, bad.upperBound), file.text(bad)))
                result += bytes[bad]
            }
            index += length
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// What the escape at a backslash stands for (nil where it is none), and its length.
    private func escape(at index: Int, within content: Range<Int>) -> (String?, Int) {
        guard index + 1 < content.upperBound else { return (nil, 1) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""): return ("\"", 2)
        case UInt8(ascii: "\\"): return ("\\", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"):
            let rest = content.clamped(to: index + 2..<max(index + 2, min(index + 11, content.upperBound)))
            guard let first = rest.first, bytes[first] == UInt8(ascii: "{"),
                let close = rest.first(where: { bytes[$0] == UInt8(ascii: "}") })
            else { return (nil, 2) }
            let scalar = UInt32(file.text(first + 1..<close), radix: 16).flatMap(Unicode.Scalar.init)
            return (scalar.map { String(Character($0)) }, close + 1 - index)
        case let other where other >= 0x80:
            var length = 2
            while index + length < content.upperBound, bytes[index + length] & 0xC0 == 0x80 { length += 1 }
            return (nil, length)
        default: return (nil, 2)
        }
    }

    /// `/…/` behind `matches`, `regex` or within a list of patterns; elsewhere most likely a foreign comment.
    mutating func lexSlash() {
        let start = offset
        if byte(1) == UInt8(ascii: "/") || byte(1) == UInt8(ascii: "*") {
            let isBlock = byte(1) == UInt8(ascii: "*")
            bag.add(.foreignComment(span(start, start + 2), isBlock: isBlock))
            return skipForeignComment(isBlock: isBlock)
        }
        offset += 1
        while offset < bytes.count, byte() != UInt8(ascii: "/"), byte() != UInt8(ascii: "\n") {
            offset += byte() == UInt8(ascii: "\\") && byte(1) != UInt8(ascii: "\n") ? 2 : 1
        }
        offset = min(offset, bytes.count)
        let content = start + 1..<max(start + 1, offset)
        checkEncoding(content, warnInvisible: true)
        guard offset < bytes.count, byte() == UInt8(ascii: "/") else {
            bag.add(.unterminatedRegex(span(start, start + 1)))
            return append(.regex, from: start, value: file.text(content))
        }
        offset += 1
        let flags = offset
        while byte() >= UInt8(ascii: "a"), byte() <= UInt8(ascii: "z") { offset += 1 }
        append(.regex, from: start, value: file.text(content), flags: file.text(flags..<offset))
    }

    private mutating func skipForeignComment(isBlock: Bool) {
        offset += 2
        while offset < bytes.count {
            if !isBlock, byte() == UInt8(ascii: "\n") { break }
            if isBlock, byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                offset += 2
                break
            }
            offset += 1
        }
        isSpaced = true
    }

    /// A text in quotes of another kind, up to the closing one on its line; without one the quote is stray.
    mutating func lexForeignText(closing: String) {
        let start = offset
        let opening = scalar(at: offset).length
        let end = file.lineRange(file.lineIndex(of: offset)).upperBound
        let closingBytes = Array(closing.utf8)
        var index = unclosedQuotes[closing] == end ? end : start + opening
        while index < end, !bytes[index...].starts(with: closingBytes) { index += 1 }
        guard index < end else {
            unclosedQuotes[closing] = end
            offset += opening
            bag.add(.strayCharacter(span(start, offset), "`\(file.text(start..<offset))`"))
            return
        }
        let content = file.text(start + opening..<index)
        offset = index + closingBytes.count
        bag.add(.foreignQuotes(span(start, offset), content: content))
        append(.text, from: start, value: content)
    }

    mutating func lexForeignCharacter() {
        let start = offset
        let (value, length) = scalar(at: offset)
        guard let value else {
            while offset < bytes.count, byte() >= 0x80, scalar(at: offset).value == nil { offset += 1 }
            bag.add(.notUTF8(span(start, start + 1)))
            return
        }
        switch value {
        case "\u{201C}", "\u{201E}", "\u{201D}": return lexForeignText(closing: "\u{201D}")
        case "\u{2018}", "\u{2019}": return lexForeignText(closing: "\u{2019}")
        case "\u{AB}": return lexForeignText(closing: "\u{BB}")
        default: break
        }
        // A word with letters beyond ASCII is one mistake, not one for each letter.
        offset += length
        if !isInvisible(value) {
            while offset < bytes.count, byte() >= 0x80, let next = scalar(at: offset).value, next == value {
                offset += length
            }
        }
        let shown = isInvisible(value) || value == "\u{A0}" ? escapeText(value) : "`\(Character(value))`"
        let isFormat = value.properties.generalCategory == .format
        let instead: String? = value == "\u{A0}" ? " " : isFormat ? "" : nil
        bag.add(.strayCharacter(span(start, offset), shown, instead: instead))
        isSpaced = true
    }

    /// The scalar at an offset and its length; nil where the bytes are not UTF-8.
    func scalar(at index: Int) -> (value: Unicode.Scalar?, length: Int) {
        var decoder = UTF8()
        var iterator = bytes[index..<min(index + 4, bytes.count)].makeIterator()
        guard case .scalarValue(let value) = decoder.decode(&iterator) else { return (nil, 1) }
        return (value, UTF8.width(value))
    }

    /// Reports what is not UTF-8 in a range, once, and invisible characters, each.
    mutating func checkEncoding(_ range: Range<Int>, warnInvisible: Bool) {
        var index = range.lowerBound
        var reported = false
        while index < range.upperBound {
            if bytes[index] >= 0x20, bytes[index] < 0x7F {
                index += 1
                continue
            }
            let (value, length) = scalar(at: index)
            if let value {
                if warnInvisible, isInvisible(value) {
                    bag.add(.invisibleCharacter(span(index, index + length), escape: escapeText(value)))
                }
            } else if !reported {
                bag.add(.notUTF8(span(index, index + 1)))
                reported = true
            }
            index += length
        }
    }

    private func escapeText(_ value: Unicode.Scalar) -> String { "\\u{\(hex(value.value))}" }

    private func isInvisible(_ value: Unicode.Scalar) -> Bool {
        switch value.properties.generalCategory {
        case .control: !["\n", "\r", "\t"].contains(value)
        case .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
