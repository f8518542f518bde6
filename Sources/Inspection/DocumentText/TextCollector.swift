/// Text as it is put together from pieces of a document: white space collapsed, blocks on lines of their own, bounded.
struct TextCollector {
    /// UTF-8.
    private(set) var text: [UInt8] = []
    /// False when the limit ended the text.
    private(set) var isComplete = true
    private let limit: Int
    private var wantsSpace = false
    private var wantsLine = false

    init(limit: Int) { self.limit = limit }

    /// What follows is a word of its own.
    mutating func space() { wantsSpace = true }

    /// What follows stands on a line of its own.
    mutating func line() { wantsLine = true }

    /// Adds UTF-8. White space at either end counts, however long it is.
    mutating func append(_ bytes: some Collection<UInt8>) {
        guard isComplete else { return }
        var previous: UInt8 = 0
        for byte in bytes {
            // A no-break space, too, is only space to a reader; the first of its bytes begins other letters as well.
            if byte == 0xa0, previous == 0xc2 {
                text.removeLast()
                wantsSpace = true
                previous = 0
                continue
            }
            previous = byte
            if byte == 0x20 || (0x09...0x0d).contains(byte) || byte == 0 {
                wantsSpace = true
                continue
            }
            guard text.count + 2 <= limit else {
                isComplete = false
                text.removeCutCharacter()
                return
            }
            if !text.isEmpty {
                if wantsLine { text.append(0x0a) } else if wantsSpace { text.append(0x20) }
            }
            wantsLine = false
            wantsSpace = false
            text.append(byte)
        }
    }
}

extension [UInt8] {
    /// Drops the first bytes of a UTF-8 character whose others are missing at the end.
    mutating func removeCutCharacter() {
        guard let lead = indices.suffix(4).last(where: { self[$0] & 0xc0 != 0x80 }) else { return }
        let length = self[lead] < 0xc0 ? 1 : self[lead] < 0xe0 ? 2 : self[lead] < 0xf0 ? 3 : 4
        if count - lead < length { removeSubrange(lead...) }
    }
}
