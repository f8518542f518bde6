import Vocabulary

/// libmagic's media types as places in our lattice.
enum MagicNames {
    /// The name of the type; nil if libmagic recognised nothing that we have a name for.
    static func name(for mediaType: String) -> String? {
        if let own = own[mediaType] { return own }
        if let type = FileType.withMediaType(mediaType).first, type != .unknown { return type.name }
        switch mediaType.prefix(while: { $0 != "/" }) {
        case "text": return "text"
        case "image": return "image"
        case "audio": return "audio"
        case "video": return "video"
        case "font": return "font"
        default: return nil
        }
    }

    /// Names that libmagic alone uses, and those where the registered type means something else.
    private static let own: [String: String] = [
        "application/x-dosexec": "dos", "application/cdfv2": "ole", "application/x-ole-storage": "ole",
        "application/encrypted": "encrypted-office", "application/x-pie-executable": "elf",
        "application/x-sharedlib": "elf", "application/x-object": "elf", "application/x-coredump": "elf",
        "application/java-applet": "class", "application/x-java-applet": "class", "application/ogg": "ogg",
        "application/x-wine-extension-ini": "inf", "application/x-setupscript": "inf",
        "application/x-ndjson": "json", "application/x-mswinurl": "url-shortcut",
        "application/x-font-pfm": "font", "application/vnd.font-fontforge-sfd": "font", "font/sfnt": "truetype",
        "application/vnd.ms-opentype": "opentype", "application/x-gdbm": "database", "application/x-dbm": "database",
        "message/news": "eml", "message/x-gnu-rmail": "mbox", "application/mbox": "mbox",
        "text/pgp": "pgp-message", "application/pgp": "pgp-message", "text/x-java": "source",
        "text/x-objective-c": "source", "text/x-asm": "source", "text/x-m4": "source", "text/x-makefile": "source",
        "text/x-awk": "script", "text/x-lisp": "source", "text/x-pascal": "source", "text/x-po": "plain",
        "text/x-nawk": "script", "text/x-gawk": "script", "text/x-bytecode.python": "pyc",
        "application/x-wordperfect": "wordperfect", "application/x-dvi": "document", "image/x-eps": "postscript",
        "application/winhelp": "chm", "application/x-qgis": "data", "application/x-ms-reader": "document",
        "image/x-award-bioslogo": "image", "application/zlib": "compressed", "application/x-lz4+json": "json",
    ]
}
