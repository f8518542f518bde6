/// Pieces of a buffer and what stands in their place. What is not named stays byte for byte.
struct ByteEdits {
    private var edits: [(range: Range<Int>, bytes: [UInt8])] = []

    var isEmpty: Bool { edits.isEmpty }

    mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) { edits.append((range, bytes)) }

    mutating func insert(_ bytes: [UInt8], at place: Int) { edits.append((place..<place, bytes)) }

    mutating func remove(_ range: Range<Int>) { edits.append((range, [])) }

    /// The buffer with all edits: what is inserted at one place in the order in which it was said, before what is
    /// replaced there. Of edits that overlap the one that begins first counts, which covers the others here: a field is
    /// removed twice, a part within one that goes.
    func applied(to buffer: [UInt8]) -> [UInt8] {
        let ordered = edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.isEmpty ? 0 : 1, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 0 : 1, $1.offset)
        }
        var result: [UInt8] = []
        result.reserveCapacity(buffer.count + edits.reduce(0) { $0 + $1.bytes.count })
        var place = 0
        for (_, edit) in ordered where edit.range.lowerBound >= place {
            let range = edit.range.clamped(to: place..<max(place, buffer.count))
            result += buffer[place..<range.lowerBound]
            result += edit.bytes
            place = range.upperBound
        }
        return result + buffer[place...]
    }
}
