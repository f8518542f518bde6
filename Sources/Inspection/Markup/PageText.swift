/// Collects a page's text for the readers that are shown different ones: those that show less, by what stands in the
/// source; browsers with pictures; and browsers for which rules of style sheets count of which it can't be told.
struct PageText {
    /// Who is shown a piece.
    struct Readers: OptionSet {
        let rawValue: Int

        /// Those without pictures or forms.
        static let plain = Readers(rawValue: 1)
        /// Browsers by the rules that count for all.
        static let strict = Readers(rawValue: 2)
        /// Browsers for which all rules count that may.
        static let doubtful = Readers(rawValue: 4)
        static let browsers: Readers = [.strict, .doubtful]
        static let all: Readers = [.plain, .browsers]
    }

    private let limit: Int
    private var layers: LayeredCollector
    /// From the first difference on.
    private var strict: RenderedText?
    private var doubtful: RenderedText?

    /// Whether browsers show something else in this place.
    var isReplaced = false {
        didSet { if isReplaced, !oldValue { begin() } }
    }

    /// How text is hidden where all rules count that may, if that is not as it is hidden otherwise.
    var doubtfulHiding: Hiding? {
        didSet {
            guard doubtful == nil, let doubtfulHiding, doubtfulHiding != hiding else { return }
            beginDoubt()
        }
    }

    init(limit: Int) {
        self.limit = limit
        layers = LayeredCollector(limit: limit)
    }

    var hiding: Hiding {
        get { layers.hiding }
        set { layers.hiding = newValue }
    }

    /// How long the text of plain readers is.
    var count: Int { layers.count }

    var isComplete: Bool { layers.isComplete }

    mutating func space() {
        layers.space()
        guard !isReplaced else { return }
        if hiding != .absent { strict?.space() }
        if (doubtfulHiding ?? hiding) != .absent { doubtful?.space() }
    }

    mutating func line() {
        layers.line()
        guard !isReplaced else { return }
        if hiding != .absent { strict?.line() }
        if (doubtfulHiding ?? hiding) != .absent { doubtful?.line() }
    }

    mutating func append(_ bytes: some Collection<UInt8>, for readers: Readers = .all) {
        if readers != .all, bytes.contains(where: { $0 > 0x20 }) {
            if hiding != .absent { begin() }
            if readers.contains(.doubtful) != readers.contains(.strict) { beginDoubt() }
        }
        if readers.contains(.plain) { layers.append(bytes) }
        guard !isReplaced else { return }
        if readers.contains(.strict) { Self.append(bytes, hiding, to: &strict) }
        if readers.contains(.doubtful) { Self.append(bytes, doubtfulHiding ?? hiding, to: &doubtful) }
    }

    private static func append(_ bytes: some Collection<UInt8>, _ hiding: Hiding, to text: inout RenderedText?) {
        guard text != nil else { return }
        switch hiding {
        case .none: text?.append(bytes)
        case .unseen: if bytes.contains(where: { $0 <= 0x20 }) { text?.space() }
        case .absent: break
        }
    }

    /// Takes an element's start, `depth` elements being open then.
    mutating func open(_ box: PageBox, depth: Int) {
        if box != .plain { begin() }
        strict?.open(box, depth: depth)
        doubtful?.open(box, depth: depth)
    }

    /// Takes the ends of all elements but those around.
    mutating func close(to depth: Int) {
        strict?.close(to: depth)
        doubtful?.close(to: depth)
    }

    private mutating func begin() {
        if strict == nil { strict = RenderedText(behind: layers.pending, limit: limit) }
    }

    private mutating func beginDoubt() {
        if doubtful == nil { doubtful = strict ?? RenderedText(behind: layers.pending, limit: limit) }
    }

    var extracted: ExtractedText { layers.extracted }

    /// What browsers show, where that may be other texts.
    var rendered: [(text: [UInt8], isComplete: Bool)] { [strict, doubtful].compactMap { $0?.finished } }
}
