/// Whether a page has a tag with more attributes than libxml2 is to compare: it compares each with all before it.
///
/// Every `<` in front of a letter counts as a tag, also in comments, scripts and values, for libxml2 and a mail program
/// disagree about where those end; within a tag the rules are those of libxml2.
struct TagWidth {
    fileprivate let limit: Int
    /// Steps that are left for all tags together; only pages of tags within tags need more than a few for each byte.
    fileprivate var steps: Int

    /// Bytes of a name that libxml2 takes at once; what follows is another attribute to it.
    private static let nameBytes = 100

    /// Tells it of a whole page. Linear in the length.
    static func isPassed(in bytes: [UInt8], limit: Int) -> Bool {
        var width = TagWidth(limit: limit, steps: 8 * bytes.count + 4_096)
        return bytes.withUnsafeBufferPointer { width.isPassed(in: $0) }
    }

    private mutating func isPassed(in page: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index + 1 < page.count {
            if page[index] == UInt8(ascii: "<"), Self.startsName(page[index + 1]), isTooWide(page, from: index + 1) {
                return true
            }
            index += 1
        }
        return false
    }

    private mutating func isTooWide(_ page: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var index = start
        var count = 0
        func skip(while isPassed: (UInt8) -> Bool) { while index < page.count, isPassed(page[index]) { index += 1 } }
        skip(while: Self.continuesName)
        while index < page.count, page[index] != UInt8(ascii: ">") {
            let before = index
            if Self.startsName(page[index]) {
                skip(while: Self.continuesName)
                count += 1 + (index - before) / Self.nameBytes
                skip(while: Self.isBlank)
                if index < page.count, page[index] == UInt8(ascii: "=") {
                    index += 1
                    skip(while: Self.isBlank)
                    Self.skipValue(page, &index)
                }
            } else if page[index] == UInt8(ascii: "/"), index + 1 < page.count, page[index + 1] == UInt8(ascii: ">") {
                return false
            } else {
                index += 1
            }
            steps -= index - before
            if count > limit || steps < 0 { return true }
        }
        return false
    }

    private static func skipValue(_ page: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        guard index < page.count else { return }
        let quote = page[index]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            while index < page.count, !isBlank(page[index]), page[index] != UInt8(ascii: ">") { index += 1 }
            return
        }
        index += 1
        while index < page.count, page[index] != quote { index += 1 }
        index = min(index + 1, page.count)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func startsName(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: ".")
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
    }
}
