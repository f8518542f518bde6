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
            sum.versions += extracted.versions
            sum.linked += extracted.linked
            sum.missing.formUnion(extracted.missing)
            found = sum
        }
        if node.isOf(.pdf) { add(PDFText.read(node.bytes, limits: limits)) }
        if node.isOf(.rtf) { add(RTFText.read(node.bytes, limits: limits)) }
        if isOffice(node) { add(PackageText.read(index, of: tree.nodes, as: .office, limits: limits)) }
        if isOpen(node) { add(PackageText.read(index, of: tree.nodes, as: .open, limits: limits)) }
        if node.bytes.starts(with: CompoundSectors.signature) {
            if node.isOf(.doc) { add(WordText.read(node.bytes, limits: limits)) }
            if node.isOf(.xls) { add(SheetText.read(node.bytes, limits: limits)) }
            if node.isOf(.ppt) { add(SlideText.read(node.bytes, limits: limits)) }
        }
        return found
    }

    /// The document whose text is made of what stands in a node; nil where the node is no part of one.
    static func document(ofPart index: Int, in tree: Decomposition) -> Int? {
        guard let parent = tree.nodes[index].parent, isOffice(tree.nodes[parent]) || isOpen(tree.nodes[parent]),
            PackageText.reads(tree.nodes[index])
        else { return nil }
        return parent
    }

    private static func isOffice(_ node: Node) -> Bool {
        isPackage(node, [.xps, .ooxml, .visio]) && !node.isOf(.xlsb)
    }

    private static func isOpen(_ node: Node) -> Bool { isPackage(node, [.odt, .ods, .odp, .odg, .odb]) }

    private static func isPackage(_ node: Node, _ types: [KnownType]) -> Bool {
        node.bytes.starts(with: [0x50, 0x4b]) && types.contains(where: node.isOf)
    }
}
