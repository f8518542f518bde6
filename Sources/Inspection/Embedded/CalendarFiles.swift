import Vocabulary

/// Files within calendars and address cards: properties whose value is written in base64 (RFC 5545, 3.8.1.1; RFC 2426;
/// RFC 6350 writes addresses, which are looked for apart).
enum CalendarFiles {
    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var place = 0
        while place < bytes.count {
            let (line, next) = CalendarLine.unfolded(bytes, from: place)
            place = next
            guard let colon = CalendarLine.endOfHead(line) else { continue }
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
}
