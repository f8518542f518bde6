import CXML2

/// Named references to characters as browsers read them (HTML, 13.2.5.73), written so that libxml2 does, which knows
/// those of HTML 4 with their semicolon only: `&ZeroWidthSpace;` and `&shy` without one would be letters within a word.
enum NamedReferences {
    /// Bytes of the longest name.
    private static let longest = 31

    /// The page with numbers in the place of such names. Linear in the length.
    static func expanded(_ page: [UInt8]) -> [UInt8] {
        guard page.contains(UInt8(ascii: "&")) else { return page }
        var expanded: [UInt8] = []
        var copied = 0
        var index = 0
        var isInTag = false
        while index < page.count {
            switch page[index] {
            case UInt8(ascii: "<"):
                isInTag = index + 1 < page.count && (0x61...0x7A).contains(page[index + 1] | 0x20)
            case UInt8(ascii: ">"): isInTag = false
            case UInt8(ascii: "&"):
                if let (text, end) = reference(page, from: index + 1, isInTag: isInTag) {
                    expanded += page[copied..<index]
                    expanded += text.utf8
                    copied = end
                    index = end
                    continue
                }
            default: break
            }
            index += 1
        }
        return copied == 0 ? page : expanded + page[copied...]
    }

    /// What stands for the name behind an ampersand, and where that ends; nil where libxml2 reads it as browsers do.
    private static func reference(_ page: [UInt8], from start: Int, isInTag: Bool) -> (text: String, end: Int)? {
        let name = page[start...].prefix(longest).prefix {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
        }
        guard !name.isEmpty else { return nil }
        let isEnded = name.endIndex < page.count && page[name.endIndex] == UInt8(ascii: ";")
        let word = String(decoding: name, as: UTF8.self)
        if isEnded {
            if let number = ReferenceNames.numeric[word] { return (number, name.endIndex + 1) }
            if htmlEntityLookup(word) != nil { return nil }
        }
        // Within a tag names without a semicolon stand in addresses: `?copy=1&region=2`.
        guard !isInTag else { return nil }
        for count in stride(from: min(name.count, 6), through: 2, by: -1) {
            let head = name.prefix(count)
            guard ReferenceNames.unended.contains(Array(head)) else { continue }
            let word = String(decoding: head, as: UTF8.self)
            return (ReferenceNames.numeric[word] ?? "&\(word);", head.endIndex)
        }
        return nil
    }
}
