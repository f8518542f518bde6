/// Names in other scripts as the DNS carries them: `xn--mller-kva` is `müller` (RFC 3492, RFC 5890).
enum Punycode {
    private static let prefix = Array("xn--".utf8)
    /// The longest label that the DNS has, and a bound on the work of reading one.
    private static let labelBytes = 63

    /// A folded name with such labels written in their script, folded too. What is none, though it begins like one,
    /// stays as it is.
    static func unfolded(_ name: [UInt8]) -> [UInt8] {
        guard hasPrefixedLabel(name) else { return name }
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return Array(labels.map { decoded($0) ?? Array($0) }.joined(separator: [UInt8(ascii: ".")]))
    }

    private static func hasPrefixedLabel(_ name: [UInt8]) -> Bool {
        for (place, byte) in name.enumerated() where byte == UInt8(ascii: "x") {
            let isStart = place == 0 || name[place - 1] == UInt8(ascii: ".")
            if isStart, name[place...].starts(with: prefix) { return true }
        }
        return false
    }

    /// The label in its script; `nil` where it is not in this form, or says nothing that ASCII could not say.
    private static func decoded(_ label: ArraySlice<UInt8>) -> [UInt8]? {
        guard label.count <= labelBytes, label.starts(with: prefix) else { return nil }
        let rest = label.dropFirst(prefix.count)
        let hyphen = rest.lastIndex(of: UInt8(ascii: "-"))
        var scalars = (hyphen.map { rest[..<$0] } ?? []).map { UInt32($0) }
        guard scalars.allSatisfy({ $0 < 0x80 }), insert(hyphen.map { rest[($0 + 1)...] } ?? rest, into: &scalars),
            scalars.contains(where: { $0 >= 0x80 }), scalars.allSatisfy(isOfName)
        else { return nil }
        var bytes: [UInt8] = []
        for scalar in scalars { UTF8Scalars.append(scalar, to: &bytes) }
        return CaseFolding.fold(bytes)
    }

    /// Whether a name may hold the scalar: no dot of any script, nothing that ends a name in an address.
    private static func isOfName(_ scalar: UInt32) -> Bool {
        if scalar < 0x80 {
            return UInt8(scalar) == UInt8(ascii: "-") || UInt8(scalar) == UInt8(ascii: "_")
                || (0x30...0x39).contains(scalar) || (0x61...0x7A).contains(scalar)
        }
        guard let known = Unicode.Scalar(scalar) else { return false }
        switch known.properties.generalCategory {
        case .control, .unassigned, .surrogate, .privateUse, .spaceSeparator, .lineSeparator, .paragraphSeparator:
            return false
        default: return ![0x3002, 0xFF0E, 0xFF61].contains(scalar)
        }
    }

    /// The decoding procedure of RFC 3492, 6.2. Answers false where the digits are none.
    private static func insert(_ digits: ArraySlice<UInt8>, into scalars: inout [UInt32]) -> Bool {
        var scalar: UInt32 = 128
        var place: UInt32 = 0
        var bias: UInt32 = 72
        var next = digits.startIndex
        while next < digits.endIndex {
            let before = place
            var weight: UInt32 = 1
            var step: UInt32 = 36
            while true {
                guard next < digits.endIndex, let digit = value(of: digits[next]) else { return false }
                next += 1
                let (product, overflows) = digit.multipliedReportingOverflow(by: weight)
                let (sum, exceeds) = place.addingReportingOverflow(product)
                guard !overflows, !exceeds else { return false }
                place = sum
                let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
                if digit < threshold { break }
                let (grown, isTooMuch) = weight.multipliedReportingOverflow(by: 36 - threshold)
                guard !isTooMuch else { return false }
                weight = grown
                step += 36
            }
            let count = UInt32(scalars.count) + 1
            bias = adapted(place - before, count: count, isFirst: before == 0)
            let (sum, exceeds) = scalar.addingReportingOverflow(place / count)
            guard !exceeds, sum <= 0x10FFFF else { return false }
            scalar = sum
            place %= count
            scalars.insert(scalar, at: Int(place))
            place += 1
        }
        return true
    }

    /// The bias for the next delta (RFC 3492, 6.1).
    static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var steps: UInt32 = 0
        while delta > 455 {
            delta /= 35
            steps += 36
        }
        return steps + 36 * delta / (delta + 38)
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x61...0x7A: UInt32(digit) - 0x61
        case 0x30...0x39: UInt32(digit) - 0x30 + 26
        default: nil
        }
    }
}
