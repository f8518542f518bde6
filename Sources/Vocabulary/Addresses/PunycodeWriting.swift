extension Domain {
    /// The name as protocols without UTF-8 carry it, each label of another script in its `xn--` form; `nil` where a
    /// label is longer than the DNS allows, or what stands there is no name. Addresses of hosts stay in their brackets.
    public var ascii: String? {
        if name.utf8.first == UInt8(ascii: "[") { return Self.isHostLiteral(name.utf8) ? name.string : nil }
        var labels: [String] = []
        for label in name.string.split(separator: ".", omittingEmptySubsequences: false) {
            let scalars = Array(label.unicodeScalars)
            let isASCII = scalars.allSatisfy(\.isASCII)
            let written = isASCII ? String(label) : "xn--" + PunycodeWriting.encoded(scalars)
            guard (1...63).contains(written.utf8.count), written.utf8.allSatisfy(Self.isOfLabel) else { return nil }
            labels.append(written)
        }
        let whole = labels.joined(separator: ".")
        return labels.isEmpty || whole.utf8.count > 255 ? nil : whole
    }

    private static func isOfLabel(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isHostLiteral(_ bytes: [UInt8]) -> Bool {
        guard bytes.count <= 64, bytes.last == UInt8(ascii: "]"), bytes.count > 2 else { return false }
        return bytes.dropFirst().dropLast().allSatisfy { isOfLabel($0) || $0 == 0x2E || $0 == 0x3A }
    }
}

/// The encoding procedure of RFC 3492, 6.3.
private enum PunycodeWriting {
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)
    /// Characters of a label that are written; longer ones are no label of the DNS, and the work grows with the square.
    private static let longest = 63

    static func encoded(_ label: [Unicode.Scalar]) -> String {
        guard label.count <= longest else { return String(repeating: "x", count: longest + 1) }
        var output = String.UnicodeScalarView(label.filter(\.isASCII))
        let basic = output.count
        if basic > 0 { output.append("-") }
        var (next, delta, bias, handled): (UInt32, UInt32, UInt32, UInt32) = (128, 0, 72, UInt32(basic))
        while handled < label.count {
            let least = label.lazy.map(\.value).filter { $0 >= next }.min() ?? next
            delta += (least - next) * (handled + 1)
            next = least
            for scalar in label {
                if scalar.value < next { delta += 1 }
                guard scalar.value == next else { continue }
                append(delta, bias, to: &output)
                bias = Punycode.adapted(delta, count: handled + 1, isFirst: handled == UInt32(basic))
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(output)
    }

    private static func append(_ delta: UInt32, _ bias: UInt32, to output: inout String.UnicodeScalarView) {
        var rest = delta
        var step: UInt32 = 36
        while true {
            let threshold = step <= bias ? 1 : min(26, step - bias)
            if rest < threshold { break }
            output.append(digits[Int(threshold + (rest - threshold) % (36 - threshold))])
            rest = (rest - threshold) / (36 - threshold)
            step += 36
        }
        output.append(digits[Int(rest)])
    }
}
