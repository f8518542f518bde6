/// Steps through ASN.1 in BER (X.690), as far as cryptographic messages need it: tags of one byte, definite and
/// indefinite lengths. Never recurses; a length beyond the end is cut there and noted.
struct BERReader {
    /// One element: its tag, and where its content lies.
    struct Element {
        let tag: UInt8
        let content: Range<Int>
        /// Where the next element starts.
        let end: Int
        /// Whether the length reaches beyond the bytes, or no end mark was found.
        let isCut: Bool
    }

    private let bytes: [UInt8]
    /// Indefinite lengths within each other that are followed to their end marks.
    private static let depth = 64

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The element at `place`, within `limit`; nil if there is none.
    func element(at place: Int, limit: Int) -> Element? {
        guard let head = head(at: place, limit: limit) else { return nil }
        if let length = head.length {
            let isCut = length > limit - head.start
            let end = isCut ? limit : head.start + length
            return Element(tag: bytes[place], content: head.start..<end, end: end, isCut: isCut)
        }
        return indefinite(bytes[place], from: head.start, limit: limit)
    }

    /// The elements in `range`, in order.
    func elements(in range: Range<Int>) -> [Element] {
        var found: [Element] = []
        var place = range.lowerBound
        while place < range.upperBound, let next = element(at: place, limit: range.upperBound), next.end > place {
            found.append(next)
            place = next.end
        }
        return found
    }

    /// Where the content starts, and its length unless that is indefinite.
    private func head(at place: Int, limit: Int) -> (start: Int, length: Int?)? {
        guard place >= 0, place + 2 <= limit, limit <= bytes.count, bytes[place] & 0x1F != 0x1F else { return nil }
        let first = bytes[place + 1]
        guard first & 0x80 != 0 else { return (place + 2, Int(first)) }
        let count = Int(first & 0x7F)
        if count == 0 { return bytes[place] & 0x20 != 0 ? (place + 2, nil) : nil }
        guard count <= 8, place + 2 + count <= limit else { return nil }
        let length = bytes[(place + 2)..<(place + 2 + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (place + 2 + count, Int(clamping: length))
    }

    private func indefinite(_ tag: UInt8, from start: Int, limit: Int) -> Element {
        var place = start
        var open = 1
        while place + 2 <= limit {
            if bytes[place] == 0, bytes[place + 1] == 0 {
                open -= 1
                if open == 0 { return Element(tag: tag, content: start..<place, end: place + 2, isCut: false) }
                place += 2
                continue
            }
            guard let head = head(at: place, limit: limit) else { break }
            if let length = head.length {
                guard length <= limit - head.start else { break }
                place = head.start + length
            } else {
                open += 1
                guard open <= Self.depth else { break }
                place = head.start
            }
        }
        return Element(tag: tag, content: start..<limit, end: limit, isCut: true)
    }
}
