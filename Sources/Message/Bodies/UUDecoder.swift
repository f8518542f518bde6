/// Uuencoded data: `begin MODE NAME`, lines led by their length, `end`. Text before the begin line is skipped.
enum UUDecoder {
    static func decode(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        var position = 0
        if let begin = beginLine(input) {
            result.beginName = begin.name
            position = begin.next
        } else {
            result.note(.uuencodeWithoutBegin, at: 0)
        }
        while position < input.count {
            let (content, next) = line(input, at: position)
            if isEnd(input, content) { return result }
            if !content.isEmpty { decode(input, content, into: &result) }
            if result.bytes.count > limit {
                result.bytes.removeLast(result.bytes.count - max(0, limit))
                result.isComplete = false
                return result
            }
            position = next
        }
        result.note(.uuencodeCut, at: input.count)
        return result
    }

    private static func line(
        _ input: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> (content: Range<Int>, next: Int) {
        var end = start
        while end < input.count, input[end] != 0x0A { end += 1 }
        var contentEnd = end
        if contentEnd > start, input[contentEnd - 1] == 0x0D { contentEnd -= 1 }
        return (start..<contentEnd, min(end + 1, input.count))
    }

    static func beginLine(_ input: UnsafeBufferPointer<UInt8>) -> (name: String, next: Int)? {
        var position = 0
        while position < input.count {
            let (content, next) = line(input, at: position)
            let bytes = input[content]
            if bytes.starts(with: "begin ".utf8) {
                let rest = bytes.dropFirst(6)
                let mode = rest.prefix { $0 >= 0x30 && $0 <= 0x37 }
                if mode.count >= 3, rest.dropFirst(mode.count).first == 0x20 {
                    let name = rest.dropFirst(mode.count + 1)
                    return (Charset.unlabelled(Array(name)), next)
                }
            }
            position = next
        }
        return nil
    }

    private static func isEnd(_ input: UnsafeBufferPointer<UInt8>, _ content: Range<Int>) -> Bool {
        content.count == 3 && input[content].elementsEqual("end".utf8)
    }

    private static func decode(
        _ input: UnsafeBufferPointer<UInt8>, _ content: Range<Int>, into result: inout DecoderOutput
    ) {
        let length = Int((input[content.lowerBound] &- 0x20) & 0x3F)
        guard input[content.lowerBound] >= 0x20, input[content.lowerBound] <= 0x60 else {
            result.note(.uuencodeInvalid, at: content.lowerBound)
            return
        }
        var left = length
        var index = content.lowerBound + 1
        // Spaces at a line's end may have been stripped: missing characters count as zero.
        func value(_ at: Int) -> UInt8 { at < content.upperBound ? (input[at] &- 0x20) & 0x3F : 0 }
        if index + (length + 2) / 3 * 4 > content.upperBound + 4 {
            result.note(.uuencodeInvalid, at: content.lowerBound)
        }
        while left > 0, index < content.upperBound {
            let (a, b, c, d) = (value(index), value(index + 1), value(index + 2), value(index + 3))
            let three = [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]
            result.bytes.append(contentsOf: three.prefix(left))
            left -= 3
            index += 4
        }
    }
}
