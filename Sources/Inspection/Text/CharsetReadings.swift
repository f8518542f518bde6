import Message

/// What other readers make of a text's bytes: those that go by another label of the part, by the page's own, by the label
/// against a byte-order mark, by UTF-7's mark, or by the bytes against the label.
struct CharsetReadings {
    private let declared: String?
    private let labels: [String]
    private let isMarkup: Bool

    /// - Parameter isMarkup: whether the text may name its charset itself.
    init(_ node: Node, isMarkup: Bool) {
        declared = node.charset
        labels = node.otherCharsets
        self.isMarkup = isMarkup
    }

    /// The texts that differ from the likeliest one and from each other, in UTF-8. At most as many as the part has labels,
    /// and a page has, and four more.
    func texts(of bytes: ArraySlice<UInt8>, _ decoded: Charset.Result) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        func add(_ text: [UInt8]) {
            if !text.elementsEqual(decoded.text.utf8), !texts.contains(text) { texts.append(text) }
        }
        let mark = Charset.mark(of: bytes)
        let isPlain = mark == nil && bytes.allSatisfy { $0 < 0x80 }
        var seen: Set<String> = mark == nil ? [Charset.canonical(decoded.charset)] : []
        for label in candidates(bytes, mark?.charset) where seen.insert(Charset.canonical(label)).inserted {
            // ASCII is the same in all charsets that extend it.
            if isPlain, !TextCharset.changesASCII(decoded.charset), !TextCharset.changesASCII(Charset.canonical(label))
            {
                continue
            }
            let other = Charset.decode(bytes, heedingOnly: label)
            if !other.isUnknown { add(Array(other.text.utf8)) }
        }
        if let text = TextCharset.unlabelled(bytes, decoded) { add(text) }
        return texts
    }

    private func candidates(_ bytes: ArraySlice<UInt8>, _ marked: String?) -> [String?] {
        var candidates = labels.map(Optional.some)
        if let marked {
            // Under a label of UTF-16 a mark is part of the charset, and zeros between letters prove it right.
            let isMeant = Charset.canonical(declared).hasPrefix(marked.prefix(6)) || TextCharset.wide(bytes) != nil
            if !isMeant { candidates.append(declared) }
        }
        if isMarkup {
            let named = TextCharset.names(bytes)
            let isTold = declared != nil || marked != nil
            candidates += named.dropFirst(isTold ? 0 : 1).map(Optional.some)
            candidates += TextCharset.farNames(bytes).map(Optional.some)
        }
        if let declared, declared.lowercased().contains("utf-7") { candidates.append("utf-7") }
        candidates += TextCharset.escaped(bytes).map(Optional.some)
        if Self.marksOfUTF7.contains(where: bytes.starts) { candidates.append("utf-7") }
        return candidates
    }

    /// The mark of UTF-7 in its forms, whose last two bits belong to the letter behind.
    private static let marksOfUTF7 = ["+/v8", "+/v9", "+/v+", "+/v/"].map { Array($0.utf8) }
}
