/// How a reader treats what base64 should not have. `Base64Decoder` is the likeliest reader; each departure from it
/// seen in a program that people read mail with is a value here, so that content which only such a program shows is
/// still looked at. A byte at a time, since it runs on broken data alone.
struct Base64Rules: Sendable {
    /// What an equals sign does that is not at the end.
    enum Padding: Sendable {
        /// It ends a quantum, and data go on.
        case endsQuantum
        /// It ends the data.
        case endsData
        /// It is not seen.
        case isSkipped
        /// It stands for six zero bits.
        case isZero
        /// It makes its quantum of four shorter, wherever in it it stands.
        case shortens
    }

    /// What a character outside the alphabet does.
    enum Junk: Sendable {
        case isSkipped
        case endsLine
        case spoilsLine
    }

    /// What becomes of an incomplete quantum at the end of a line.
    enum LineEnd: Sendable {
        case isCarried
        case isDropped
        case isDroppedAtBlankLine
    }

    var padding = Padding.endsQuantum
    var junk = Junk.isSkipped
    var lineEnd = LineEnd.isCarried
    /// `-` and `_` stand for `+` and `/` (RFC 4648 section 5).
    var isURLSafe = false
    /// Symbols at the start that do not count.
    var skipped = 0

    /// The rules worth trying on data in which the decoder found these faults.
    static func worthTrying(faults: Set<AnomalyKind>, hasURLSafe: Bool) -> [Base64Rules] {
        var rules: [Base64Rules] = []
        if faults.contains(.base64PaddingInside) || faults.contains(.base64TrailingText) {
            rules += [.endsData, .isSkipped, .isZero, .shortens].map { Base64Rules(padding: $0) }
        }
        if faults.contains(.base64Junk) {
            rules += [Base64Rules(junk: .spoilsLine), Base64Rules(junk: .endsLine)]
            if hasURLSafe { rules.append(Base64Rules(isURLSafe: true)) }
        }
        rules += [Base64Rules(lineEnd: .isDropped), Base64Rules(lineEnd: .isDroppedAtBlankLine)]
        rules += (1...3).map { Base64Rules(skipped: $0) }
        return rules
    }

    /// The bytes that a reader with these rules gets, at most `limit` of them.
    func decode(_ input: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var run = Run(rules: self, limit: limit)
        run.bytes.reserveCapacity(min(max(0, limit), input.count / 4 * 3 + 3))
        var start = input.startIndex
        while start < input.endIndex, !run.isDone {
            var end = start
            while end < input.endIndex, input[end] != 0x0A { end += 1 }
            run.take(line: input[start..<end])
            start = end + 1
        }
        run.flush()
        return (run.bytes, !run.isOverLimit)
    }

    /// The value of a symbol; nil for what is outside the alphabet.
    private func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61 + 26)
        case 0x30...0x39: UInt32(byte - 0x30 + 52)
        case 0x2B: 62
        case 0x2F: 63
        case 0x2D where isURLSafe: 62
        case 0x5F where isURLSafe: 63
        default: nil
        }
    }

    private struct Run {
        let rules: Base64Rules
        let limit: Int
        var bytes: [UInt8] = []
        var isDone = false
        var isOverLimit = false
        private var held: UInt32 = 0
        private var count = 0
        /// Places of the quantum taken by equals signs.
        private var pads = 0
        private var skipped = 0

        init(rules: Base64Rules, limit: Int) {
            self.rules = rules
            self.limit = limit
        }

        mutating func take(line: ArraySlice<UInt8>) {
            var isBlankLine = true
            if rules.junk != .spoilsLine || line.allSatisfy({ $0 <= 0x20 || $0 == 0x3D || rules.value($0) != nil }) {
                for byte in line where byte > 0x20 {
                    isBlankLine = false
                    if byte == 0x3D {
                        pad()
                        if isDone { return }
                    } else if let value = rules.value(byte) {
                        add(value)
                        if isDone { return }
                    } else if rules.junk == .endsLine {
                        break
                    }
                }
            }
            if rules.lineEnd == .isDropped || rules.lineEnd == .isDroppedAtBlankLine && isBlankLine { reset() }
        }

        private mutating func add(_ value: UInt32) {
            if skipped < rules.skipped {
                skipped += 1
                return
            }
            held = held << 6 | value
            count += 1
            if count + pads == 4 { flush() }
        }

        private mutating func pad() {
            switch rules.padding {
            case .endsQuantum: flush()
            case .endsData:
                guard !bytes.isEmpty || count > 1 else { return }
                flush()
                isDone = true
            case .isSkipped: break
            case .isZero: add(0)
            case .shortens:
                pads += 1
                if count + pads == 4 { flush() }
            }
        }

        mutating func flush() {
            let whole = max(0, count - 1)
            let bits = count == 0 ? 0 : held << UInt32(6 * (4 - count))
            reset()
            for place in 0..<whole {
                guard bytes.count < limit else {
                    isOverLimit = true
                    isDone = true
                    return
                }
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * place)))
            }
        }

        private mutating func reset() {
            held = 0
            count = 0
            pads = 0
        }
    }
}
