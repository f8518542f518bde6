import Vocabulary

extension MatchCheck {
    /// Whether a match obeys the rule. What is neither digit nor, where letters belong to the number, an ASCII letter
    /// stands between the digits and does not count.
    func accepts(_ match: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .luhn: Self.passesLuhn(Self.characters(of: match))
        case .mod97: Self.passesMod97(Self.characters(of: match))
        case .nir: Self.passesNIR(Self.characters(of: match))
        }
    }

    /// Digits as their numbers, letters as 10 to 35. Digits of other scripts are digits, as `\d` takes them. A text may
    /// fail a check at each of its characters, so ASCII, which is nearly all there is, is not decoded.
    private static func characters(of match: ArraySlice<UInt8>) -> [UInt8] {
        var characters: [UInt8] = []
        characters.reserveCapacity(match.count)
        match.withUnsafeBufferPointer { bytes in
            for (place, byte) in bytes.enumerated() {
                switch byte {
                case 0x30...0x39: characters.append(byte - 0x30)
                case 0x41...0x5A: characters.append(byte - 0x41 + 10)
                case 0x61...0x7A: characters.append(byte - 0x61 + 10)
                case 0xC0...0xFF: if let digit = Self.digit(of: bytes[place...]) { characters.append(digit) }
                default: break
                }
            }
        }
        return characters
    }

    /// The value of a digit beyond ASCII that stands at the start.
    private static func digit(of bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8? {
        let scalar = String(decoding: bytes.prefix(4), as: UTF8.self).unicodeScalars.first
        guard let properties = scalar?.properties, properties.numericType == .decimal else { return nil }
        return properties.numericValue.map { UInt8($0) }
    }

    /// Every second digit from the last but one doubled, its digits summed: the total divides by ten. Letters do not
    /// count.
    private static func passesLuhn(_ characters: [UInt8]) -> Bool {
        var total = 0
        var digits = 0
        for digit in characters.reversed() where digit < 10 {
            let value = Int(digit) << (digits & 1)
            total += value > 9 ? value - 9 : value
            digits += 1
        }
        return digits > 1 && total % 10 == 0
    }

    /// The first four characters moved behind the rest, letters written as two digits: 1 remains of 97.
    private static func passesMod97(_ characters: [UInt8]) -> Bool {
        guard characters.count > 4 else { return false }
        return remainder(of: characters[4...] + characters[..<4]) == 1
    }

    /// Thirteen characters, then 97 less their remainder. Corsica's departments 2A and 2B stand for 19 and 18.
    private static func passesNIR(_ characters: [UInt8]) -> Bool {
        guard characters.count == 15 else { return false }
        var number = Array(characters[..<13])
        if number[5] == 2, number[6] == 10 || number[6] == 11 {
            (number[5], number[6]) = (1, number[6] == 10 ? 9 : 8)
        }
        guard number.allSatisfy({ $0 < 10 }), characters[13] < 10, characters[14] < 10 else { return false }
        return 97 - remainder(of: number[...]) == Int(characters[13]) * 10 + Int(characters[14])
    }

    private static func remainder(of characters: ArraySlice<UInt8>) -> Int {
        characters.reduce(0) { ($0 * ($1 < 10 ? 10 : 100) + Int($1)) % 97 }
    }
}
