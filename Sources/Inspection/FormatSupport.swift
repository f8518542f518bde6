import Vocabulary

/// Which formats can carry other files that this edition does not take out.
enum FormatSupport {
    /// Formats with embedded files, objects or attachments that are not opened.
    private static let closed: [FileType] = [
        "pdf", "rtf", "doc", "xls", "ppt", "msg", "msi", "tnef", "onenote", "chm", "disk-image", "ole", "hwp", "visio",
        "publisher", "project", "access", "pst", "word-xml",
    ].compactMap(FileType.named)

    /// Formats whose files are all taken out: nothing is hidden in them, as long as they could be read to their end.
    private static let opened: [FileType] = ["rtf", "pdf", "msg", "msi", "msp", "tnef", "onenote"].compactMap(
        FileType.named)

    /// Whether a content of these types may hold files that we do not see.
    static func hidesContents(_ types: [FileType]) -> Bool {
        types.contains { type in
            // Of a compound file of no known kind every stream is a file.
            if type.name == "ole" || opened.contains(where: { type.isSubtype(of: $0) }) { return false }
            return isClosed(type)
        }
    }

    private static func isClosed(_ type: FileType) -> Bool {
        closed.contains { type.isSubtype(of: $0) } || isUnreadableArchive(type)
    }

    /// An archive by type that the archive room did not recognise by its bytes: ace, arj, lha, …
    private static func isUnreadableArchive(_ type: FileType) -> Bool {
        FileType.named("archive").map(type.isSubtype(of:)) ?? false
    }

    /// Documents that antivirus engines open on their own, so that to them nothing in there is hidden.
    private static let openedByAntivirus: [FileType] = [
        "pdf", "rtf", "doc", "xls", "ppt", "msg", "msi", "tnef", "onenote", "chm", "ole", "hwp", "word-xml",
    ].compactMap(FileType.named)

    /// Whether an antivirus engine looks into a content of these types itself.
    static func isOpenedByAntivirus(_ types: [FileType]) -> Bool {
        types.contains { type in openedByAntivirus.contains { type.isSubtype(of: $0) } }
    }

    /// Whether contents of these types have no text of their own: images, sound, programs, containers.
    static func hasNoText(_ types: [FileType]) -> Bool {
        !types.isEmpty && types.allSatisfy { $0.textKind == .none }
    }
}
