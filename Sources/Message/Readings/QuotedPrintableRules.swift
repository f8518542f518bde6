/// How a reader treats an equals sign that begins no escape of quoted-printable; the likeliest reader is
/// `QuotedPrintableDecoder`. A byte at a time, since it runs on broken data alone.
struct QuotedPrintableRules: Sendable {
    /// What is left out of the text.
    enum Invalid: Sendable, CaseIterable {
        case nothing
        case equalsSign
        /// The sign and a digit behind it.
        case digit
        /// The sign and two characters behind it.
        case twoCharacters
    }

    var invalid = Invalid.nothing
    /// Escapes in lower case are none (RFC 2045 section 6.7, rule 1).
    var isStrict = false

    /// Every departure from the likeliest reader.
    static let others: [QuotedPrintableRules] = [false, true].flatMap { isStrict in
        Invalid.allCases.map { QuotedPrintableRules(invalid: $0, isStrict: isStrict) }
    }.filter { $0.isStrict || $0.invalid != .nothing }

    /// The bytes that a reader with these rules gets, at most `limit` of them.
    func decode(_ input: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(max(0, limit), input.count))
        var index = input.startIndex
        while index < input.endIndex {
            guard bytes.count < limit else { return (bytes, false) }
            guard input[index] == 0x3D else {
                bytes.append(input[index])
                index += 1
                continue
            }
            index += 1
            let rest = input[index...]
            if let high = digit(rest.first), let low = digit(rest.dropFirst().first) {
                bytes.append(high << 4 | low)
                index += 2
            } else if let next = softBreak(rest) {
                index = next
            } else {
                index = skipInvalid(rest, &bytes)
            }
        }
        return (bytes, true)
    }

    private func digit(_ byte: UInt8?) -> UInt8? {
        switch byte {
        case .some(let byte) where (0x30...0x39).contains(byte): byte - 0x30
        case .some(let byte) where (0x41...0x46).contains(byte): byte - 0x41 + 10
        case .some(let byte) where !isStrict && (0x61...0x66).contains(byte): byte - 0x61 + 10
        default: nil
        }
    }

    private func softBreak(_ rest: ArraySlice<UInt8>) -> Int? {
        let line = rest.drop(while: isBlank)
        guard let byte = line.first else { return line.startIndex }
        if byte == 0x0A { return line.startIndex + 1 }
        guard byte == 0x0D else { return nil }
        return line.startIndex + (line.dropFirst().first == 0x0A ? 2 : 1)
    }

    private func skipInvalid(_ rest: ArraySlice<UInt8>, _ bytes: inout [UInt8]) -> Int {
        switch invalid {
        case .nothing:
            bytes.append(0x3D)
            return rest.startIndex
        case .equalsSign: return rest.startIndex
        case .digit:
            let isDigit = rest.first.map { (0x30...0x39).contains($0) || (0x41...0x46).contains($0 & 0xDF) } ?? false
            let isSpace = rest.first.map(isBlank) ?? false
            return rest.startIndex + (isDigit || isSpace ? 1 : 0)
        case .twoCharacters:
            return rest.startIndex + rest.prefix(2).prefix { $0 != 0x3D && $0 != 0x0A && $0 != 0x0D }.count
        }
    }
}
