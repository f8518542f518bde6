/// The families, and what people write and draw. Lists of data: a row is name, parents, extensions, media types.
extension FileTypeRow {
    static let families: [FileTypeRow] = [
        .init("text", "", "", "", text: .extractable, "Characters that a person or a program reads as lines."),
        .init("document", "", "", "", text: .notYet, "Pages, sheets and slides."),
        .init("image", "", "", "", text: TextKind.none, "A picture."),
        .init("media", "", "", "", text: TextKind.none, "Sound or moving pictures."),
        .init("archive", "", "", "", text: TextKind.none, "A file that holds other files, or one compressed file."),
        .init(
            "executable", "", "", "", text: TextKind.none,
            "A program, or a file that starts or installs one when opened."),
        .init(
            "mail", "", "", "", text: TextKind.none, "A message or a store of messages; the text is in what it holds."),
        .init("cryptographic", "", "", "", text: .notYet, "Encrypted or signed data, keys and certificates."),
        .init("font", "", "", "", text: TextKind.none, "A typeface."),
        .init("database", "", "", "", text: .notYet, "Tables of records."),
        .init("data", "", "", "", text: .notYet, "Data for some program."),
        .init("macro-enabled", "", "", "", text: .notYet, "A document that carries program code in a macro project."),
        .init(
            "ole", "document", "", "", text: .notYet,
            "A compound file (OLE 2), which holds streams like a file system."),
    ]

    static let texts: [FileTypeRow] = [
        .init("plain", "text", "txt text log asc", "text/plain", "Text without mark-up."),
        .init("html", "text", "html htm xhtml shtml", "text/html application/xhtml+xml", "A web page."),
        .init("mhtml", "text mail", "mht mhtml", "multipart/related", "A web page saved with its pictures."),
        .init("xml", "text", "xml xsl xsd", "text/xml application/xml", "Text marked up with XML."),
        .init("csv", "text", "csv tsv", "text/csv text/tab-separated-values", "A table as text."),
        .init("json", "text", "json jsonl ndjson", "application/json", "Data as JSON."),
        .init("yaml", "text", "yml yaml", "application/yaml text/yaml", "Data as YAML."),
        .init("calendar", "text", "ics ifb vcs", "text/calendar", "Appointments (iCalendar)."),
        .init("vcard", "text", "vcf", "text/vcard text/x-vcard", "Addresses of people (vCard)."),
        .init("css", "text", "css", "text/css", "A style sheet."),
        .init("markdown", "text", "md markdown", "text/markdown", "Text with light mark-up."),
        .init("latex", "text", "tex ltx", "application/x-latex text/x-tex", "A TeX document."),
        .init("diff", "text", "diff patch", "text/x-diff text/x-patch", "Differences of texts."),
        .init("ldif", "text", "ldif", "text/x-ldif", "Directory entries."),
        .init("enriched", "text", "", "text/enriched text/richtext", "Text with the old mail mark-up."),
        .init(
            "source", "text", "c h cc cpp cxx hpp cs java swift go rs kt scala m sql asm pas f90 ts",
            "text/x-c text/x-c++ text/x-java text/x-java-source", "Source code of a compiled language."),
    ]

    static let documents: [FileTypeRow] = [
        .init("pdf", "document", "pdf", "application/pdf application/x-pdf", "A PDF document."),
        .init("rtf", "document", "rtf", "text/rtf application/rtf", "Rich text, which may carry embedded objects."),
        .init("postscript", "document", "ps eps ai", "application/postscript", "A program that draws pages."),
        .init("epub", "document", "epub", "application/epub+zip", "An electronic book."),
        .init("djvu", "document", "djvu djv", "image/vnd.djvu", "Scanned pages."),
        .init("xps", "document", "xps oxps", "application/vnd.ms-xpsdocument application/oxps", "Printed pages."),
        .init("chm", "document", "chm", "application/vnd.ms-htmlhelp", "Compiled help, which can start programs."),
        .init("onenote", "document", "one onepkg", "application/onenote application/msonenote", "A notebook."),
        .init("office", "document", "", "", "A document of an office suite."),
        .init("ooxml", "office", "", "", "A document in Office Open XML: a zip of XML parts."),
        .init("encrypted-office", "office ole", "", "", "An Office Open XML document under a password."),
        .init("word", "office", "", "", "A text of a word processor of the Word family."),
        .init("excel", "office", "", "", "A sheet of the Excel family."),
        .init("powerpoint", "office", "", "", "Slides of the PowerPoint family."),
        .init("doc", "word ole", "doc dot wbk", "application/msword", "A Word document up to 2003."),
        .init(
            "docx", "word ooxml", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "A Word document."),
        .init(
            "docm", "word ooxml macro-enabled", "docm", "application/vnd.ms-word.document.macroenabled.12",
            "A Word document with macros."),
        .init(
            "dotx", "word ooxml", "dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "A Word template."),
        .init(
            "dotm", "word ooxml macro-enabled", "dotm", "application/vnd.ms-word.template.macroenabled.12",
            "A Word template with macros."),
        .init("word-xml", "word xml", "", "", text: .extractable, "A Word document as one XML file (2003)."),
        .init("xls", "excel ole", "xls xlt xla xlm", "application/vnd.ms-excel", "An Excel sheet up to 2003."),
        .init(
            "xlsx", "excel ooxml", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "An Excel sheet."),
        .init(
            "xlsm", "excel ooxml macro-enabled", "xlsm", "application/vnd.ms-excel.sheet.macroenabled.12",
            "An Excel sheet with macros."),
        .init(
            "xlsb", "excel ooxml", "xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            "An Excel sheet with binary parts."),
        .init(
            "xltx", "excel ooxml", "xltx", "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "An Excel template."),
        .init(
            "xltm", "excel ooxml macro-enabled", "xltm", "application/vnd.ms-excel.template.macroenabled.12",
            "An Excel template with macros."),
        .init(
            "xlam", "excel ooxml macro-enabled", "xlam", "application/vnd.ms-excel.addin.macroenabled.12",
            "An Excel add-in."),
        .init("excel-xml", "excel xml", "", "", text: .extractable, "An Excel sheet as one XML file (2003)."),
        .init(
            "slk", "excel text", "slk", "", text: .extractable, "A symbolic link sheet: text that can hold formulas."),
        .init(
            "iqy", "excel text", "iqy rqy oqy", "", text: .extractable, "A web query, which fetches data when opened."),
        .init("ppt", "powerpoint ole", "ppt pps pot", "application/vnd.ms-powerpoint", "Slides up to 2003."),
        .init(
            "pptx", "powerpoint ooxml", "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation", "Slides."),
        .init(
            "pptm", "powerpoint ooxml macro-enabled", "pptm",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12", "Slides with macros."),
        .init(
            "ppsx", "powerpoint ooxml", "ppsx",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow", "A slide show."),
        .init(
            "ppsm", "powerpoint ooxml macro-enabled", "ppsm",
            "application/vnd.ms-powerpoint.slideshow.macroenabled.12", "A slide show with macros."),
        .init(
            "potx", "powerpoint ooxml", "potx",
            "application/vnd.openxmlformats-officedocument.presentationml.template", "A slide template."),
        .init(
            "potm", "powerpoint ooxml macro-enabled", "potm",
            "application/vnd.ms-powerpoint.template.macroenabled.12", "A slide template with macros."),
        .init(
            "ppam", "powerpoint ooxml macro-enabled", "ppam", "application/vnd.ms-powerpoint.addin.macroenabled.12",
            "A PowerPoint add-in."),
        .init("visio", "office", "vsd vsdx vst", "application/vnd.visio", "A Visio drawing."),
        .init(
            "vsdm", "visio ooxml macro-enabled", "vsdm vstm vssm", "application/vnd.ms-visio.drawing.macroenabled.12",
            "A Visio drawing with macros."),
        .init("publisher", "office ole", "pub", "application/vnd.ms-publisher", "A Publisher page."),
        .init("project", "office ole", "mpp", "application/vnd.ms-project", "A project plan."),
        .init("opendocument", "office", "", "", "A document in the OpenDocument format."),
        .init(
            "odt", "opendocument", "odt ott fodt",
            "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.text-template",
            "An OpenDocument text."),
        .init(
            "ods", "opendocument", "ods ots fods",
            "application/vnd.oasis.opendocument.spreadsheet application/vnd.oasis.opendocument.spreadsheet-template",
            "An OpenDocument sheet."),
        .init(
            "odp", "opendocument", "odp otp fodp",
            "application/vnd.oasis.opendocument.presentation application/vnd.oasis.opendocument.presentation-template",
            "OpenDocument slides."),
        .init(
            "odg", "opendocument", "odg otg fodg", "application/vnd.oasis.opendocument.graphics",
            "An OpenDocument drawing."),
        .init("odb", "opendocument database", "odb", "application/vnd.oasis.opendocument.base", "A Base file."),
        .init("iwork", "office", "pages numbers key", "application/vnd.apple.pages", "A document of Apple's suite."),
        .init("hwp", "office", "hwp hwpx", "application/x-hwp", "A Hangul document."),
        .init("wordperfect", "office", "wpd wp5", "application/vnd.wordperfect", "A WordPerfect document."),
    ]

    static let images: [FileTypeRow] = [
        .init("png", "image", "png", "image/png", "A PNG picture."),
        .init("jpeg", "image", "jpg jpeg jpe jfif", "image/jpeg image/jpg image/pjpeg", "A JPEG picture."),
        .init("gif", "image", "gif", "image/gif", "A GIF picture."),
        .init("bmp", "image", "bmp dib", "image/bmp image/x-ms-bmp", "A Windows bitmap."),
        .init("tiff", "image", "tif tiff", "image/tiff", "A TIFF picture."),
        .init("webp", "image", "webp", "image/webp", "A WebP picture."),
        .init("svg", "image xml", "svg", "image/svg+xml", text: .extractable, "A drawing in XML, which may hold code."),
        .init("heic", "image", "heic heif", "image/heic image/heif", "A HEIF picture."),
        .init("avif", "image", "avif", "image/avif", "An AVIF picture."),
        .init("ico", "image", "ico cur", "image/x-icon image/vnd.microsoft.icon", "An icon."),
        .init("psd", "image", "psd psb", "image/vnd.adobe.photoshop", "A Photoshop picture."),
        .init("emf", "image", "emf emz", "image/emf image/x-emf", "An enhanced metafile."),
        .init("wmf", "image", "wmf wmz", "image/wmf image/x-wmf", "A Windows metafile."),
        .init("jpeg2000", "image", "jp2 j2k jpx", "image/jp2", "A JPEG 2000 picture."),
        .init("jxl", "image", "jxl", "image/jxl", "A JPEG XL picture."),
        .init("xcf", "image", "xcf", "image/x-xcf", "A GIMP picture."),
        .init("pcx", "image", "pcx", "image/vnd.zbrush.pcx image/x-pcx", "A Paintbrush picture."),
        .init("pnm", "image", "pbm pgm ppm pnm", "image/x-portable-anymap", "A portable bitmap."),
        .init("dicom", "image", "dcm", "application/dicom", "A medical picture."),
        .init("cad", "image", "dwg dxf dgn", "image/vnd.dwg image/vnd.dxf", "A technical drawing."),
    ]
}
