/// Every bound of inspection. What lies beyond one is `unknown` for `over-limit`, never "clean".
public struct InspectionLimits: Sendable, Equatable {
    /// Containers within containers, the message itself not counted. Deeper content is not opened.
    public var depth = 16
    /// Nodes of the tree: parts of mails and entries of archives together.
    public var nodes = 10_000
    /// Bytes that all decoded and unpacked contents may take together.
    public var expandedBytes = 256 << 20
    /// Bytes of one decoded or unpacked content.
    public var contentBytes = 64 << 20
    /// Bytes of text taken from one node.
    public var textBytes = 8 << 20
    /// Pages of one document from which text is taken.
    public var pages = 5_000
    /// Seconds for the text of one document, between pages.
    public var documentSeconds = 10
    /// Groups within groups of one RTF document.
    public var groups = 512
    /// Bytes of one name. The middle of a longer one is left out.
    public var nameBytes = 1_024
    /// Bytes of a name where it is a step of a path.
    public var pathNameBytes = 128
    /// Times a content is read otherwise within what was read otherwise.
    public var rereadings = 3
    /// Links of one message.
    public var links = 10_000
    /// Different addresses written out in texts that are read, links or not.
    public var writtenLinks = 100_000
    /// Bytes of one link's address.
    public var linkBytes = 8_192
    /// Bytes of the text that is shown for a link.
    public var shownBytes = 4_096
    /// Attributes of one tag of a page. With more the page is read without regard to what is open, and is not all known.
    public var tagAttributes = 512
    /// Open elements that all end tags of a page may pass in vain in search of what they close; beyond as above.
    public var endTagSteps = 50_000_000
    /// Seconds for opening all containers of one message.
    public var seconds = 20

    public init() {}

    /// Groups of a rich text in one another.
    static let richTextDepth = 10_000
    /// Properties of one message or attachment.
    static let mailProperties = 10_000
    /// Messages in one another within one `winmail.dat`.
    static let transportDepth = 16
    /// Storages in one another within a compound file.
    static let storageDepth = 32
    /// Times the size of a compound file that all readings of its streams may come to. Honest streams share no sectors.
    static let streamReadings = 8
    /// Names of one file within a document.
    static let embeddedNames = 64
    /// Bytes of a property that is a name.
    static let propertyNameBytes = 4_096
    /// Bytes of what stands before the content of a `data:` address.
    static let dataHeadBytes = 512
    /// Characters, or numbers, that a text must have in one piece to be looked at as a file in disguise.
    static let blobPieceBytes = 32
    /// Objects of a PDF, numbers and names within others included, that are looked at.
    static let portableObjects = 1_000_000
    /// Filters in a row of one stream of a PDF.
    static let portableFilters = 8
    /// Places in a row of a PDF's stream whose bytes were taken from one another.
    static let portableColumns = 1 << 20
    /// Strings that the cells of one Excel workbook share.
    static let sheetStrings = 1_000_000
    /// Records of an Excel workbook that continue one another.
    static let sheetPieces = 65_536
    /// Records in one another within PowerPoint's slides.
    static let slideDepth = 64
    /// Descriptions in HTML within one calendar.
    static let calendarPages = 64
    /// Bytes of the list of a project's macros, packed or unpacked.
    static let macroListBytes = 4 << 20
}
