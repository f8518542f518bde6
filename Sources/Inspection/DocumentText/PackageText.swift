import Vocabulary

/// The text of a document that is a zip of XML parts: Office Open XML and OpenDocument. The parts are the nodes that
/// decomposition took out of it.
enum PackageText {
    /// Reads every part that is XML by its bytes, whatever its name: names are the sender's to choose.
    static func read(_ index: Int, of nodes: [Node], as dialect: XMLText.Dialect, limits: InspectionLimits)
        -> ExtractedText
    {
        var extracted = read(index, of: nodes, as: dialect, .all, limits: limits)
        guard dialect == .office,
            nodes[index].children.contains(where: { reads(nodes[$0]) && AlternateContent.isIn(nodes[$0].bytes) })
        else { return extracted }
        for reading in [AlternateContent.Reading.office, .fallback] {
            let other = read(index, of: nodes, as: dialect, reading, limits: limits)
            extracted.versions += [other.shown, other.whole]
            extracted.missing.formUnion(other.missing)
        }
        return extracted
    }

    private static func read(
        _ index: Int, of nodes: [Node], as dialect: XMLText.Dialect, _ reading: AlternateContent.Reading,
        limits: InspectionLimits
    ) -> ExtractedText {
        let package = nodes[index]
        var text = LayeredCollector(limit: limits.textBytes)
        var missing = package.unread.union(package.hidden)
        var hasParts = false
        let parts = package.children.map { nodes[$0] }.filter(reads)
        let hiddenStyles = dialect == .office ? HiddenStyles.names(in: parts.map(\.bytes)) : []
        for child in package.children {
            let part = nodes[child]
            if part.encryption == .archive { missing.formUnion(EncryptionKind.archive.reason) }
            missing.formUnion(part.unread)
            guard reads(part) else { continue }
            if isLockingManifest(part) { missing.formUnion(EncryptionKind.office.reason) }
            hasParts = true
            text.line()
            text.isHidden = false
            let read = XMLText.read(part.bytes, as: dialect, hiddenStyles: hiddenStyles, reading, into: text)
            text = read.text
            missing.formUnion(read.missing)
            if !text.isComplete { break }
        }
        var extracted = text.extracted
        extracted.missing.formUnion(hasParts || !missing.isEmpty ? missing : .damaged)
        return extracted
    }

    /// Whether a part makes up the document's text. Pages within the document are texts of their own.
    static func reads(_ part: Node) -> Bool { XMLText.begins(part.bytes) && !part.isOf(.html) }

    /// A manifest of OpenDocument that tells how parts are encrypted (ODF 1.2 part 3, 4.8).
    private static func isLockingManifest(_ part: Node) -> Bool {
        guard part.names.contains(where: { $0.lowercased().hasSuffix("manifest.xml") }) else { return false }
        return String(decoding: part.bytes.prefix(1 << 20), as: UTF8.self).contains("encryption-data")
    }
}
