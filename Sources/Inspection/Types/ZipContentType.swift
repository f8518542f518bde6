import Archives

/// What a zip is by the names in its directory and by the part that declares its kind.
///
/// Most office documents, Java and Android programs and books are zips. One file may be several of them at once, and
/// whoever opens it picks one: all are reported.
enum ZipContentType {
    /// The names of its types; `zip` if it is nothing more special.
    static func names(_ bytes: UnsafeRawBufferPointer) -> [String] {
        let entries = Set(
            ZipDirectory.names(in: bytes, limit: FileTypingLimits.zipNames)
                .map { $0.lowercased().split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/") }
        )
        var names: [String] = []
        if entries.contains("[content_types].xml") { names += officeNames(entries, bytes) }
        if entries.contains("mimetype") { names += declaredName(bytes) }
        if entries.contains("androidmanifest.xml") || entries.contains("classes.dex") { names.append("apk") }
        if entries.contains("meta-inf/manifest.mf") || isMarkedAsJar(bytes), !names.contains("apk"),
            !names.contains(where: { $0.hasPrefix("od") })
        {
            names.append("jar")
        }
        if entries.contains("appxmanifest.xml") || entries.contains("appxmetadata/appxbundlemanifest.xml") {
            names.append("msix")
        }
        if entries.contains(where: { $0.hasPrefix("payload/") && $0.contains(".app/") }) { names.append("ipa") }
        if entries.contains("index/document.iwa") { names.append("iwork") }
        if entries.contains("install.rdf") || entries.contains("meta-inf/mozilla.rsa") {
            names.append("browser-extension")
        }
        return names.isEmpty ? ["zip"] : names
    }

    /// Java's own writer puts an extra field 0xCAFE on the first entry.
    private static func isMarkedAsJar(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.holds([0x50, 0x4B, 0x03, 0x04], at: 0) else { return false }
        let extra = 30 + bytes.little(at: 26, count: 2)
        return bytes.little(at: 28, count: 2) >= 4 && bytes.little(at: extra, count: 2) == 0xCAFE
    }

    /// Office Open XML (ISO/IEC 29500-2): the content type of the main part says the kind, the presence of a macro
    /// project says more than that: a `.docx` with one is a `docm` to Word once renamed, so it counts as one.
    private static func officeNames(_ entries: Set<String>, _ bytes: UnsafeRawBufferPointer) -> [String] {
        var names: [String] = []
        if let types = part(named: "[content_types].xml", in: bytes) {
            for (sign, name) in contentTypes where types.contains(sign) {
                names.append(name)
                break
            }
        }
        if names.isEmpty {
            for (folder, name) in folders where entries.contains(where: { $0.hasPrefix(folder) }) {
                names.append(name)
            }
        }
        let hasMacros = entries.contains { $0.hasSuffix("vbaproject.bin") || $0.hasPrefix("xl/macrosheets/") }
        guard hasMacros else { return names }
        return names.map { withMacros[$0] ?? $0 } + ["macro-enabled"]
    }

    /// OpenDocument and EPUB name their media type in a part of its own.
    private static func declaredName(_ bytes: UnsafeRawBufferPointer) -> [String] {
        guard let type = part(named: "mimetype", in: bytes) else { return [] }
        if type.hasPrefix("application/epub+zip") { return ["epub"] }
        for (sign, name) in openDocuments where type.contains(sign) { return [name] }
        return []
    }

    /// The start of one part, lower case; nil if it does not come within the limits.
    private static func part(named name: String, in bytes: UnsafeRawBufferPointer) -> String? {
        let limits = ArchiveLimits(
            entries: FileTypingLimits.zipNames, bytesPerEntry: 256 << 10, totalBytes: FileTypingLimits.zipBytes)
        var text: String?
        _ = ArchiveReader(limits: limits).read(bytes, as: .zip) { entry in
            guard entry.name?.lowercased() == name else { return .next }
            text = String(decoding: entry.bytes, as: UTF8.self).lowercased()
            return .stop
        }
        return text
    }

    /// Content types of main parts, in lower case; the first found decides.
    private static let contentTypes: [(String, String)] = [
        ("ms-word.document.macroenabled.main+xml", "docm"), ("ms-word.template.macroenabledtemplate.main+xml", "dotm"),
        ("wordprocessingml.document.main+xml", "docx"), ("wordprocessingml.template.main+xml", "dotx"),
        ("ms-excel.sheet.macroenabled.main+xml", "xlsm"), ("ms-excel.template.macroenabled.main+xml", "xltm"),
        ("ms-excel.addin.macroenabled.main+xml", "xlam"), ("ms-excel.sheet.binary.macroenabled.main", "xlsb"),
        ("spreadsheetml.sheet.main+xml", "xlsx"), ("spreadsheetml.template.main+xml", "xltx"),
        ("ms-powerpoint.presentation.macroenabled.main+xml", "pptm"),
        ("ms-powerpoint.slideshow.macroenabled.main+xml", "ppsm"),
        ("ms-powerpoint.template.macroenabled.main+xml", "potm"),
        ("ms-powerpoint.addin.macroenabled.main+xml", "ppam"),
        ("presentationml.presentation.main+xml", "pptx"), ("presentationml.slideshow.main+xml", "ppsx"),
        ("presentationml.template.main+xml", "potx"), ("ms-visio.drawing.macroenabled.main+xml", "vsdm"),
        ("ms-visio.drawing.main+xml", "visio"), ("ms-package.xps-fixeddocument+xml", "xps"),
    ]

    private static let folders: [(String, String)] = [
        ("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"), ("visio/", "visio"), ("documents/1/", "xps"),
    ]

    private static let withMacros = [
        "docx": "docm", "dotx": "dotm", "xlsx": "xlsm", "xltx": "xltm", "pptx": "pptm", "ppsx": "ppsm", "potx": "potm",
        "visio": "vsdm",
    ]

    private static let openDocuments: [(String, String)] = [
        ("opendocument.text", "odt"), ("opendocument.spreadsheet", "ods"), ("opendocument.presentation", "odp"),
        ("opendocument.graphics", "odg"), ("opendocument.base", "odb"), ("hwp+zip", "hwp"),
    ]
}

/// The types of the container formats that the archive room recognises.
enum ContainerNames {
    /// The name of the type of a container other than zip.
    static func name(of format: ArchiveFormat, _ bytes: UnsafeRawBufferPointer) -> String {
        switch format {
        case .rar5: return "rar"
        case .ar:
            // The first member of a Debian package bears this name (deb(5)).
            return bytes.dropFirst(8).prefix(13).elementsEqual("debian-binary".utf8) ? "deb" : "ar"
        case .sevenZip: return "seven-zip"
        case .vhdx: return "vhd"
        default: return format.rawValue
        }
    }
}
