/// What a header section says about its entity.
struct EntityFacts {
    var contentType: ContentType
    var encoding = TransferEncoding.sevenBit
    var disposition: ContentDisposition?
    var contentID: String?
    var names: [PartName] = []
    /// Charsets that other readers take it to be in.
    var otherCharsets: [String] = []
    /// The boundary as bytes, for a multipart that declares one.
    var boundary: [UInt8]?
    var anomalies: [Anomaly] = []
    var limitsHit: [LimitHit] = []

    private let part: String
    private let limits: MessageLimits

    init(
        _ header: HeaderSection, defaultType: ContentType, part: String, isMessageRoot: Bool, limits: MessageLimits
    ) {
        contentType = defaultType
        self.part = part
        self.limits = limits
        let found = StructuralFields(header.fields)
        let type = readType(found.type)
        readEncoding(found.encoding)
        let disposition = readDisposition(found.disposition)
        if let field = found.contentID { contentID = field.messageIDs.first ?? field.unfolded }
        if type != nil || disposition != nil {
            let repeated = found.disposition.dropFirst() + found.type.dropFirst()
            let others = repeated.prefix(limits.repeatedFields)
            if let unread = repeated.dropFirst(limits.repeatedFields).first {
                limitsHit.append(LimitHit(limit: "repeated-fields", part: part, range: unread.lineRange))
            }
            let collected = PartNames(
                disposition: disposition, type: type,
                others: others.map { StructuredValue($0, limits: limits) })
            if collected.isDisordered, let field = found.disposition.first ?? found.type.first {
                note(.disorderedName, field.lineRange)
            }
            names = collected.readings
            if collected.hasNUL, let field = found.disposition.first ?? found.type.first {
                note(.nulInName, field.lineRange)
            }
        }
        if contentType.isMultipart, let type { readBoundary(type, found.type[0]) }
        if let type { checkOddities(type, found.type[0]) }
        if isMessageRoot { checkMessageFields(header, found) }
    }

    private mutating func note(_ kind: AnomalyKind, _ range: Range<Int>, _ detail: String = "") {
        anomalies.append(Anomaly(kind, at: range, part: part, detail: detail))
    }

    private mutating func structured(_ field: HeaderField) -> StructuredValue {
        let value = StructuredValue(field, limits: limits)
        if value.isCut {
            note(.valueCut, field.lineRange)
            limitsHit.append(LimitHit(limit: "value-bytes", part: part, range: field.valueRange))
        }
        if value.isOverLimit {
            limitsHit.append(LimitHit(limit: "parameters", part: part, range: field.valueRange))
        }
        if value.hasMalformed { note(.malformedParameter, field.lineRange) }
        let telling = value.conflicts.filter { $0 == "name" || $0 == "filename" }
        if let name = telling.first { note(.conflictingParameter, field.lineRange, name) }
        return value
    }

    private mutating func readType(_ fields: [HeaderField]) -> StructuredValue? {
        guard let field = fields.first else { return nil }
        compare(fields, .duplicateContentType, .conflictingContentType)
        let value = structured(field)
        guard let read = ContentType(value) else {
            note(.invalidContentType, field.lineRange)
            contentType = ContentType(type: "text", subtype: "plain", parameters: value.parameters, isDefault: true)
            return value
        }
        contentType = read
        readCharsets(value, fields)
        if read.type == "text", let charset = read.charset, !Charset.isKnown(charset) {
            note(.unknownCharset, field.lineRange, charset)
        }
        if read.mediaType == "message/partial" { note(.partialMessage, field.lineRange) }
        if read.mediaType == "message/external-body" { note(.externalBody, field.lineRange) }
        return value
    }

    /// Fields beyond the bound on repeated ones are told of where their names are read.
    private mutating func readCharsets(_ value: StructuredValue, _ fields: [HeaderField]) {
        let repeated = fields.dropFirst().prefix(limits.repeatedFields).map { StructuredValue($0, limits: limits) }
        let labels = CharsetLabels(value, repeated: repeated, limit: limits.charsets)
        otherCharsets = labels.others
        if !labels.isComplete {
            limitsHit.append(LimitHit(limit: "charsets", part: part, range: fields[0].valueRange))
        }
        let isTold = anomalies.contains { [.conflictingParameter, .conflictingContentType].contains($0.kind) }
        if labels.areContradictory, !isTold { note(.conflictingParameter, fields[0].lineRange, "charset") }
    }

    private mutating func readEncoding(_ fields: [HeaderField]) {
        guard let field = fields.first else { return }
        compare(fields, .duplicateTransferEncoding, .conflictingTransferEncoding)
        let value = Array(field.unfoldedBytes.prefix(limits.lineLength))
        let reading = TransferEncoding.read(value)
        encoding = reading.encoding
        let label = String(decoding: value, as: UTF8.self)
        if encoding == .unknown { note(.unknownEncoding, field.lineRange, label) }
        if reading.isOdd { note(.oddEncoding, field.lineRange, label) }
    }

    private mutating func readDisposition(_ fields: [HeaderField]) -> StructuredValue? {
        guard let field = fields.first else { return nil }
        compare(fields, .duplicateContentDisposition, .conflictingContentDisposition)
        let value = structured(field)
        disposition = ContentDisposition(value)
        return value
    }

    /// Notes repeated fields: harmless when their values are equal, ambiguous when not.
    private mutating func compare(_ fields: [HeaderField], _ same: AnomalyKind, _ different: AnomalyKind) {
        guard fields.count > 1, let first = fields.first else { return }
        let value = first.unfoldedBytes.map(asciiLowercase)
        let other = fields.dropFirst().first { $0.unfoldedBytes.map(asciiLowercase) != value }
        note(other == nil ? same : different, (other ?? fields[1]).lineRange)
    }

    /// Readers agree on plain tokens and quoted strings alone.
    private mutating func checkOddities(_ value: StructuredValue, _ field: HeaderField) {
        let boundaries = value.raw.filter { $0.baseName.elementsEqual("boundary".utf8) }
        if !contentType.isMultipart, !boundaries.isEmpty { note(.boundaryOfNoMultipart, field.lineRange) }
        let raw = field.rawValue
        let isOddType = raw.prefix { $0 != 0x3B }.contains(where: Self.isOddInType)
        let isOddBoundary =
            contentType.isMultipart
            && (raw.contains { $0 == 0x28 || $0 == 0x5C || $0 == 0x0B }
                || boundaries.contains { own in
                    own.hasInnerBlank || !own.isExtended && own.value.contains { $0 == 0x22 || $0 == 0x27 || $0 < 0x20 }
                } || raw.lazy.filter { $0 == 0x22 }.count % 2 == 1)
        if isOddType || isOddBoundary || value.primary.contains(where: isBlank) {
            note(.oddStructuralValue, field.lineRange)
        }
    }

    private static func isOddInType(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00, 0x0B, 0x22, 0x27, 0x28, 0x2C, 0x3D, 0x5C: true
        default: false
        }
    }

    private mutating func readBoundary(_ value: StructuredValue, _ field: HeaderField) {
        let own = value.raw.filter { $0.baseName.elementsEqual("boundary".utf8) }
        let plain = own.filter { !$0.isExtended }
        var readings = plain.map(\.value)
        if own.count > plain.count, let decoded = StructuredValue.extended("boundary", of: own) {
            note(.encodedBoundary, field.lineRange)
            readings.append(Array(decoded.utf8))
        }
        readings = readings.filter { !$0.isEmpty }
        guard var first = readings.first else { return }
        let isSplit = plain.first?.hasInnerBlank ?? false
        if isSplit || readings.contains(where: { $0 != first }) { note(.conflictingBoundary, field.lineRange) }
        if first.count > 70 { note(.overLongBoundary, field.lineRange) }
        // White space at a boundary's end can't be told from padding of the line (RFC 2046 section 5.1.1).
        while let last = first.last, isBlank(last) { first.removeLast() }
        if !first.isEmpty { boundary = first }
    }

    private static let onlyOnce = [
        "subject", "date", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references",
    ].map { Array($0.utf8) }

    private mutating func checkMessageFields(_ header: HeaderSection, _ found: StructuralFields) {
        if found.version.count > 1 { note(.duplicateMIMEVersion, found.version[1].lineRange) }
        if found.version.isEmpty, let field = found.type.first ?? found.encoding.first {
            note(.missingMIMEVersion, field.lineRange)
        }
        var seen = Set<Int>()
        var sawFrom = false
        for field in header.fields where field.nameRange.count <= 11 {
            let name = header.bytes.array[field.nameRange]
            if name.count == 4, field.isNamed("from") {
                if sawFrom { note(.severalFromFields, field.lineRange) }
                sawFrom = true
                continue
            }
            let match = Self.onlyOnce.firstIndex { once in
                once.count == name.count && zip(name, once).allSatisfy { asciiLowercase($0) == $1 }
            }
            if let match, !seen.insert(match).inserted { note(.duplicateField, field.lineRange, field.name) }
        }
    }
}

/// The fields that shape the structure, found in one pass over a section.
private struct StructuralFields {
    var type: [HeaderField] = []
    var encoding: [HeaderField] = []
    var disposition: [HeaderField] = []
    var version: [HeaderField] = []
    var contentID: HeaderField?

    init(_ fields: [HeaderField]) {
        for field in fields {
            switch field.nameRange.count {
            case 10 where contentID == nil && field.isNamed("content-id"): contentID = field
            case 12 where field.isNamed("content-type"): type.append(field)
            case 12 where field.isNamed("mime-version"): version.append(field)
            case 19 where field.isNamed("content-disposition"): disposition.append(field)
            case 25 where field.isNamed("content-transfer-encoding"): encoding.append(field)
            default: break
            }
        }
    }
}
