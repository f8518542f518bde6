/// One MIME entity: the message itself, a part of a multipart, or the message inside message/rfc822.
///
/// Paths: the message's own entity is `1`; a child's path is its parent's, a dot, and its number from 1. The message
/// inside a message/rfc822 part `1.2` is `1.2.1`, and its own parts are `1.2.1.1`, `1.2.1.2` and so on.
public final class Part: Sendable {
    /// The path, see above.
    public let path: String
    /// Level of nesting; the message itself is 1.
    public let depth: Int
    /// The buffer all ranges of this part refer to. It differs from the parent's where the parent was encoded.
    public let bytes: MessageBytes
    /// Header section and body.
    public let range: Range<Int>
    /// The header section.
    public let header: HeaderSection
    /// The body as sent, without the line end that belongs to the next delimiter.
    public let bodyRange: Range<Int>
    /// The declared type, or the default for its place.
    public let contentType: ContentType
    /// The transfer encoding.
    public let encoding: TransferEncoding
    /// Content-Disposition, if any.
    public let disposition: ContentDisposition?
    /// Content-ID without angle brackets.
    public let contentID: String?
    /// Every reading of the file name, the likeliest first.
    public let names: [PartName]
    /// Labels of charsets that other readers take a text to be in, where its fields contradict each other.
    public let otherCharsets: [String]
    /// The parts of a multipart, or the one message inside a message/rfc822.
    public let children: [Part]
    /// Text before the first delimiter of a multipart.
    public let preamble: Range<Int>?
    /// Text after the end delimiter of a multipart.
    public let epilogue: Range<Int>?
    /// Whether it is a message (the whole one or a nested one), not a part of a multipart.
    public let isMessageRoot: Bool
    /// What is odd about this part. Those of decoding come with `decoded` and `text`.
    public let anomalies: [Anomaly]

    init(_ open: OpenPart, end: Int, children: [Part]) {
        path = open.path
        depth = open.depth
        bytes = open.header.bytes
        range = open.start..<max(open.start, end, open.bodyStart)
        header = open.header
        bodyRange = open.bodyStart..<max(open.bodyStart, end)
        contentType = open.facts.contentType
        encoding = open.facts.encoding
        disposition = open.facts.disposition
        contentID = open.facts.contentID
        names = open.facts.names
        otherCharsets = open.facts.otherCharsets
        self.children = children
        preamble = open.preamble
        epilogue = open.epilogueStart.map { $0..<max($0, end) }
        isMessageRoot = open.isMessageRoot
        anomalies = open.anomalies
    }

    /// The likeliest file name.
    public var name: String? { names.first?.value }

    /// The body's bytes as sent, shared and not copied.
    public var rawBody: ArraySlice<UInt8> { bytes[bodyRange] }

    /// Whether it has no children and its body is the content.
    public var isLeaf: Bool { children.isEmpty }

    /// This part and all below it, depth first.
    public var descendants: [Part] {
        var result: [Part] = []
        var waiting: [Part] = [self]
        while let part = waiting.popLast() {
            result.append(part)
            waiting.append(contentsOf: part.children.reversed())
        }
        return result
    }

    /// The body with its transfer encoding undone, at most `limit` bytes of it. Decoded anew at each call.
    public func decoded(limit: Int) -> DecodedBody {
        let (output, offset) = Part.decode(bytes, bodyRange, encoding, limit: limit)
        let found = output.faults.map { fault in
            let start = min(offset + fault.offset, bodyRange.upperBound)
            return Anomaly(fault.kind, at: start..<min(start + 1, bodyRange.upperBound), part: path)
        }
        return DecodedBody(
            bytes: output.bytes, isComplete: output.isComplete, anomalies: found, beginName: output.beginName)
    }

    /// The decoded body as text in the declared charset, at most `limit` decoded bytes of it.
    public func text(limit: Int, charset label: String? = nil) -> DecodedText {
        let body = decoded(limit: limit)
        let declared = label ?? contentType.charset
        let result = Charset.decode(body.bytes[...], label: declared)
        var found = body.anomalies
        if result.isUnknown {
            found.append(Anomaly(.unknownCharset, at: bodyRange, part: path, detail: declared ?? ""))
        }
        if result.hasInvalidBytes { found.append(Anomaly(.invalidCharacters, at: bodyRange, part: path)) }
        return DecodedText(
            text: result.text, charset: result.charset, isCharsetUnknown: result.isUnknown,
            hasInvalidBytes: result.hasInvalidBytes, isComplete: body.isComplete, anomalies: found)
    }

    static func decode(
        _ bytes: MessageBytes, _ range: Range<Int>, _ encoding: TransferEncoding, limit: Int
    ) -> (output: DecoderOutput, offset: Int) {
        let slice = bytes[range]
        switch encoding {
        case .sevenBit, .eightBit, .binary, .unknown:
            var output = DecoderOutput()
            output.bytes = Array(slice.prefix(max(0, limit)))
            output.isComplete = slice.count <= limit
            return (output, range.lowerBound)
        case .base64:
            return (slice.withUnsafeBufferPointer { Base64Decoder.decode($0, limit: limit) }, range.lowerBound)
        case .quotedPrintable:
            return (slice.withUnsafeBufferPointer { QuotedPrintableDecoder.decode($0, limit: limit) }, range.lowerBound)
        case .uuencode:
            return (slice.withUnsafeBufferPointer { UUDecoder.decode($0, limit: limit) }, range.lowerBound)
        case .yEnc: return (YEncDecoder.decode(slice, limit: limit), range.lowerBound)
        case .binHex: return (BinHexDecoder.decode(slice, limit: limit), range.lowerBound)
        }
    }
}
