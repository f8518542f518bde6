/// The lines of uuencoded data, which are told from other text by their length: the first character says it.
enum UULines {
    /// Whether the first lines of a body are data, without a begin line or behind one.
    static func areData(_ input: ArraySlice<UInt8>) -> Bool {
        var start = input.startIndex
        var seen = 0
        while start < input.endIndex, seen < 8 {
            let line = input[start...].prefix { $0 != 0x0A }
            let content = line.last == 0x0D ? line.dropLast() : line
            if isData(content) { return true }
            seen += 1
            start = line.endIndex + 1
        }
        return false
    }

    /// The first byte tells how many characters follow; programs differ by a checksum, or strip blanks.
    static func isData(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first, (0x21...0x60).contains(first),
            content.allSatisfy({ (0x20...0x60).contains($0) })
        else { return false }
        return abs(content.count - 1 - length(first)) <= 4
    }

    /// Whether a line is data beyond doubt: a full one of exactly its length, as nearly all of a file are.
    static func isFull(_ content: ArraySlice<UInt8>) -> Bool {
        guard let first = content.first, content.count >= 12, (0x21...0x5F).contains(first) else { return false }
        return content.count - 1 == length(first) && content.allSatisfy { (0x20...0x60).contains($0) }
    }

    private static func length(_ first: UInt8) -> Int { (Int((first &- 0x20) & 0x3F) + 2) / 3 * 4 }
}
