import Vocabulary

/// Which reader looks for files in a content that is no archive and no mail.
enum EmbeddedFileSearch {
    /// Takes out what stands in the content.
    static func take(from node: Node, into found: inout EmbeddedFiles) {
        let bytes = node.bytes
        if bytes.starts(with: CompoundSectors.signature) {
            CompoundFiles.take(from: bytes, types: node.types, into: &found)
        } else if isOf(node, "rtf") || bytes.starts(with: Array(#"{\rt"#.utf8)) {
            RichTextObjects.take(from: bytes, into: &found)
        } else if isOf(node, "pdf") {
            PortableFiles.take(from: bytes, into: &found)
        } else if isOf(node, "onenote") {
            NotebookFiles.take(from: bytes, into: &found)
        } else if isOf(node, "tnef") {
            TransportFiles.take(from: bytes, into: &found)
        } else if isOf(node, "calendar") || isOf(node, "vcard") {
            CalendarFiles.take(from: bytes, into: &found)
        } else if isOf(node, "text") || isOf(node, "svg") || isOf(node, "xml") {
            DataAddresses.take(from: bytes, into: &found)
            if ["html", "svg", "script", "xml"].contains(where: { isOf(node, $0) }) || node.declaredType == "text/html"
            {
                ScriptBlobs.take(from: bytes, into: &found)
            }
        }
    }

    private static func isOf(_ node: Node, _ name: String) -> Bool { node.types.contains { $0.isUnder(name) } }
}
