import Vocabulary

/// What a reader of a format took out of a document.
struct ExtractedText {
    /// What a person who opens the document is shown, in UTF-8.
    var shown: [UInt8] = []
    /// What stands in it and is not shown, in UTF-8; a piece a line.
    var hidden: [UInt8] = []
    /// Both as they stand beside each other; the same as `shown` where nothing is hidden.
    var whole: [UInt8] = []
    /// The text by other programs, where a document has contents for several; some may be the same.
    var versions: [[UInt8]] = []
    /// Addresses that the document links to without showing them, a line each.
    var linked: [UInt8] = []
    /// Why there may be more.
    var missing: Reasons = []
}

/// How text is kept from who reads the document.
enum Hiding {
    /// It is shown.
    case none
    /// It is not seen, and keeps its room: the blanks in it are blanks like others.
    case unseen
    /// It takes no room: what stands before and behind it stands together.
    case absent
}

/// Collects shown and hidden text side by side.
struct LayeredCollector {
    private var shown: TextCollector
    private var hidden: TextCollector
    /// Kept apart from the first hidden piece on.
    private var both: TextCollector?
    /// How what comes next is hidden.
    var hiding = Hiding.none {
        didSet { if hiding != .none, oldValue == .none { hidden.line() } }
    }

    /// - Parameter limit: the most bytes of each.
    init(limit: Int) {
        shown = TextCollector(limit: limit)
        hidden = TextCollector(limit: limit)
    }

    /// Whether what comes next is hidden, and takes no room.
    var isHidden: Bool {
        get { hiding != .none }
        set { hiding = newValue ? .absent : .none }
    }

    /// The shown text, with what parts it from what follows.
    var pending: [UInt8] { shown.pending }

    /// How long the shown text is.
    var count: Int { shown.text.count }

    /// False when the limit ended the text.
    var isComplete: Bool { shown.isComplete && hidden.isComplete && both?.isComplete != false }

    mutating func space() { separate { $0.space() } }

    mutating func line() { separate { $0.line() } }

    private mutating func separate(_ how: (inout TextCollector) -> Void) {
        if hiding != .none { keepApart() }
        how(&hidden)
        if hiding != .absent { how(&shown) }
        if var whole = both.take() {
            how(&whole)
            both = whole
        }
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        guard hiding != .none else {
            shown.append(bytes)
            both?.append(bytes)
            return
        }
        keepApart()
        hidden.append(bytes)
        both?.append(bytes)
        if hiding == .unseen, bytes.contains(where: { $0 <= 0x20 }) { shown.space() }
    }

    private mutating func keepApart() {
        if both == nil { both = shown }
    }

    /// The texts, with `over-limit` where they were cut.
    var extracted: ExtractedText {
        let whole = hidden.text.isEmpty ? shown.text : both?.text ?? shown.text
        return ExtractedText(
            shown: shown.text, hidden: hidden.text, whole: whole, missing: isComplete ? [] : .overLimit)
    }
}
