/// BinHex 4.0 (RFC 1741): six bits a character between two colons, runs shortened, then a name, a data fork and a
/// resource fork. Only the data fork is a file elsewhere than on a Mac.
enum BinHexDecoder {
    private static let alphabet = Array(##"!"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"##.utf8)
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, byte) in alphabet.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()
    private static let colon = UInt8(ascii: ":")
    /// A byte that says how often the one before it stands.
    private static let runMark: UInt8 = 0x90

    /// Decodes the first file in the input.
    static func decode(_ input: ArraySlice<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        guard let start = dataStart(input) else {
            result.note(.binHexInvalid, at: 0)
            return result
        }
        // A name of 63 bytes and the fields around it stand before the data.
        let all = expand(input[start...], limit: limit + 128)
        guard let length = all.first.map(Int.init), all.count >= length + 22 else {
            result.note(.binHexInvalid, at: start - input.startIndex)
            return result
        }
        result.beginName = Charset.unlabelled(Array(all.dropFirst().prefix(length)))
        let sizeAt = length + 12
        let size = all[sizeAt..<sizeAt + 4].reduce(0) { $0 << 8 | Int($1) }
        let data = all[(length + 22)...]
        result.bytes = Array(data.prefix(min(size, max(0, limit))))
        result.isComplete = size <= limit
        if data.count < min(size, limit) { result.note(.binHexInvalid, at: input.count) }
        return result
    }

    /// Where the data start: behind the first colon that begins a line and is followed by characters of the alphabet.
    static func dataStart(_ input: ArraySlice<UInt8>) -> Int? {
        var start = input.startIndex
        while start < input.endIndex {
            if input[start] == colon {
                let head = input[(start + 1)...].prefix(24)
                if head.count == 24, head.allSatisfy({ values[Int($0)] != 0xFF }) { return start + 1 }
            }
            guard let feed = input[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
            start = feed + 1
        }
        return nil
    }

    private static func expand(_ input: ArraySlice<UInt8>, limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var (held, count) = (UInt32(0), 0)
        var isRun = false
        for byte in input where byte > 0x20 {
            guard byte != colon, bytes.count < limit else { break }
            let value = values[Int(byte)]
            guard value != 0xFF else { continue }
            held = held << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            let next = UInt8(truncatingIfNeeded: held >> UInt32(count))
            if isRun {
                isRun = false
                if next == 0 {
                    bytes.append(runMark)
                } else if let last = bytes.last {
                    bytes.append(contentsOf: repeatElement(last, count: Int(next) - 1))
                }
            } else if next == runMark {
                isRun = true
            } else {
                bytes.append(next)
            }
        }
        return bytes
    }
}
