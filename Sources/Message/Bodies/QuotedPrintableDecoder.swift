import Glibc

/// Tolerant quoted-printable (RFC 2045 section 6.7): an equals sign that begins no escape stands for itself and is
/// reported; white space at line ends is kept, so that nothing sent is lost.
enum QuotedPrintableDecoder {
    static func decode(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        guard let base = input.baseAddress else { return result }
        result.bytes.reserveCapacity(min(max(0, limit), input.count))
        var index = 0
        while index < input.count {
            let hit = memchr(base + index, 0x3D, input.count - index)
            let equals = hit.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? input.count
            let take = min(equals - index, limit - result.bytes.count)
            result.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: input[index..<index + max(0, take)]))
            if take < equals - index {
                result.isComplete = false
                return result
            }
            guard equals < input.count else { break }
            index = escape(input, equals, &result)
            if result.bytes.count > limit {
                result.bytes.removeLast(result.bytes.count - limit)
                result.isComplete = false
                return result
            }
        }
        return result
    }

    /// Undoes the escape at `equals` and returns the index after it.
    private static func escape(
        _ input: UnsafeBufferPointer<UInt8>, _ equals: Int, _ result: inout DecoderOutput
    ) -> Int {
        if equals + 2 < input.count, let high = digit(input[equals + 1]), let low = digit(input[equals + 2]) {
            noteCase(input[equals + 1], input[equals + 2], at: equals, &result)
            result.bytes.append(high << 4 | low)
            return equals + 3
        }
        // A soft line break, with white space that some relays add before the line end.
        var index = equals + 1
        while index < input.count, isBlank(input[index]) { index += 1 }
        if index == input.count { return index }
        if input[index] == 0x0A { return index + 1 }
        if input[index] == 0x0D { return index + 1 < input.count && input[index + 1] == 0x0A ? index + 2 : index + 1 }
        result.note(.quotedPrintableInvalid, at: equals)
        result.bytes.append(0x3D)
        return equals + 1
    }

    /// Lower case is no escape for strict readers. Who writes both cases writes for two readers.
    private static func noteCase(_ high: UInt8, _ low: UInt8, at equals: Int, _ result: inout DecoderOutput) {
        for digit in [high, low] where digit > 0x39 {
            result.escapeCases |= digit < 0x61 ? 1 : 2
        }
        if result.escapeCases == 3 { result.note(.quotedPrintableMixedCase, at: equals) }
    }

    static func isDigit(_ byte: UInt8) -> Bool { digit(byte) != nil }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
