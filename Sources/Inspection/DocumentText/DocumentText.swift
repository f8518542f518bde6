import Vocabulary

/// Chooses the reader of a document's text by what the document is.
enum DocumentText {
    /// The text of a node; nil if no reader knows any of its types. A file that is several things at once is read as
    /// each, since each is what some program shows.
    static func read(_ index: Int, of tree: Decomposition) -> ExtractedText? {
        let node = tree.nodes[index]
        let limits = tree.limits
        var found: ExtractedText?
        func add(_ extracted: ExtractedText) {
            guard var sum = found else {
                found = extracted
                return
            }
            sum.shown += [0x0a] + extracted.shown
            sum.hidden += [0x0a] + extracted.hidden
            sum.whole += [0x0a] + extracted.whole
            sum.linked += extracted.linked
            sum.missing.formUnion(extracted.missing)
            found = sum
        }
        if node.isOf(.pdf) { add(PDFText.read(node.bytes, limits: limits)) }
        if node.isOf(.rtf) { add(RTFText.read(node.bytes, limits: limits)) }
        if isPackage(node, [.xps, .ooxml, .visio]), !node.isOf(.xlsb) {
            add(PackageText.read(index, of: tree.nodes, as: .office, limits: limits))
        }
        if isPackage(node, [.odt, .ods, .odp, .odg, .odb]) {
            add(PackageText.read(index, of: tree.nodes, as: .open, limits: limits))
        }
        if node.isOf(.doc), node.bytes.starts(with: CompoundSectors.signature) {
            add(WordText.read(node.bytes, limits: limits))
        }
        return found
    }

    private static func isPackage(_ node: Node, _ types: [KnownType]) -> Bool {
        node.bytes.starts(with: [0x50, 0x4b]) && types.contains(where: node.isOf)
    }
}
