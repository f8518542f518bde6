/// Tolerant base64 (RFC 2045 section 6.8): line ends and blanks skipped, characters outside the alphabet skipped and
/// reported, padding ends a quantum and what follows is decoded on, as the most generous reader would.
enum Base64Decoder {
    private static let blank: UInt8 = 0x40
    private static let padding: UInt8 = 0x41
    private static let junk: UInt8 = 0x42

    /// The value of each byte, or one of the marks above.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: junk, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            table[Int(byte)] = UInt8(value)
        }
        for byte in [0x20, 0x09, 0x0D, 0x0A] { table[byte] = blank }
        table[0x3D] = padding
        return table
    }()

    /// Four tables of 256: the value shifted to its place in a quantum, or a high bit that spoils the sum.
    private static let quads: [UInt32] = {
        var table = [UInt32](repeating: 0x8000_0000, count: 1024)
        for byte in 0..<256 where values[byte] < 64 {
            for place in 0..<4 { table[place * 256 + byte] = UInt32(values[byte]) << UInt32(18 - 6 * place) }
        }
        return table
    }()

    /// Whether the byte is one of the 64.
    static func isInAlphabet(_ byte: UInt8) -> Bool { values[Int(byte)] < 64 }

    static func decode(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        let room = min(max(0, limit), input.count / 4 * 3 + 3)
        var state = State()
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            guard let source = input.baseAddress, let target = buffer.baseAddress else { return }
            values.withUnsafeBufferPointer { values in
                quads.withUnsafeBufferPointer { quads in
                    state.run(source, input.count, target, room, values, quads, &result)
                }
            }
            count = state.written
        }
        result.bytes = bytes
        return result
    }

    /// The decoder's state between quanta.
    private struct State {
        var written = 0
        private var held: UInt32 = 0
        private var heldCount = 0
        private var sawPadding = false
        /// A line end within a quantum.
        private var oddLine: Int?
        /// Where data went on after padding, and how many characters outside the alphabet came since.
        private var tailStart: Int?
        private var tailJunk = 0
        /// One character outside the alphabet in so many makes what follows the padding text, not more data.
        private static let textShare = 100

        mutating func run(
            _ source: UnsafePointer<UInt8>, _ length: Int, _ target: UnsafeMutablePointer<UInt8>, _ room: Int,
            _ values: UnsafeBufferPointer<UInt8>, _ quads: UnsafeBufferPointer<UInt32>, _ result: inout DecoderOutput
        ) {
            guard let table = quads.baseAddress else { return }
            var index = 0
            while index < length {
                if heldCount == 0, !sawPadding {
                    // The hot loop: four valid characters make three bytes.
                    var out = written
                    while index + 4 <= length, out + 3 <= room {
                        let sum =
                            table[Int(source[index])] | table[256 + Int(source[index + 1])]
                            | table[512 + Int(source[index + 2])] | table[768 + Int(source[index + 3])]
                        if sum >= 0x0100_0000 { break }
                        target[out] = UInt8(truncatingIfNeeded: sum >> 16)
                        target[out + 1] = UInt8(truncatingIfNeeded: sum >> 8)
                        target[out + 2] = UInt8(truncatingIfNeeded: sum)
                        out += 3
                        index += 4
                    }
                    written = out
                    if index >= length { break }
                }
                let value = values[Int(source[index])]
                if value < 64 {
                    if sawPadding {
                        if tailStart == nil { tailStart = index }
                        sawPadding = false
                    }
                    noteOddLine(&result)
                    held = held << 6 | UInt32(value)
                    heldCount += 1
                    if heldCount == 4, !flush(target, room) {
                        result.isComplete = false
                        return
                    }
                } else if value == Base64Decoder.padding {
                    if heldCount == 1 { result.note(.base64Cut, at: index) }
                    sawPadding = true
                    if !flush(target, room) {
                        result.isComplete = false
                        return
                    }
                } else if value == Base64Decoder.junk {
                    result.note(.base64Junk, at: index)
                    if sawPadding || tailStart != nil { tailJunk += 1 }
                } else if heldCount != 0, source[index] == 0x0A {
                    oddLine = oddLine ?? index
                }
                index += 1
            }
            if let tailStart {
                let isText = tailJunk * Self.textShare >= length - tailStart
                result.note(isText ? .base64TrailingText : .base64PaddingInside, at: tailStart)
            }
            if heldCount > 0 { result.note(.base64Cut, at: length) }
            if !flush(target, room) { result.isComplete = false }
        }

        /// Readers who decode line by line get something else.
        private mutating func noteOddLine(_ result: inout DecoderOutput) {
            guard let place = oddLine, heldCount != 0 else { return }
            result.note(.base64OddLines, at: place)
            oddLine = nil
        }

        /// Writes the whole bytes of what is held. False when there is no room for them.
        private mutating func flush(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Bool {
            let bytes = heldCount == 0 ? 0 : heldCount - 1
            let bits = held << UInt32(6 * (4 - heldCount))
            held = 0
            heldCount = 0
            for place in 0..<bytes {
                guard written < room else { return false }
                target[written] = UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place))
                written += 1
            }
            return true
        }
    }
}
