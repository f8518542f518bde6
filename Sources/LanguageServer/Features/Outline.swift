import Diagnostics
import Foundation
import Syntax

/// What stands in a file, in the order of its text; what the parser could not read is left out.
extension Session {
    func outline(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let file = desk.file(try path(parameters)) else { return [] }
        return .array(file.tree.declarations.compactMap { outline($0, file) })
    }

    private func outline(_ declaration: Declaration, _ file: ParsedFile) -> JSON? {
        let kind: Int
        var name = declaration.name?.text ?? ""
        var detail = declaration.name == nil ? "" : IndexBuilder.kind(of: declaration)?.phrase ?? ""
        var place = declaration.name?.span
        switch declaration {
        case .policy: kind = SymbolIcon.package
        case .importing(let node):
            kind = SymbolIcon.module
            name = node.module.text
            detail = "import"
            place = node.module.span
        case .parameter(let node):
            kind = SymbolIcon.variable
            detail = "parameter = " + file.source.text(node.value.span)
        case .list, .dictionary: kind = SymbolIcon.array
        case .define: kind = SymbolIcon.boolean
        case .setting, .score: kind = SymbolIcon.number
        case .area: kind = SymbolIcon.object
        case .uninspectable:
            kind = SymbolIcon.event
            name = "uninspectable"
        case .rule(let node):
            kind = SymbolIcon.function
            if let title = node.title { detail = title.value }
        case .exempt(let node):
            kind = SymbolIcon.interface
            detail = "exemption from " + node.targets.map { Self.words($0) }.joined(separator: ", ")
        case .template: kind = SymbolIcon.string
        case .test(let node):
            kind = SymbolIcon.method
            name = node.title.value
            detail = "test"
            place = node.title.span
        }
        let head =
            place ?? SourceSpan(file: declaration.span.file, start: declaration.span.start, end: declaration.span.start)
        return JSON.of([
            "name": .string(name.isEmpty ? "…" : name), "detail": detail.isEmpty ? nil : .string(detail),
            "kind": .int(kind), "range": file.range(declaration.span.joined(to: head), encoding),
            "selectionRange": file.range(head, encoding),
        ])
    }

    private static func words(_ target: ExemptDeclaration.Target) -> String {
        switch target {
        case .rule(let path): path.text
        case .label(let name): "label " + name.text
        case .unknown(let reason): "unknown " + reason.name.text
        }
    }

    /// Names of every open policy that hold the query's letters in their order.
    func workspaceSymbols(_ parameters: JSON) -> JSON {
        let query = parameters["query"]?.string ?? ""
        var found: [JSON] = []
        var seen: Set<String> = []
        for view in desk.openViews() {
            for file in view.files where seen.insert(file.path).inserted {
                for declared in file.index.declared where Fuzzy.matches(declared.name.text, query) {
                    guard found.count < limits.workspaceSymbols else { return .array(found) }
                    found.append([
                        "name": .string(declared.name.text), "kind": .int(SymbolIcon.of(declared.kind)),
                        "containerName": .string(DocumentURI.name(file.path)),
                        "location": [
                            "uri": .string(uri(file.path)), "range": file.range(declared.name.span, encoding),
                        ],
                    ])
                }
            }
        }
        return .array(found)
    }

    // MARK: Folding

    func folding(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let file = desk.file(try path(parameters)) else { return [] }
        var ranges: [JSON] = []
        func fold(_ span: SourceSpan, kind: String? = nil) {
            let first = file.lines.line(of: span.start)
            let last = file.lines.line(of: max(span.start, span.end - 1))
            guard last > first else { return }
            ranges.append(
                JSON.of(["startLine": .int(first), "endLine": .int(last), "kind": kind.map { .string($0) }]))
        }
        for declaration in file.tree.declarations {
            fold(declaration.span)
            if case .template(let node) = declaration { for version in node.versions { fold(version.span) } }
        }
        // A run of comment lines is one.
        var run: SourceSpan?
        var lastLine = -2
        for comment in file.tree.comments {
            let line = file.lines.line(of: comment.span.start)
            if line == lastLine + 1, let open = run {
                run = open.joined(to: comment.span)
            } else {
                if let run { fold(run, kind: "comment") }
                run = comment.span
            }
            lastLine = line
        }
        if let run { fold(run, kind: "comment") }
        return .array(ranges)
    }
}

/// The protocol's numbers for kinds of symbols.
enum SymbolIcon {
    static let module = 2
    static let package = 4
    static let method = 6
    static let interface = 11
    static let function = 12
    static let variable = 13
    static let string = 15
    static let number = 16
    static let boolean = 17
    static let array = 18
    static let object = 19
    static let event = 24

    static func of(_ kind: NameKind) -> Int {
        switch kind {
        case .policy: package
        case .parameter: variable
        case .group, .list, .dictionary: array
        case .define: boolean
        case .setting, .score: number
        case .area: object
        case .rule: function
        case .exemption: interface
        case .template: string
        }
    }
}

/// Which names a few typed letters may mean.
enum Fuzzy {
    /// Whether the letters stand in the name in their order, case aside.
    static func matches(_ name: String, _ letters: String) -> Bool {
        var rest = letters.utf8.makeIterator()
        var wanted = rest.next().map(lower)
        for byte in name.utf8 {
            guard let sought = wanted else { return true }
            if lower(byte) == sought { wanted = rest.next().map(lower) }
        }
        return wanted == nil
    }

    /// Whether the name begins with the letters, case aside.
    static func begins(_ name: String, _ letters: String) -> Bool {
        var bytes = name.utf8.makeIterator()
        for letter in letters.utf8 {
            guard let byte = bytes.next(), lower(byte) == lower(letter) else { return false }
        }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}
