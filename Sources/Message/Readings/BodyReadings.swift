/// What a body is to a reader who undoes its transfer encoding in another way than the likeliest one.
public struct BodyReading: Sendable, Equatable {
    /// The content that reader gets.
    public let bytes: [UInt8]
    /// False when the limit was reached first.
    public let isComplete: Bool
    /// A name that stands in the encoding itself.
    public let name: String?
    /// What that reader does, in two or three words.
    public let way: String
}

extension Part {
    /// What other readers may get from the body; empty for a body that is sound and says what it is.
    ///
    /// A body is decoded otherwise where its decoder met faults. With `isDoubtful`, readers may also have missed or
    /// misread the encoding itself, so every encoding that the body could be in is tried. Most of what comes out is
    /// noise: the caller keeps what is a content of some kind.
    ///
    /// - Parameters:
    ///   - body: what `decoded` gave.
    ///   - limit: bytes of all readings together.
    public func otherReadings(than body: DecodedBody, isDoubtful: Bool, limit: Int) -> [BodyReading] {
        var readings = BodyReadings(raw: rawBody, usual: body, limit: limit)
        let faults = Set(body.anomalies.map(\.kind))
        switch encoding {
        case .base64:
            if !faults.isDisjoint(with: AnomalyKind.base64Faults) { readings.addBase64(faults) }
            if isDoubtful { readings.addQuotedPrintable() }
        case .quotedPrintable:
            if faults.contains(.quotedPrintableInvalid) || faults.contains(.quotedPrintableMixedCase) {
                readings.addOtherQuotedPrintable()
            }
            if isDoubtful { readings.addBase64() }
        case .sevenBit, .eightBit, .binary, .unknown, .uuencode, .yEnc, .binHex:
            if isDoubtful || encoding == .unknown || readings.isAllBase64 {
                readings.addBase64()
                readings.addQuotedPrintable()
            }
        }
        if isDoubtful || encoding == .unknown { readings.addOtherEncodings(than: encoding) }
        if isDoubtful || bytes[bodyRange].count < Self.leastTwiceEncoded { readings.addTwiceEncoded() }
        return readings.found
    }

    /// A body of that many bytes is looked at for a second encoding though nothing is odd: doing so costs nothing.
    private static let leastTwiceEncoded = 4_096
}

extension AnomalyKind {
    /// What the decoder of base64 reports.
    static let base64Faults: Set<AnomalyKind> = [
        .base64Junk, .base64PaddingInside, .base64TrailingText, .base64Cut, .base64OddLines,
    ]
}

/// Collects the readings of one body, each content once.
private struct BodyReadings {
    private let raw: ArraySlice<UInt8>
    private let usual: DecodedBody
    private var left: Int
    private(set) var found: [BodyReading] = []

    init(raw: ArraySlice<UInt8>, usual: DecodedBody, limit: Int) {
        self.raw = raw
        self.usual = usual
        left = limit
    }

    private mutating func add(_ bytes: [UInt8], isComplete: Bool = true, name: String? = nil, _ way: String) {
        guard !bytes.isEmpty, bytes != usual.bytes, !found.contains(where: { $0.bytes == bytes }) else { return }
        found.append(BodyReading(bytes: bytes, isComplete: isComplete, name: name, way: way))
        left = max(0, left - bytes.count)
    }

    private mutating func add(_ output: DecoderOutput, _ way: String) {
        add(output.bytes, isComplete: output.isComplete, name: output.beginName, way)
    }

    /// Nothing but base64, more than a word of it.
    var isAllBase64: Bool {
        var symbols = 0
        for byte in raw where byte > 0x20 {
            guard Base64Decoder.isInAlphabet(byte) || byte == 0x3D else { return false }
            symbols += 1
        }
        return symbols >= Self.leastSymbols && symbols % 4 == 0
    }

    /// Whether characters of the alphabet are common enough for base64 with junk between them.
    private var mayBeBase64: Bool {
        var (symbols, others) = (0, 0)
        for byte in raw.prefix(Self.sample) where byte > 0x20 {
            if Base64Decoder.isInAlphabet(byte) { symbols += 1 } else { others += 1 }
        }
        return symbols >= Self.leastSymbols && symbols + 4 >= others
    }

    private static let leastSymbols = 16
    private static let sample = 16_384

    /// The body as base64 that nothing declared, as the likeliest reader has it and as the others do.
    mutating func addBase64() {
        guard mayBeBase64 else { return }
        let output = raw.withUnsafeBufferPointer { Base64Decoder.decode($0, limit: left) }
        add(output, "base64")
        let faults = Set(output.faults.map(\.kind))
        if !faults.isDisjoint(with: AnomalyKind.base64Faults) { addBase64(faults) }
    }

    /// The body by every other reader's base64.
    mutating func addBase64(_ faults: Set<AnomalyKind>) {
        let hasURLSafe = raw.contains { $0 == 0x2D || $0 == 0x5F }
        for rules in Base64Rules.worthTrying(faults: faults, hasURLSafe: hasURLSafe) {
            let (bytes, isComplete) = rules.decode(raw, limit: left)
            add(bytes, isComplete: isComplete, "base64 by other rules")
        }
        // A delimiter that some readers took for one stands where the data end for others.
        if let cut = delimiterLike(raw), cut > raw.startIndex {
            let (bytes, isComplete) = Base64Rules().decode(raw[..<cut], limit: left)
            add(bytes, isComplete: isComplete, "base64 to the first delimiter")
        }
        // Two documents in a row, the second behind an empty line.
        for start in paragraphs(raw, count: 3) {
            let (bytes, isComplete) = Base64Rules().decode(raw[start...], limit: left)
            add(bytes, isComplete: isComplete, "base64 behind an empty line")
        }
    }

    mutating func addQuotedPrintable() {
        guard hasEscape else { return }
        let output = raw.withUnsafeBufferPointer { QuotedPrintableDecoder.decode($0, limit: left) }
        add(output, "quoted-printable")
        let faults = output.faults.map(\.kind)
        if faults.contains(.quotedPrintableInvalid) || faults.contains(.quotedPrintableMixedCase) {
            addOtherQuotedPrintable()
        }
    }

    mutating func addOtherQuotedPrintable() {
        for rules in QuotedPrintableRules.others {
            let (bytes, isComplete) = rules.decode(raw, limit: left)
            add(bytes, isComplete: isComplete, "quoted-printable by other rules")
        }
    }

    private var hasEscape: Bool {
        for index in raw.indices where raw[index] == 0x3D {
            let rest = raw[(index + 1)...].prefix(2)
            if rest.count == 2, rest.allSatisfy(QuotedPrintableDecoder.isDigit) { return true }
        }
        return false
    }

    /// Uuencode, yEnc and BinHex by their own signs.
    mutating func addOtherEncodings(than declared: TransferEncoding) {
        if declared != .uuencode, UULines.areData(raw) {
            add(raw.withUnsafeBufferPointer { UUDecoder.decode($0, limit: left) }, "uuencode")
        }
        if declared != .yEnc, YEncDecoder.beginLine(raw) != nil {
            add(YEncDecoder.decode(raw, limit: left), "yEnc")
        }
        if declared != .binHex, BinHexDecoder.dataStart(raw) != nil {
            add(BinHexDecoder.decode(raw, limit: left), "BinHex")
        }
    }

    /// Base64 or quoted-printable within what was decoded: the encoding was applied twice.
    mutating func addTwiceEncoded() {
        for bytes in [usual.bytes] + found.map(\.bytes) where bytes.count != raw.count {
            var inner = BodyReadings(
                raw: bytes[...], usual: DecodedBody(bytes: bytes, isComplete: true, anomalies: [], beginName: nil),
                limit: left)
            guard inner.isAllBase64 else { continue }
            inner.addBase64()
            for reading in inner.found {
                add(reading.bytes, isComplete: reading.isComplete, "decoded twice")
            }
        }
    }

    /// The first line that begins with two hyphens.
    private func delimiterLike(_ input: ArraySlice<UInt8>) -> Int? {
        var start = input.startIndex
        while start + 1 < input.endIndex {
            if input[start] == 0x2D, input[start + 1] == 0x2D { return start }
            guard let feed = input[start...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
            start = feed + 1
        }
        return nil
    }

    /// Where the text goes on behind each of the first empty lines.
    private func paragraphs(_ input: ArraySlice<UInt8>, count: Int) -> [Int] {
        var starts: [Int] = []
        var isBlankLine = false
        var place = input.startIndex
        while place < input.endIndex, starts.count < count {
            let byte = input[place]
            place += 1
            if byte == 0x0A {
                if isBlankLine, place < input.endIndex { starts.append(place) }
                isBlankLine = true
            } else if byte > 0x20 {
                isBlankLine = false
            }
        }
        return starts
    }
}
