/// Splits a Sieve script into tokens.
struct SieveLexer {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// All tokens, the end as the last.
    ///
    /// - Throws: `SieveFault` at a byte that begins nothing, or a text or comment that does not end.
    static func tokens(of bytes: [UInt8]) throws(SieveFault) -> [SieveToken] {
        var lexer = SieveLexer(bytes)
        var tokens: [SieveToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func advance() {
        if current == UInt8(ascii: "\n") { line += 1 }
        offset += 1
    }

    private mutating func next() throws(SieveFault) -> SieveToken {
        try skipBlanks()
        let start = line
        guard let byte = current else { return SieveToken(kind: .end, line: start) }
        switch byte {
        case UInt8(ascii: "\""):
            return SieveToken(kind: .text(try quoted()), line: start)
        case UInt8(ascii: ":"):
            advance()
            return SieveToken(kind: .tag(word().lowercased()), line: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return SieveToken(kind: .number(number()), line: start)
        case _ where Self.isWord(byte):
            let name = word()
            if name.lowercased() == "text", current == UInt8(ascii: ":") {
                return SieveToken(kind: .text(try lines()), line: start)
            }
            return SieveToken(kind: .identifier(name.lowercased()), line: start)
        case _ where "(){}[],;".utf8.contains(byte):
            advance()
            return SieveToken(kind: .mark(Character(Unicode.Scalar(byte))), line: start)
        default:
            throw SieveFault(line: line, reason: "a character that begins nothing in Sieve")
        }
    }

    private mutating func skipBlanks() throws(SieveFault) {
        while let byte = current {
            if [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
                advance()
            } else if byte == UInt8(ascii: "#") {
                while let byte = current, byte != UInt8(ascii: "\n") { advance() }
            } else if byte == UInt8(ascii: "/"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "*") {
                let start = line
                offset += 2
                while current != UInt8(ascii: "*") || offset + 1 >= bytes.count
                    || bytes[offset + 1] != UInt8(ascii: "/")
                {
                    guard current != nil else { throw SieveFault(line: start, reason: "a comment that does not end") }
                    advance()
                }
                offset += 2
            } else {
                return
            }
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private mutating func word() -> String {
        let start = offset
        while let byte = current, Self.isWord(byte) { advance() }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func number() -> Int64? {
        var value: Int64? = 0
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            value = Self.product(value, 10).flatMap { shifted in
                let (sum, carries) = shifted.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
                return carries ? nil : sum
            }
            advance()
        }
        let unit: Int64
        switch current.map({ $0 | 0x20 }) {
        case UInt8(ascii: "k"): unit = 1 << 10
        case UInt8(ascii: "m"): unit = 1 << 20
        case UInt8(ascii: "g"): unit = 1 << 30
        default: return value
        }
        advance()
        return Self.product(value, unit)
    }

    private static func product(_ value: Int64?, _ factor: Int64) -> Int64? {
        guard let (product, overflows) = value?.multipliedReportingOverflow(by: factor), !overflows else { return nil }
        return product
    }

    private mutating func quoted() throws(SieveFault) -> String {
        let start = line
        advance()
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count { advance() }
            if let byte = current { text.append(byte) }
            advance()
        }
        guard current != nil else { throw SieveFault(line: start, reason: "a text that does not end") }
        advance()
        return String(decoding: text, as: UTF8.self)
    }

    /// `text:` and what follows up to a line with a lone dot; a dot that begins a line is doubled there (8.1).
    private mutating func lines() throws(SieveFault) -> String {
        let start = line
        while let byte = current, byte != UInt8(ascii: "\n") { advance() }
        advance()
        var lines: [String] = []
        while offset < bytes.count {
            let begin = offset
            while let byte = current, byte != UInt8(ascii: "\n") { advance() }
            var one = bytes[begin..<offset]
            if one.last == UInt8(ascii: "\r") { one.removeLast() }
            advance()
            if one.elementsEqual(".".utf8) { return lines.joined(separator: "\n") }
            if one.starts(with: "..".utf8) { one.removeFirst() }
            lines.append(String(decoding: one, as: UTF8.self))
        }
        throw SieveFault(line: start, reason: "a text that does not end")
    }
}
