/// What an anomaly means for the message as a whole.
public enum AnomalyEffect: Sendable {
    /// Worth knowing, common in honest mail.
    case noted
    /// The format is broken, all readers still see the same content.
    case malformed
    /// The format is broken and real readers would see different content.
    case ambiguous
}

/// The catalogue of anomalies. Raw values are stable: policies, records and tests name them.
public enum AnomalyKind: String, Sendable, CaseIterable {
    // Lines and bytes.
    case bareCarriageReturn = "bare-carriage-return"
    case bareCarriageReturnInHeader = "bare-carriage-return-in-header"
    case mixedLineEnds = "mixed-line-ends"
    case byteOrderMark = "byte-order-mark"
    case nulByte = "nul-byte"
    case overLongLine = "over-long-line"

    // Header sections.
    case eightBitHeader = "eight-bit-header"
    case unlabelledHeaderCharset = "unlabelled-header-charset"
    case malformedHeaderLine = "malformed-header-line"
    case structureAfterMalformedLine = "structure-after-malformed-line"
    case spaceBeforeColon = "space-before-colon"
    case blankContinuation = "blank-continuation"
    case hiddenField = "hidden-field"
    case headerWithoutEnd = "header-without-end"
    case headerCut = "header-cut"
    case duplicateField = "duplicate-field"
    case severalFromFields = "several-from-fields"
    case duplicateContentType = "duplicate-content-type"
    case conflictingContentType = "conflicting-content-type"
    case duplicateTransferEncoding = "duplicate-transfer-encoding"
    case conflictingTransferEncoding = "conflicting-transfer-encoding"
    case duplicateContentDisposition = "duplicate-content-disposition"
    case conflictingContentDisposition = "conflicting-content-disposition"
    case duplicateMIMEVersion = "duplicate-mime-version"
    case missingMIMEVersion = "missing-mime-version"
    case valueCut = "value-cut"

    // Types and parameters.
    case invalidContentType = "invalid-content-type"
    case oddStructuralValue = "odd-structural-value"
    case boundaryOfNoMultipart = "boundary-of-no-multipart"
    case malformedParameter = "malformed-parameter"
    case conflictingParameter = "conflicting-parameter"
    case conflictingBoundary = "conflicting-boundary"
    case encodedBoundary = "encoded-boundary"
    case nulInName = "nul-in-name"
    case disorderedName = "disordered-name"
    case unknownCharset = "unknown-charset"
    case invalidCharacters = "invalid-characters"

    // Structure.
    case missingBoundary = "missing-boundary"
    case guessedBoundary = "guessed-boundary"
    case overLongBoundary = "over-long-boundary"
    case equalBoundaries = "equal-boundaries"
    case boundaryPrefixLine = "boundary-prefix-line"
    case missingEndBoundary = "missing-end-boundary"
    case partAfterEnd = "part-after-end"
    case emptyMultipart = "empty-multipart"
    case encodedMultipart = "encoded-multipart"
    case decodedMultipart = "decoded-multipart"
    case encodedMessage = "encoded-message"
    case partialMessage = "partial-message"
    case externalBody = "external-body"
    case partLimit = "part-limit"
    case depthLimit = "depth-limit"

    // Transfer encodings.
    case unknownEncoding = "unknown-encoding"
    case oddEncoding = "odd-encoding"
    case base64Junk = "base64-junk"
    case base64PaddingInside = "base64-padding-inside"
    case base64TrailingText = "base64-trailing-text"
    case base64Cut = "base64-cut"
    case base64OddLines = "base64-odd-lines"
    case quotedPrintableInvalid = "quoted-printable-invalid"
    case quotedPrintableMixedCase = "quoted-printable-mixed-case"
    case yEncInvalid = "yenc-invalid"
    case binHexInvalid = "binhex-invalid"
    case uuencodeWithoutBegin = "uuencode-without-begin"
    case uuencodeInvalid = "uuencode-invalid"
    case uuencodeCut = "uuencode-cut"

    /// Whether the anomaly makes the message malformed or ambiguous.
    public var effect: AnomalyEffect {
        switch self {
        case .overLongLine, .eightBitHeader, .mixedLineEnds, .missingMIMEVersion, .malformedParameter,
            .unknownCharset, .invalidCharacters, .encodedMessage, .partialMessage, .externalBody,
            .unlabelledHeaderCharset, .overLongBoundary, .base64OddLines, .quotedPrintableMixedCase,
            .oddStructuralValue:
            .noted
        case .bareCarriageReturnInHeader, .structureAfterMalformedLine, .severalFromFields, .conflictingContentType,
            .conflictingTransferEncoding, .conflictingContentDisposition, .conflictingParameter,
            .conflictingBoundary, .encodedBoundary, .guessedBoundary, .equalBoundaries, .boundaryPrefixLine,
            .partAfterEnd, .decodedMultipart, .oddEncoding, .base64PaddingInside, .nulInName, .hiddenField,
            .disorderedName:
            .ambiguous
        default: .malformed
        }
    }

    /// Whether readers may have seen another structure or another encoding, so that the message is read again as they
    /// might. Wider than `ambiguous`: what honest programs get wrong counts too, since it is the rereading that tells
    /// whether anything else comes out.
    var raisesDoubt: Bool {
        switch self {
        case .overLongLine, .eightBitHeader, .mixedLineEnds, .byteOrderMark, .missingMIMEVersion, .unknownCharset,
            .invalidCharacters, .encodedMessage, .partialMessage, .externalBody, .unlabelledHeaderCharset,
            .overLongBoundary, .duplicateField, .severalFromFields, .missingEndBoundary, .partLimit, .depthLimit,
            .base64OddLines, .quotedPrintableMixedCase:
            false
        default: true
        }
    }
}
