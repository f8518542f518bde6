import Vocabulary

/// Which formats can carry other files that this edition does not take out.
enum FormatSupport {
    /// Formats with embedded files, objects or attachments that are not opened. Their text is `unsupported` too.
    private static let closed: [FileType] = [
        "pdf", "rtf", "doc", "xls", "ppt", "msg", "msi", "tnef", "onenote", "chm", "disk-image", "ole",
    ].compactMap(FileType.named)

    /// Whether a content of these types may hold files that we do not see.
    static func hidesContents(_ types: [FileType]) -> Bool {
        types.contains { type in closed.contains { type.isSubtype(of: $0) } || isUnreadableArchive(type) }
    }

    /// An archive by type that the archive room did not recognise by its bytes: ace, arj, lha, …
    private static func isUnreadableArchive(_ type: FileType) -> Bool {
        FileType.named("archive").map(type.isSubtype(of:)) ?? false
    }
}
