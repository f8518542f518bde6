/// The text that a style sheet puts into a page (CSS Generated Content 3): the strings of a value, and attributes.
enum StyleText {
    /// - Parameters:
    ///   - value: as it stands in the style sheet.
    ///   - attributes: of the element.
    static func of(_ value: String?, _ attributes: [String: String]) -> [UInt8] {
        guard let value, value.utf8.contains(where: { "\"'(".utf8.contains($0) }) else { return [] }
        let bytes = Array(value.utf8)[...]
        var text: [UInt8] = []
        var index = 0
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let end = StyleScan.endOfString(bytes, from: index)
                text += unescaped(bytes[min(index + 1, end)..<end])
                index = end
            case UInt8(ascii: "("):
                let end = StyleScan.end(of: bytes, from: index + 1, at: UInt8(ascii: ")"))
                let name = String(decoding: StyleScan.plain(bytes[(index + 1)..<end]), as: UTF8.self)
                let isAttribute = bytes[..<index].suffix(4).map(WebAddress.lowercased).elementsEqual("attr".utf8)
                if isAttribute, let own = attributes[name] { text += own.utf8 }
                index = end
            case UInt8(ascii: "/"): index = StyleScan.endOfComment(bytes, from: index)
            case UInt8(ascii: "\\"): index += 1
            default: break
            }
            index += 1
        }
        return text
    }

    /// What stands in a string, its escapes undone.
    static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "\\")) else { return Array(bytes) }
        var text: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "\\") else {
                text.append(bytes[index])
                index += 1
                continue
            }
            index += 1
            let digits = bytes[index...].prefix(6).prefix { HexDigit.value($0) != nil }
            if digits.isEmpty {
                // An escaped end of a line is none.
                if index < bytes.endIndex, bytes[index] != 0x0A { text.append(bytes[index]) }
                index += 1
                continue
            }
            let number = digits.reduce(UInt32(0)) { $0 << 4 | UInt32(HexDigit.value($1) ?? 0) }
            text += Array(String(Unicode.Scalar(number) ?? "\u{FFFD}").utf8).filter { $0 != 0 }
            index = digits.endIndex
            if index < bytes.endIndex, bytes[index] <= 0x20 { index += 1 }
        }
        return text
    }
}
