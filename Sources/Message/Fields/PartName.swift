/// One reading of a part's file name, and where it comes from.
public struct PartName: Sendable, Equatable {
    /// Where a reading comes from.
    public enum Source: String, Sendable {
        /// Content-Disposition `filename*` (RFC 2231).
        case filenameExtended = "filename*"
        /// Content-Disposition `filename`.
        case filename
        /// Content-Type `name*` (RFC 2231).
        case nameExtended = "name*"
        /// Content-Type `name`.
        case name
        /// A plain parameter with its encoded words decoded (RFC 2047, not allowed there, done everywhere).
        case encodedWord = "encoded-word"
        /// Up to a NUL byte, where C programs stop.
        case cutAtNUL = "cut-at-nul"
        /// Up to white space in an unquoted value, where strict readers stop.
        case cutAtBlank = "cut-at-blank"
        /// One section of several, as written.
        case section
        /// The name on a uuencoded part's begin line.
        case begin
        /// With quotes, escapes and comments left out, or sections joined in another order, as careless readers do.
        case lenient
    }

    /// The name as text.
    public let value: String
    /// Where it comes from.
    public let source: Source

    /// A reading of a name.
    public init(value: String, source: Source) {
        self.value = value
        self.source = source
    }
}

/// Collects the readings, the one most readers show first, each text once.
struct PartNames {
    private(set) var readings: [PartName] = []
    private(set) var hasNUL = false

    /// Sections of a name are missing, doubled or out of order.
    private(set) var isDisordered = false

    /// - Parameter others: fields that repeat one of the two.
    init(disposition: StructuredValue?, type: StructuredValue?, others: [StructuredValue] = []) {
        if let disposition { collect("filename", disposition, extended: .filenameExtended, plain: .filename) }
        if let type { collect("name", type, extended: .nameExtended, plain: .name) }
        if let disposition { collect("name", disposition, extended: .nameExtended, plain: .name) }
        if let type { collect("filename", type, extended: .filenameExtended, plain: .filename) }
        for value in others {
            collect("filename", value, extended: .filenameExtended, plain: .filename)
            collect("name", value, extended: .nameExtended, plain: .name)
        }
        let variants = NameVariants([disposition, type].compactMap { $0 } + others)
        isDisordered = variants.isDisordered
        for name in variants.names where !readings.contains(where: { $0.value.nameExtension == name.nameExtension }) {
            if readings.count < Self.mostReadings { add(name, .lenient) }
        }
    }

    /// Readings of one part's name beyond which lenient ones are not added.
    private static let mostReadings = 32

    private mutating func collect(
        _ name: String, _ value: StructuredValue, extended: PartName.Source, plain: PartName.Source
    ) {
        let own = value.raw.filter { $0.baseName.elementsEqual(name.utf8) }
        guard !own.isEmpty else { return }
        if own.contains(where: \.isExtended), let decoded = StructuredValue.extended(name, of: own) {
            add(decoded, extended)
        }
        for parameter in own {
            guard !parameter.isExtended else {
                if own.count > 1, !parameter.name.dropFirst(name.utf8.count + 1).isEmpty {
                    add(Charset.unlabelled(parameter.value), .section)
                }
                continue
            }
            if HeaderDecoding.containsEncodedWord(parameter.value) {
                add(HeaderDecoding.text(parameter.value), .encodedWord)
            }
            add(Charset.unlabelled(parameter.value.filter { $0 != 0 }), plain)
            if let nul = parameter.value.firstIndex(of: 0) {
                hasNUL = true
                add(Charset.unlabelled(Array(parameter.value[..<nul])), .cutAtNUL)
            }
            if parameter.hasInnerBlank {
                add(Charset.unlabelled(Array(parameter.value.prefix { !isBlank($0) })), .cutAtBlank)
            }
        }
    }

    private mutating func add(_ value: String, _ source: PartName.Source) {
        guard !value.isEmpty, !readings.contains(where: { $0.value == value }) else { return }
        readings.append(PartName(value: value, source: source))
    }
}
