import Vocabulary

/// Which reader looks for files in a content that is no archive and no mail.
enum EmbeddedFileSearch {
    /// Takes out what stands in the content.
    static func take(from node: Node, into found: inout EmbeddedFiles) {
        let bytes = node.bytes
        if bytes.starts(with: CompoundSectors.signature) {
            CompoundFiles.take(from: bytes, types: node.types, into: &found)
        } else if node.isOf(.rtf) || bytes.starts(with: Array(#"{\rt"#.utf8)) {
            RichTextObjects.take(from: bytes, into: &found)
        } else if node.isOf(.pdf) {
            PortableFiles.take(from: bytes, into: &found)
        } else if node.isOf(.onenote) {
            NotebookFiles.take(from: bytes, into: &found)
        } else if node.isOf(.appleDouble) {
            MacintoshFiles.take(from: bytes, into: &found)
        } else if node.isOf(.tnef) {
            TransportFiles.take(from: bytes, into: &found)
        } else if node.isOf(.calendar) || node.isOf(.vcard) {
            CalendarFiles.take(from: bytes, into: &found)
        } else if node.isOf(.text) || node.isOf(.svg) || node.isOf(.xml) {
            DataAddresses.take(from: bytes, into: &found)
            if [.html, .svg, .script, .xml].contains(where: node.isOf) || node.declaredType == "text/html" {
                ScriptBlobs.take(from: bytes, into: &found)
            }
        }
    }
}
