import Vocabulary

extension MatchCheck {
    /// Whether a match obeys the rule. What is neither digit nor, where letters belong to the number, an ASCII letter
    /// stands between the digits and does not count.
    func accepts(_ match: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .luhn: Self.passesLuhn(Self.characters(of: match).filter { $0 < 10 })
        case .mod97: Self.passesMod97(Self.characters(of: match))
        case .nir: Self.passesNIR(Self.characters(of: match))
        }
    }

    /// Digits as their numbers, letters as 10 to 35. Digits of other scripts are digits, as `\d` takes them.
    private static func characters(of match: ArraySlice<UInt8>) -> [UInt8] {
        var characters: [UInt8] = []
        for scalar in String(decoding: match, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "0"..."9": characters.append(UInt8(scalar.value - 0x30))
            case "A"..."Z": characters.append(UInt8(scalar.value - 0x41 + 10))
            case "a"..."z": characters.append(UInt8(scalar.value - 0x61 + 10))
            default:
                if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
                    characters.append(UInt8(value))
                }
            }
        }
        return characters
    }

    /// Every second digit from the last but one doubled, its digits summed: the total divides by ten.
    private static func passesLuhn(_ digits: [UInt8]) -> Bool {
        var total = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = Int(digit) << (place & 1)
            total += value > 9 ? value - 9 : value
        }
        return digits.count > 1 && total % 10 == 0
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
