@testable import Message

extension FuzzTarget {
    /// Reading mail, up to the contents of its parts.
    static let mail = [
        FuzzTarget("mime", most: 4 << 10, seeds: ["eml"], MailTargets.mime),
        FuzzTarget("header", most: 2 << 10, seeds: [".header"], MailTargets.header),
        FuzzTarget("encodings", most: 4 << 10, seeds: [".encoded"], MailTargets.encodings),
        FuzzTarget("charset", most: 2 << 10, seeds: [], MailTargets.charset),
    ]
}

private enum MailTargets {
    private static let limit = 64 << 10

    /// The structure in every reading, and what each reader makes of each body.
    static func mime(_ input: [UInt8], _ answer: inout Answer) throws {
        let limits = MessageLimits()
        let message = ParsedMessage(MessageBytes(input))
        try promise(message.anomalies.count <= limits.anomalies, "anomalies are kept up to their limit")
        answer.add(message.anomalies.map(\.kind))
        answer.add([message.isMalformed, message.isAmbiguous, message.isDoubtful])
        for view in message.views {
            answer.add(view.name)
            for part in view.parts {
                try check(part, limits)
                try promise(view.part(at: part.path) === part, "a part is found at its path")
                try read(part, isDoubtful: message.isDoubtful, &answer)
            }
            answer.add(view.bodies.map(\.part.path))
        }
    }

    private static func check(_ part: Part, _ limits: MessageLimits) throws {
        let whole = 0...part.bytes.count
        try promise(whole.contains(part.range.upperBound), "a part lies in its buffer")
        try promise(
            part.range.lowerBound <= part.bodyRange.lowerBound && part.bodyRange.upperBound <= part.range.upperBound,
            "a body lies in its part")
        try promise(part.depth <= limits.depth, "parts are nested up to their limit")
        for anomaly in part.anomalies {
            try promise(anomaly.range.upperBound <= part.bytes.count, "\(anomaly.kind) lies in its buffer")
        }
        for field in part.header.fields {
            try promise(
                field.lineRange.upperBound <= part.bytes.count && field.lineRange.contains(field.nameRange)
                    && field.lineRange.contains(field.valueRange), "a field lies in its line")
        }
    }

    private static func read(_ part: Part, isDoubtful: Bool, _ answer: inout Answer) throws {
        answer.add(part.path)
        answer.add(part.names.map(\.value))
        answer.add(part.contentType.mediaType)
        guard part.isLeaf else { return }
        let body = part.decoded(limit: limit)
        try promise(body.bytes.count <= limit, "a body is decoded up to the limit")
        answer.add(body.bytes)
        answer.add(part.text(limit: limit).text)
        let others = part.otherReadings(than: body, isDoubtful: isDoubtful, limit: limit)
        try promise(others.reduce(0) { $0 + $1.bytes.count } <= limit, "other readings share one limit")
        for other in others { answer.add(other.bytes) }
    }

    /// Every way to read the value of a field, on every field.
    static func header(_ input: [UInt8], _ answer: inout Answer) throws {
        for field in ParsedMessage(MessageBytes(input)).header.fields {
            answer.add(field.decodedText())
            answer.add(field.addresses().map(\.addrSpec))
            answer.add(field.addresses().map(\.displayName))
            answer.add(field.date)
            answer.add(field.messageIDs)
            let value = StructuredValue(field, limits: MessageLimits())
            answer.add(value.parameters.map(\.name))
            answer.add(value.parameters.map(\.value))
            answer.add(Received(parsing: field.unfolded).address)
            answer.add(AuthenticationResults.parse(field.unfolded)?.results.map(\.method))
            answer.add(PartNames(disposition: value, type: value).readings.map(\.value))
        }
    }

    /// Every decoder, and every set of rules that another reader decodes by, on the same bytes.
    static func encodings(_ input: [UInt8], _ answer: inout Answer) throws {
        for encoding in [TransferEncoding.base64, .quotedPrintable, .uuencode, .yEnc, .binHex] {
            let whole = encoding.decoded(input[...], limit: limit)
            try promise(whole.bytes.count <= limit, "\(encoding) decodes up to its limit")
            let cut = encoding.decoded(input[...], limit: 64).bytes
            try promise(
                cut.count <= 64 && whole.bytes.starts(with: cut), "what \(encoding) decodes up to a limit is the start")
            answer.add(whole.bytes)
        }
        for rules in Base64Rules.worthTrying(faults: AnomalyKind.base64Faults, hasURLSafe: true) {
            let decoded = rules.decode(input[...], limit: limit).bytes
            try promise(decoded.count <= limit, "base64 by other rules decodes up to its limit")
            answer.add(decoded)
        }
        for rules in QuotedPrintableRules.others {
            let decoded = rules.decode(input[...], limit: limit).bytes
            try promise(decoded.count <= limit, "quoted-printable by other rules decodes up to its limit")
            answer.add(decoded)
        }
        let inline = InlineFile.all(in: input, count: 16, limit: limit)
        try promise(inline.files.count <= 16, "files in a text are taken up to their limit")
        try promise(inline.files.reduce(0) { $0 + $1.bytes.count } <= limit, "files in a text share one limit")
        for file in inline.files {
            answer.add(file.name)
            answer.add(file.bytes)
        }
        answer.add(PartsInText(input).views.map(\.name))
    }

    /// The first byte chooses the label under which the others are decoded.
    static func charset(_ input: [UInt8], _ answer: inout Answer) throws {
        let labels = [
            nil, "utf-8", "us-ascii", "iso-8859-1", "utf-7", "utf-16", "utf-16le", "utf-32", "iso-2022-jp", "gb2312",
            "big5", "euc-kr", "shift_jis", "hz-gb-2312", "koi8-r", "ibm437", "nonsense",
        ]
        guard let first = input.first else { return }
        let result = Charset.decode(input.dropFirst(), label: labels[Int(first) % labels.count])
        answer.add(result.text)
        answer.add(result.charset)
        answer.add([result.isUnknown, result.hasInvalidBytes])
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
