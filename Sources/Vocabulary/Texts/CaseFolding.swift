/// Text as the language compares it: by Unicode simple case folding, which maps each scalar to one scalar.
public enum CaseFolding {
    /// The text with each scalar folded. Bytes that are not UTF-8 are copied as they are.
    ///
    /// Linear in the length; ASCII takes a loop of its own. The result can be shorter or longer than the text (the
    /// Kelvin sign folds to one byte), so ranges in it are not ranges in the text.
    public static func fold(_ utf8: [UInt8]) -> [UInt8] {
        var folded = [UInt8](unsafeUninitializedCapacity: utf8.count) { buffer, count in
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if byte >= 0x80 { break }
                buffer[index] = lowercased(byte)
                index += 1
            }
            count = index
        }
        if folded.count < utf8.count { foldRest(of: utf8, after: &folded) }
        return folded
    }

    /// Folds what follows the ASCII head that `folded` already holds.
    private static func foldRest(of utf8: [UInt8], after folded: inout [UInt8]) {
        var index = folded.count
        folded.reserveCapacity(utf8.count + 8)
        while index < utf8.count {
            let byte = utf8[index]
            if byte < 0x80 {
                folded.append(lowercased(byte))
                index += 1
                continue
            }
            guard let (scalar, length) = UTF8Scalars.decode(utf8, at: index) else {
                folded.append(byte)
                index += 1
                continue
            }
            UTF8Scalars.append(fold(scalar), to: &folded)
            index += length
        }
    }

    /// The folded form of one scalar.
    public static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x80 { return UInt32(lowercased(UInt8(scalar))) }
        var low = 0
        var high = CaseFoldingTable.runs.count
        while low < high {
            let middle = (low + high) / 2
            let run = CaseFoldingTable.runs[middle]
            if scalar < run.first {
                high = middle
            } else if scalar > run.last {
                low = middle + 1
            } else {
                let isInStride = (scalar - run.first) % run.stride == 0
                return isInStride ? UInt32(Int64(scalar) + Int64(run.distance)) : scalar
            }
        }
        return scalar
    }

    @inline(__always) static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

/// Reading and writing single scalars of UTF-8 bytes.
public enum UTF8Scalars {
    /// The scalar that starts at `index` and its length in bytes; `nil` where the bytes are not UTF-8.
    public static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        guard first >= 0xc2, first < 0xf5, index + length <= bytes.count else { return nil }
        var scalar = UInt32(first) & (0x7f >> UInt32(length))
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xc0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3f)
        }
        let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
        guard scalar >= least, scalar <= 0x10ffff, !(0xd800...0xdfff).contains(scalar) else { return nil }
        return (scalar, length)
    }

    /// Appends a scalar as UTF-8.
    public static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        switch scalar {
        case 0..<0x80:
            bytes.append(UInt8(scalar))
        case 0x80..<0x800:
            bytes.append(UInt8(0xc0 | scalar >> 6))
            bytes.append(UInt8(0x80 | scalar & 0x3f))
        case 0x800..<0x10000:
            bytes.append(UInt8(0xe0 | scalar >> 12))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3f))
            bytes.append(UInt8(0x80 | scalar & 0x3f))
        default:
            bytes.append(UInt8(0xf0 | scalar >> 18 & 0x07))
            bytes.append(UInt8(0x80 | scalar >> 12 & 0x3f))
            bytes.append(UInt8(0x80 | scalar >> 6 & 0x3f))
            bytes.append(UInt8(0x80 | scalar & 0x3f))
        }
    }
}
