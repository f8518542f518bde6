import Vocabulary

/// What a reader of a format took out of a document.
struct ExtractedText {
    /// What a person who opens the document is shown, in UTF-8.
    var shown: [UInt8] = []
    /// What stands in it and is not shown, in UTF-8; a piece a line.
    var hidden: [UInt8] = []
    /// Both as they stand beside each other; the same as `shown` where nothing is hidden.
    var whole: [UInt8] = []
    /// Addresses that the document links to without showing them, a line each.
    var linked: [UInt8] = []
    /// Why there may be more.
    var missing: Reasons = []
}

/// Collects shown and hidden text side by side.
struct LayeredCollector {
    private var shown: TextCollector
    private var hidden: TextCollector
    private var whole: TextCollector
    /// Whether what comes next is hidden.
    var isHidden = false {
        didSet { if isHidden, !oldValue { hidden.line() } }
    }

    /// - Parameter limit: the most bytes of each.
    init(limit: Int) {
        shown = TextCollector(limit: limit)
        hidden = TextCollector(limit: limit)
        whole = TextCollector(limit: limit)
    }

    /// How long the shown text is.
    var count: Int { shown.text.count }

    /// False when the limit ended the text.
    var isComplete: Bool { whole.isComplete }

    mutating func space() {
        shown.space()
        hidden.space()
        whole.space()
    }

    mutating func line() {
        shown.line()
        hidden.line()
        whole.line()
    }

    mutating func append(_ bytes: some Collection<UInt8>) {
        if isHidden { hidden.append(bytes) } else { shown.append(bytes) }
        whole.append(bytes)
    }

    /// The texts, with `over-limit` where they were cut.
    var extracted: ExtractedText {
        ExtractedText(
            shown: shown.text, hidden: hidden.text, whole: hidden.text.isEmpty ? shown.text : whole.text,
            missing: isComplete ? [] : .overLimit)
    }
}
