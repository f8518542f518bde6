/// Collects a page's text for the readers that are shown different ones: those that show less, by what stands in the
/// source, and browsers with pictures.
struct PageText {
    /// Who is shown a piece.
    enum Readers {
        case all
        /// Those without pictures or forms.
        case plain
        case browsers
    }

    private let limit: Int
    private var layers: LayeredCollector
    /// From the first difference on.
    private var browser: RenderedText?

    /// Whether browsers show something else in this place.
    var isReplaced = false {
        didSet { if isReplaced, !oldValue { begin() } }
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
        if hiding != .absent, !isReplaced { browser?.space() }
    }

    mutating func line() {
        layers.line()
        if hiding != .absent, !isReplaced { browser?.line() }
    }

    mutating func append(_ bytes: some Collection<UInt8>, for readers: Readers = .all) {
        if readers != .all, hiding != .absent, bytes.contains(where: { $0 > 0x20 }) { begin() }
        if readers != .browsers { layers.append(bytes) }
        guard readers != .plain, !isReplaced, browser != nil else { return }
        switch hiding {
        case .none: browser?.append(bytes)
        case .unseen: if bytes.contains(where: { $0 <= 0x20 }) { browser?.space() }
        case .absent: break
        }
    }

    /// Takes an element's start, `depth` elements being open then.
    mutating func open(_ box: PageBox, depth: Int) {
        if box != .plain { begin() }
        browser?.open(box, depth: depth)
    }

    /// Takes the ends of all elements but those around.
    mutating func close(to depth: Int) { browser?.close(to: depth) }

    private mutating func begin() {
        if browser == nil { browser = RenderedText(behind: layers.pending, limit: limit) }
    }

    var extracted: ExtractedText { layers.extracted }

    /// What browsers show, where that is another text.
    var rendered: (text: [UInt8], isComplete: Bool)? { browser?.finished }
}
