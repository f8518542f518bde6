import Vocabulary

/// What is odd about the names a content bears: they make a person, or a program that goes by names, take it for
/// something else than it is.
struct NameOddities {
    private(set) var anomalies: [NodeAnomaly] = []

    init(_ node: Node) {
        for name in node.names { check(name) }
        if Set(node.names.filter { !$0.contains("=?") }.map(Self.lastExtension).filter { !$0.isEmpty }).count > 1 {
            note("names-differ", "readers see names of different kinds for this part")
        }
        checkKind(node)
    }

    private mutating func note(_ name: String, _ sentence: String) {
        guard !anomalies.contains(where: { $0.name == name }) else { return }
        anomalies.append(
            NodeAnomaly(name: name, sentence: sentence, range: nil, isMalformed: false, isAmbiguous: false))
    }

    // MARK: One name

    private mutating func check(_ name: String) {
        var (latin, other) = (false, false)
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x202A...0x202E, 0x2066...0x2069:
                note("bidi-in-name", "a file name holds characters that turn the writing direction")
            case 0x200B...0x200F, 0x2060...0x2064, 0xFEFF, 0x00AD, 0x180E, 0x061C, 0x0000...0x001F, 0x007F:
                note("invisible-in-name", "a file name holds characters that are not shown")
            case 0x41...0x5A, 0x61...0x7A: latin = true
            case 0x0370...0x03FF, 0x0400...0x052F, 0xFF21...0xFF5A, 0x13A0...0x13FF: other = true
            case 0x20, 0x2D, 0x2E, 0x5F:
                if latin, other { break }
                (latin, other) = (false, false)
            case 0x2024, 0xFF0E, 0x3002: note("homoglyph-in-name", "a file name holds letters that look like others")
            default: break
            }
            if latin, other { note("homoglyph-in-name", "a file name holds letters that look like others") }
        }
        if name.contains("=?"), name.contains("?=") {
            note("encoded-word-in-name", "a file name is written as an encoded word, which not all readers undo")
        }
        checkExtension(name)
    }

    private mutating func checkExtension(_ name: String) {
        let last = Self.lastExtension(name)
        guard !last.isEmpty else { return }
        if name.last == "." || name.last?.isWhitespace == true || Self.isPadded(name) {
            note("padded-extension", "blanks or dots move a file name's extension out of sight")
        }
        let stem = NameExtension.removed(from: name)
        let before = Self.lastExtension(stem)
        let isProgram = FileType.withExtension(last).contains { $0.isUnder(.executable) || $0.isUnder(.script) }
        if isProgram, !before.isEmpty, !FileType.withExtension(before).isEmpty {
            note("double-extension", "a program's name ends like a document's before its own extension")
        }
    }

    /// Three blanks or more before the last dot.
    private static func isPadded(_ name: String) -> Bool {
        let stem = NameExtension.removed(from: name)
        return stem.reversed().prefix { $0.isWhitespace || $0 == "_" || $0 == "." }.count >= 3
            && stem.contains { !($0.isWhitespace || $0 == "_" || $0 == ".") }
    }

    /// What a system goes by, without what is not shown, in lower case; empty where there is none.
    static func lastExtension(_ name: String) -> String {
        let shown = String(String.UnicodeScalarView(name.unicodeScalars.filter { $0.value > 0x1F && !isHidden($0) }))
        return NameExtension.of(shown)?.lowercased() ?? ""
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        (0x200B...0x200F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
            || (0x2060...0x2069).contains(scalar.value) || scalar.value == 0xFEFF
    }

    // MARK: Against the content

    private mutating func checkKind(_ node: Node) {
        guard !node.types.isEmpty, node.types != [.unknown], node.role != .multipart else { return }
        for name in node.names {
            let meant = FileType.withExtension(Self.lastExtension(name))
            if !meant.isEmpty, !meant.contains(where: { Self.agrees($0, node.types) }) {
                note("type-against-name", "the content is of another kind than the file name says")
            }
        }
        let meant = node.declaredType.map(FileType.withMediaType) ?? []
        if !meant.isEmpty, !meant.contains(where: { Self.agrees($0, node.types) }) {
            note("type-against-declared", "the content is of another kind than it is declared as")
        }
    }

    private static func agrees(_ type: FileType, _ types: [FileType]) -> Bool {
        types.contains { $0.isSubtype(of: type) || type.isSubtype(of: $0) }
            || type.isUnder(.text) && types.allSatisfy { $0.isUnder(.text) && !$0.isUnder(.script) }
    }
}
