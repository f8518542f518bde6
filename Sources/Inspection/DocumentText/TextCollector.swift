/// Text as it is put together from pieces of a document: white space collapsed, blocks on lines of their own, bounded.
///
/// A line's end takes the white space around it, no-break spaces too. In front of a line those only indent it, and
/// whoever could put a blank there would keep a rule from finding what begins a line.
struct TextCollector {
    /// UTF-8.
    private(set) var text: [UInt8] = []
    /// False when the limit ended the text.
    private(set) var isComplete = true
    private let limit: Int
    private var wantsSpace = false
    private var wantsLine = false

    init(limit: Int) { self.limit = limit }

    /// The text with the line's end or the blank that what follows stands behind.
    var pending: [UInt8] { text.isEmpty ? [] : text + (wantsLine ? [0x0a] : wantsSpace ? [0x20] : []) }

    /// What follows is a word of its own.
    mutating func space() { wantsSpace = true }

    /// What follows stands on a line of its own.
    mutating func line() { wantsLine = true }

    /// Adds UTF-8. White space at either end counts, however long it is.
    mutating func append(_ bytes: some Collection<UInt8>) {
        guard isComplete else { return }
        if bytes.withContiguousStorageIfAvailable({ add($0) }) == nil {
            Array(bytes).withUnsafeBufferPointer { add($0) }
        }
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let blank = Self.blank(bytes, at: index)
            if blank > 0 {
                wantsSpace = true
                index += blank
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
            index += 1
        }
    }

    /// How many bytes the white space takes that stands there: none where a letter does. A no-break space, too, is only
    /// space to a reader; the first of its bytes begins other letters as well.
    static func blank(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        if byte == 0xc2 { return index + 1 < bytes.count && bytes[index + 1] == 0xa0 ? 2 : 0 }
        return byte == 0x20 || (0x09...0x0d).contains(byte) || byte == 0 ? 1 : 0
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
