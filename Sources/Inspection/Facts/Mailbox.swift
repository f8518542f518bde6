/// The mails of a store in the mbox format, or the one mail of anything else.
enum Mailbox {
    /// Where each mail lies, the first `limit` of them. Linear.
    ///
    /// A mail starts behind an empty line with `From `, an envelope address and a date; writers put `>` before such a
    /// line in a body. A line that they forgot ends a mail too early, and the rest is read as another mail: nothing is
    /// lost either way.
    static func mails(in bytes: [UInt8], limit: Int) -> (ranges: [Range<Int>], hasMore: Bool) {
        guard bytes.starts(with: from) else { return ([0..<bytes.count], false) }
        var starts = [0]
        var place = 0
        var wasBlank = false
        while place < bytes.count {
            let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
            if wasBlank, place > 0, bytes[place..<end].starts(with: from), hasTime(bytes[place..<end]) {
                guard starts.count < limit else { break }
                starts.append(place)
            }
            wasBlank = end == place || (end == place + 1 && bytes[place] == 0x0D)
            place = end + 1
        }
        let ends = starts.dropFirst() + [bytes.count]
        return (zip(starts, ends).map { $0..<$1 }, place < bytes.count)
    }

    private static let from = Array("From ".utf8)

    /// The date on the line is the only sure thing: it holds a time of day.
    private static func hasTime(_ line: ArraySlice<UInt8>) -> Bool {
        line.contains(UInt8(ascii: ":")) && line.contains { (0x30...0x39).contains($0) }
    }
}
