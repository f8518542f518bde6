import Vocabulary

/// Which formats can carry other files that this edition does not take out.
enum FormatSupport {
    /// Formats with embedded files, objects or attachments that are not opened.
    private static let closed: [KnownType] = [
        .doc, .xls, .ppt, .chm, .diskImage, .ole, .hwp, .visio, .publisher, .project, .access, .pst, .wordXML,
        // By its bytes the archive room did not recognise it: ace, arj, lha, …
        .archive,
    ]

    /// Formats whose files are all taken out: nothing is hidden in them, as long as they could be read to their end.
    private static let opened: [KnownType] = [
        .rtf, .pdf, .msg, .msi, .msp, .tnef, .onenote, .iso, .img, .vhd,
    ]

    /// Whether a content of these types may hold files that we do not see.
    static func hidesContents(_ types: [FileType]) -> Bool {
        types.contains { type in
            // Of a compound file of no known kind every stream is a file.
            if type == .known(.ole) || opened.contains(where: type.isUnder) { return false }
            return closed.contains(where: type.isUnder)
        }
    }

    /// Documents that antivirus engines open on their own, so that to them nothing in there is hidden.
    private static let openedByAntivirus: [KnownType] = [
        .pdf, .rtf, .doc, .xls, .ppt, .msg, .msi, .tnef, .onenote, .chm, .ole, .hwp, .wordXML,
    ]

    /// Whether an antivirus engine looks into a content of these types itself.
    static func isOpenedByAntivirus(_ types: [FileType]) -> Bool {
        types.contains { openedByAntivirus.contains(where: $0.isUnder) }
    }

    /// Whether contents of these types have no text of their own: images, sound, programs, containers.
    static func hasNoText(_ types: [FileType]) -> Bool {
        !types.isEmpty && types.allSatisfy { $0.textKind == .none }
    }
}
