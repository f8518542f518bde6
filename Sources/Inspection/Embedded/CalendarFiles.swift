import Vocabulary

/// Files within calendars and address cards: properties whose value is written in base64 (RFC 5545, 3.8.1.1; RFC 2426;
/// RFC 6350 writes addresses, which are looked for apart).
enum CalendarFiles {
    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var place = 0
        while place < bytes.count {
            let (line, next) = unfoldedLine(bytes, from: place)
            place = next
            guard let colon = endOfHead(line) else { continue }
            let head = String(decoding: line[..<colon], as: UTF8.self)
            let fields = head.split(separator: ";").map(String.init)
            let isEncoded = fields.dropFirst().contains { field in
                ["base64", "encoding=base64", "encoding=b", "value=binary"].contains(field.lowercased())
            }
            let value = line[(colon + 1)...]
            guard isEncoded || value.prefix(5).map({ $0 | 0x20 }).elementsEqual("data:".utf8) else { continue }
            guard !found.isFull else { return found.missing.formUnion(.overLimit) }
            guard isEncoded else {
                DataAddresses.take(from: Array(value), into: &found)
                continue
            }
            let (content, isComplete) = Base64Text.decoded(value, limit: found.room)
            guard !content.isEmpty else { continue }
            found.add(names(fields), content, unread: isComplete ? [] : .damaged)
        }
    }

    private static func names(_ fields: [String]) -> [String] {
        fields.dropFirst().compactMap { field in
            let pair = field.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased().hasSuffix("filename") else { return nil }
            return pair[1].trimmingPrefix("\"").split(separator: "\"").first.map(String.init)
        }
    }

    /// The colon that ends name and parameters; those within quotes do not.
    private static func endOfHead(_ line: [UInt8]) -> Int? {
        var isQuoted = false
        for (index, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ":"), !isQuoted { return index }
        }
        return nil
    }

    /// A line with those that continue it, which start with a blank.
    private static func unfoldedLine(_ bytes: [UInt8], from start: Int) -> ([UInt8], Int) {
        var line: [UInt8] = []
        var place = start
        while place < bytes.count {
            let end = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            line += bytes[place..<end]
            place = end
            if place < bytes.count, bytes[place] == 0x0D { place += 1 }
            if place < bytes.count, bytes[place] == 0x0A { place += 1 }
            guard place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 else { break }
            place += 1
        }
        return (line, place)
    }
}
