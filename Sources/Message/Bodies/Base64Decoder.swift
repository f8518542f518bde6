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

    /// For each two bytes, the first the lower one of the index, their twelve bits, or a high bit that spoils them. 128 KB
    /// of which text touches 16: eight characters cost four look-ups.
    private static let pairs: [UInt16] = {
        var table = [UInt16](repeating: spoilt, count: 1 << 16)
        for first in 0..<256 where values[first] < 64 {
            for second in 0..<256 where values[second] < 64 {
                table[second << 8 | first] = UInt16(values[first]) << 6 | UInt16(values[second])
            }
        }
        return table
    }()
    private static let spoilt: UInt16 = 0x8000

    /// Whether the byte is one of the 64.
    static func isInAlphabet(_ byte: UInt8) -> Bool { values[Int(byte)] < 64 }

    static func decode(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        let room = min(max(0, limit), input.count / 4 * 3 + 3)
        var state = State()
        let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            guard let source = input.baseAddress, let target = buffer.baseAddress else { return }
            pairs.withUnsafeBufferPointer { pairs in
                state.run(source, input.count, target, room, pairs, &result)
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
            _ pairs: UnsafeBufferPointer<UInt16>, _ result: inout DecoderOutput
        ) {
            guard let pairs = pairs.baseAddress else { return }
            let values = Base64Decoder.values
            var index = 0
            while index < length {
                if heldCount == 0, !sawPadding {
                    index = runClean(source, index, length, target, room, pairs)
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

        /// The hot loop: whole quanta in lines that end as they should, up to the first byte that is anything else.
        private mutating func runClean(
            _ source: UnsafePointer<UInt8>, _ start: Int, _ length: Int, _ target: UnsafeMutablePointer<UInt8>,
            _ room: Int, _ pairs: UnsafePointer<UInt16>
        ) -> Int {
            let input = UnsafeRawPointer(source)
            let output = UnsafeMutableRawPointer(target)
            var index = start
            var out = written
            while true {
                // Eight characters make six bytes; eight are written, and the last two written over.
                while index + 8 <= length, out + 8 <= room {
                    let word = UInt64(littleEndian: input.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                    let first = pairs[Int(word & 0xFFFF)]
                    let second = pairs[Int(word >> 16 & 0xFFFF)]
                    let third = pairs[Int(word >> 32 & 0xFFFF)]
                    let fourth = pairs[Int(word >> 48)]
                    if (first | second | third | fourth) & Base64Decoder.spoilt != 0 { break }
                    let bits =
                        UInt64(first) << 52 | UInt64(second) << 40 | UInt64(third) << 28 | UInt64(fourth) << 16
                    output.storeBytes(of: bits.bigEndian, toByteOffset: out, as: UInt64.self)
                    out += 6
                    index += 8
                }
                while index + 4 <= length, out + 3 <= room {
                    let first = pairs[Int(source[index]) | Int(source[index + 1]) << 8]
                    let second = pairs[Int(source[index + 2]) | Int(source[index + 3]) << 8]
                    if (first | second) & Base64Decoder.spoilt != 0 { break }
                    let sum = UInt32(first) << 12 | UInt32(second)
                    target[out] = UInt8(truncatingIfNeeded: sum >> 16)
                    target[out + 1] = UInt8(truncatingIfNeeded: sum >> 8)
                    target[out + 2] = UInt8(truncatingIfNeeded: sum)
                    out += 3
                    index += 4
                }
                if index < length, source[index] == 0x0A {
                    index += 1
                } else if index + 1 < length, source[index] == 0x0D, source[index + 1] == 0x0A {
                    index += 2
                } else {
                    break
                }
            }
            written = out
            return index
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
