import Vocabulary

/// Whether a document has macros: code that an office program offers to run when the document is opened.
///
/// Purpose: a node becomes true, false, or the reasons why nobody can tell. Looks at names of storages and parts, at
/// the kinds of sheets, and at declarations; never at the code itself. What is no office document has no macros.
/// Formats in which macros are kept where they are not looked for are unknown for `unsupported` unless some were found.
enum MacroSearch {
    /// What a search came to.
    enum Answer: Equatable {
        case found
        case none
        case unknown(Reasons)

        /// The answer as a fact.
        var value: FactValue {
            switch self {
            case .found: .known(.bool(true))
            case .none: .known(.bool(false))
            case .unknown(let reasons): .unknown(reasons)
            }
        }
    }

    /// - Parameter children: the nodes that stand in it, where it is a container.
    static func answer(for node: Node, children: [Node]) -> Answer {
        if node.isOf(.macroEnabled) { return .found }
        let answer = node.bytes.withUnsafeBytes { search($0, node, children) }
        guard answer != .found else { return .found }
        var reasons = node.unread
        if let kind = node.encryption, kind != .archive, kind != .pdf { reasons.formUnion(kind.reason) }
        if case .unknown(let own) = answer { reasons.formUnion(own) }
        return reasons.isEmpty ? .none : .unknown(reasons)
    }

    private static func search(_ bytes: UnsafeRawBufferPointer, _ node: Node, _ children: [Node]) -> Answer {
        // Office saves the macros of a web page in a file of this kind beside it.
        if bytes.holds(Array("ActiveMime".utf8), at: 0) { return .found }
        if let directory = CompoundDirectory(bytes) { return CompoundMacros.answer(for: directory, of: node) }
        // Hangul's packages have a folder of scripts whether there are some or not.
        if !children.isEmpty, node.isOf(.office), !node.isOf(.hwp) {
            return PackageMacros.answer(for: node, children)
        }
        if node.isOf(.slk) { return SheetMacros.isMarked(symbolicLink: bytes) ? .found : .none }
        if node.isOf(.xls) { return SheetMacros.answer(forSingleSheet: bytes) }
        if isText(node) { return MarkedUpMacros.answer(for: bytes) }
        // A zip that is cut or broken may be a document whose parts do not show.
        if node.isOf(.zip), !node.hidden.isDisjoint(with: [.damaged, .overLimit]) {
            return .unknown(node.hidden)
        }
        return node.types.contains(where: keepsMacrosElsewhere) ? .unknown(.unsupported) : .none
    }

    private static func isText(_ node: Node) -> Bool {
        node.isOf(.xml) || node.isOf(.opendocument)
    }

    private static func keepsMacrosElsewhere(_ type: FileType) -> Bool {
        [.office, .access, .msg].contains(where: type.isUnder) && !type.isUnder(.iwork)
    }
}

/// Macros in documents that are zips of parts.
enum PackageMacros {
    static func answer(for node: Node, _ children: [Node]) -> MacroSearch.Answer {
        var reasons = node.hidden
        var hasDeclarations = false
        for child in children {
            let names = child.names.map { name in
                String(name.lowercased().map { $0 == "\\" ? "/" : $0 }.drop { $0 == "/" })
            }
            if names.contains(where: isProject) { return .found }
            guard names.contains("[content_types].xml") else { continue }
            hasDeclarations = true
            reasons.formUnion(child.unread)
            let text = child.bytes.withUnsafeBytes(MarkedUpMacros.foldedText)
            if Self.declared.contains(where: text.holdsAnywhere) { return .found }
            // What is written with references says something else than it seems to.
            if text.holdsAnywhere("&") || text.holdsAnywhere("<!") { reasons.formUnion(.ambiguous) }
        }
        if !hasDeclarations, node.isOf(.ooxml) { reasons.formUnion(.damaged) }
        return reasons.isEmpty ? .none : .unknown(reasons)
    }

    /// Office Open XML's project of Visual Basic and macro sheets of Excel 4 (ISO/IEC 29500-4, [MS-OFFMACRO2]);
    /// OpenDocument's libraries of Basic, and scripts in other languages.
    private static func isProject(_ name: String) -> Bool {
        name.hasSuffix("vbaproject.bin") || name.hasPrefix("xl/macrosheets/") || name.hasPrefix("basic/")
            || name.hasPrefix("scripts/")
    }

    /// The part may bear any name: its declaration says what it is.
    private static let declared = ["vbaproject", "macrosheet"]
}

/// Macros in documents that are one file of XML: Word's of 2003, Office's flat packages, OpenDocument's flat files.
enum MarkedUpMacros {
    /// Names of attributes and elements, which no reference can write otherwise, and values that writers use.
    private static let signs = [
        "vbaproject", "editdata.mso", "macrosheet", "library-embedded", "library-linked",
    ]

    static func answer(for bytes: UnsafeRawBufferPointer) -> MacroSearch.Answer {
        let text = foldedText(bytes)
        if signs.contains(where: { text.holdsAnywhere($0) }) { return .found }
        // Word says of every document whether it has some.
        if text.count(of: "macrospresent") > text.count(of: #"macrospresent="no""#) { return .found }
        // Declarations that are written with references say something else than they seem to.
        let mayBeDisguised =
            text.holdsAnywhere("binarydata") && text.holdsAnywhere("&#") || text.holdsAnywhere("<!entity")
        return mayBeDisguised ? .unknown(.ambiguous) : .none
    }

    /// ASCII letters in lower case, without the zeros that stand between them in UTF-16.
    static func foldedText(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        Array(bytes.lazy.filter { $0 != 0 }.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    }
}

extension [UInt8] {
    /// Whether an ASCII text stands somewhere.
    func holdsAnywhere(_ sign: String) -> Bool { count(of: sign, upTo: 1) > 0 }

    /// How often an ASCII text stands there.
    func count(of sign: String, upTo limit: Int = .max) -> Int {
        let sign = Array(sign.utf8)
        guard let first = sign.first, count >= sign.count else { return 0 }
        return withUnsafeBytes { bytes in
            var place = 0
            var times = 0
            while times < limit, let found = bytes[place...].firstIndex(of: first) {
                if bytes.holds(sign, at: found) { times += 1 }
                place = found + 1
            }
            return times
        }
    }
}
