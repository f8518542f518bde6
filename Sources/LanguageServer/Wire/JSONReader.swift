import Foundation

/// Reads JSON from hostile bytes: total, bounded in depth, every fault the same answer.
struct JSONReader {
    /// What is read is no JSON, or nested too deeply.
    struct Fault: Error {}

    private let bytes: [UInt8]
    private var offset = 0
    private var depth = 0
    private let nesting: Int

    private init(_ bytes: [UInt8], nesting: Int) {
        self.bytes = bytes
        self.nesting = nesting
    }

    static func read(_ bytes: [UInt8], nesting: Int) throws(Fault) -> JSON {
        var reader = JSONReader(bytes, nesting: nesting)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.offset == bytes.count else { throw Fault() }
        return value
    }

    private var byte: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func accept(_ expected: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == expected else { return false }
        offset += 1
        return true
    }

    private mutating func value() throws(Fault) -> JSON {
        skipSpace()
        guard depth < nesting else { throw Fault() }
        depth += 1
        defer { depth -= 1 }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(Fault) -> JSON {
        let expected = Array(text.utf8)
        guard bytes[offset...].starts(with: expected) else { throw Fault() }
        offset += expected.count
        return value
    }

    private mutating func object() throws(Fault) -> JSON {
        offset += 1
        var members: [String: JSON] = [:]
        if accept(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard byte == UInt8(ascii: "\"") else { throw Fault() }
            let key = try text()
            guard accept(UInt8(ascii: ":")) else { throw Fault() }
            members[key] = try value()
        } while accept(UInt8(ascii: ","))
        guard accept(UInt8(ascii: "}")) else { throw Fault() }
        return .object(members)
    }

    private mutating func array() throws(Fault) -> JSON {
        offset += 1
        var elements: [JSON] = []
        if accept(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value()) } while accept(UInt8(ascii: ","))
        guard accept(UInt8(ascii: "]")) else { throw Fault() }
        return .array(elements)
    }

    private mutating func number() throws(Fault) -> JSON {
        let start = offset
        while offset < bytes.count,
            (0x30...0x39).contains(byte) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains(byte)
        {
            offset += 1
        }
        let written = String(decoding: bytes[start..<offset], as: UTF8.self)
        if let whole = Int(written) { return .int(whole) }
        guard let number = Double(written), number.isFinite else { throw Fault() }
        return .double(number)
    }

    private mutating func text() throws(Fault) -> String {
        offset += 1
        var content: [UInt8] = []
        while true {
            // Runs without escapes are taken whole: a document's text is one long run after another.
            let start = offset
            while offset < bytes.count, bytes[offset] != 0x22, bytes[offset] != 0x5c { offset += 1 }
            content += bytes[start..<offset]
            guard offset < bytes.count else { throw Fault() }
            offset += 1
            if bytes[offset - 1] == 0x22 { return String(decoding: content, as: UTF8.self) }
            try escape(into: &content)
        }
    }

    private mutating func escape(into content: inout [UInt8]) throws(Fault) {
        let kind = byte
        offset += 1
        switch kind {
        case UInt8(ascii: "n"): content.append(0x0a)
        case UInt8(ascii: "r"): content.append(0x0d)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0c)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(kind)
        case UInt8(ascii: "u"): content += Array(String(Character(try scalar())).utf8)
        default: throw Fault()
        }
    }

    /// What stands behind `\u`; a lone surrogate becomes U+FFFD.
    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let first = try unit()
        if (0xd800..<0xdc00).contains(first), byte == 0x5c, offset + 1 < bytes.count, bytes[offset + 1] == 0x75 {
            let before = offset
            offset += 2
            let second = try unit()
            if (0xdc00..<0xe000).contains(second) {
                let combined = 0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00)
                return Unicode.Scalar(combined) ?? "\u{FFFD}"
            }
            offset = before
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func unit() throws(Fault) -> UInt16 {
        guard offset + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
        else { throw Fault() }
        offset += 4
        return unit
    }
}
