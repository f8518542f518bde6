import Diagnostics
import Semantics
import Syntax

/// What a name is, whoever writes it: the key by which places of one thing are brought together.
struct SymbolID: Hashable, Sendable {
    enum Space: Hashable, Sendable {
        /// Names and parameters, which share one space.
        case name
        case area
        case label
        case module
        /// An element bound by `as`, by the place of its name.
        case binder(Int)
    }

    let space: Space
    /// The module that declares it, `""` for the policy; areas, labels and modules are everybody's.
    let scope: String
    let name: String
}

/// A place of a symbol.
struct SymbolPlace: Sendable {
    let file: ParsedFile
    /// The symbol's own name, without a module's prefix.
    let span: SourceSpan
    let isDeclaration: Bool
}

/// The files that can speak of each other: a policy's own and the modules it imports, with those that these import; or one
/// file by itself.
struct ProjectView: Sendable {
    struct Module: Sendable {
        let name: String
        let file: ParsedFile
    }

    let root: String
    let own: [ParsedFile]
    let modules: [Module]
    /// By scope: dotted names of modules by the prefix that it gives them.
    private let prefixes: [String: [String: String]]
    /// By path: the module that a file is.
    private let scopes: [String: String]

    init(root: String, own: [ParsedFile], modules: [Module]) {
        self.root = root
        self.own = own
        self.modules = modules
        var prefixes: [String: [String: String]] = [:]
        for (scope, file) in own.map({ ("", $0) }) + modules.map({ ($0.name, $0.file) }) {
            for entry in file.index.imports { prefixes[scope, default: [:]][entry.prefix.text] = entry.module }
        }
        self.prefixes = prefixes
        scopes = Dictionary(modules.map { ($0.file.path, $0.name) }) { first, _ in first }
    }

    var files: [ParsedFile] { own + modules.map(\.file) }

    func scope(of file: ParsedFile) -> String { scopes[file.path] ?? "" }

    /// The modules whose names a scope can write, with the prefix of each: `all`, and behind it `all.media`. The nearest
    /// first; bounded as the checker bounds imports, so that a circle comes to an end.
    func imported(into scope: String) -> [(prefix: String, module: String)] {
        var found: [(prefix: String, module: String)] = []
        var level = [(prefix: "", module: scope)]
        let bounds = SemanticsLimits()
        for _ in 0..<bounds.importDepth {
            var inner: [(prefix: String, module: String)] = []
            for importer in level {
                for (word, module) in (prefixes[importer.module] ?? [:]).sorted(by: { $0.key < $1.key }) {
                    guard found.count < bounds.modules else { return found }
                    inner.append((importer.prefix.isEmpty ? word : importer.prefix + "." + word, module))
                    found.append(inner[inner.count - 1])
                }
            }
            level = inner
        }
        return found
    }

    /// What the first words of a name stand for: `all` and `media` of `all.media.clips`, if they are prefixes.
    private func modules(before mention: Mention, in scope: String) -> [String] {
        var passed: [String] = []
        for word in mention.segments.dropLast() {
            guard let module = prefixes[passed.last ?? scope]?[word.text] else { break }
            passed.append(module)
        }
        return passed
    }

    func files(of scope: String) -> [ParsedFile] {
        scope.isEmpty ? own : modules.filter { $0.name == scope }.map(\.file)
    }

    // MARK: What a place means

    /// The symbol at an offset and the place of its name there.
    func symbol(at offset: Int, in file: ParsedFile) -> (id: SymbolID, span: SourceSpan)? {
        if let declared = file.index.declared(at: offset) {
            return (id(of: declared, in: file), declared.name.span)
        }
        guard let mention = file.index.mention(at: offset) else { return nil }
        // On the prefix of `media.clips` the module is meant.
        if case .name = mention.role {
            for (word, module) in zip(mention.segments, modules(before: mention, in: scope(of: file)))
            where offset <= word.span.end { return (SymbolID(space: .module, scope: "", name: module), word.span) }
        }
        return symbol(of: mention, in: file)
    }

    func id(of declared: DeclaredName, in file: ParsedFile) -> SymbolID {
        declared.kind == .area
            ? SymbolID(space: .area, scope: "", name: declared.name.text)
            : SymbolID(space: .name, scope: scope(of: file), name: declared.name.text)
    }

    /// What a mention means, with the place of the name that a renaming would change.
    func symbol(of mention: Mention, in file: ParsedFile) -> (id: SymbolID, span: SourceSpan)? {
        let scope = scope(of: file)
        guard let first = mention.segments.first, let last = mention.segments.last else { return nil }
        switch mention.role {
        case .fact, .symbol, .fileType, .elements, .adjective, .reason, .direction: return nil
        case .binder(let name):
            return (SymbolID(space: .binder(name.span.start), scope: file.path, name: name.text), first.span)
        case .label: return (SymbolID(space: .label, scope: "", name: mention.text), last.span)
        case .module: return (SymbolID(space: .module, scope: "", name: mention.text), mention.span)
        case .alias:
            return prefixes[scope]?[mention.text].map { (SymbolID(space: .module, scope: "", name: $0), mention.span) }
        case .argument(let module): return (SymbolID(space: .name, scope: module, name: mention.text), last.span)
        case .area:
            let isParameter = file.index.declaration(of: mention.text)?.kind == .parameter
            return isParameter
                ? (SymbolID(space: .name, scope: scope, name: mention.text), last.span)
                : (SymbolID(space: .area, scope: "", name: mention.text), last.span)
        case .name:
            let passed = modules(before: mention, in: scope)
            if let module = passed.last {
                let rest = mention.segments.dropFirst(passed.count)
                let name = rest.map(\.text).joined(separator: ".")
                return (
                    SymbolID(space: .name, scope: module, name: name), rest[rest.startIndex].span.joined(to: last.span)
                )
            }
            if declaration(of: mention.text, in: scope) == nil, isArea(mention.text) {
                return (SymbolID(space: .area, scope: "", name: mention.text), mention.span)
            }
            return (SymbolID(space: .name, scope: scope, name: mention.text), mention.span)
        }
    }

    private func isArea(_ name: String) -> Bool {
        files.contains { file in
            file.index.areas[name] != nil
                || file.index.mentions.contains {
                    if case .area = $0.role { $0.segments[0].text == name } else { false }
                }
        }
    }

    // MARK: Places

    func declaration(of name: String, in scope: String) -> (file: ParsedFile, declared: DeclaredName)? {
        for file in files(of: scope) { if let found = file.index.declaration(of: name) { return (file, found) } }
        return nil
    }

    /// Where a symbol is declared; a label is so at its first rule, an area without declaration nowhere.
    func declarations(of id: SymbolID) -> [SymbolPlace] {
        switch id.space {
        case .name:
            return declaration(of: id.name, in: id.scope).map {
                [SymbolPlace(file: $0.file, span: $0.declared.name.span, isDeclaration: true)]
            } ?? []
        case .area:
            return files.compactMap { file in
                file.index.areas[id.name].map {
                    SymbolPlace(file: file, span: file.index.declared[$0].name.span, isDeclaration: true)
                }
            }
        case .label: return Array(places(of: id).prefix(1))
        case .module:
            return modules.filter { $0.name == id.name }.map {
                SymbolPlace(
                    file: $0.file, span: SourceSpan(file: $0.file.source.id, start: 0, end: 0), isDeclaration: true)
            }
        case .binder(let start):
            return places(of: id).filter { $0.span.start == start }
        }
    }

    /// Every place of a symbol, declarations too, by file and offset.
    func places(of id: SymbolID) -> [SymbolPlace] {
        var places: [SymbolPlace] = []
        for file in files {
            if case .binder = id.space, file.path != id.scope { continue }
            var found: [SymbolPlace] = []
            for declared in file.index.declared where declared.name.text == id.name {
                guard declared.kind != .policy, self.id(of: declared, in: file) == id else { continue }
                found.append(SymbolPlace(file: file, span: declared.name.span, isDeclaration: true))
            }
            let sought = id.name.split(separator: ".").last.map(String.init) ?? id.name
            for mention in file.index.mentions {
                guard
                    id.space == .module || mention.segments.last?.text == sought || mention.segments[0].text == sought,
                    let meant = symbol(of: mention, in: file), meant.id == id
                else { continue }
                found.append(SymbolPlace(file: file, span: meant.span, isDeclaration: false))
            }
            places += found.sorted { $0.span.start < $1.span.start }
        }
        return places
    }
}
