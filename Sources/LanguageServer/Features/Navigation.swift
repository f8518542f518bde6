import Diagnostics
import Syntax
import Vocabulary

/// Where a name is declared and where it stands.
extension Session {
    func definition(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters) else { return .null }
        if let list = listFile(at: place) {
            let start = EditorPosition(line: 0, character: 0).json
            return ["uri": .string(DocumentURI.uri(list)), "range": ["start": start, "end": start]]
        }
        guard let (id, _) = place.view.symbol(at: place.offset, in: place.file) else { return .null }
        let declarations = place.view.declarations(of: id)
        return declarations.isEmpty ? .null : .array(declarations.map(location))
    }

    /// The file of `from file "…"` under the cursor.
    private func listFile(at place: Place) -> String? {
        for case .list(let node) in place.file.tree.declarations where node.span.contains(place.offset) {
            guard case .external(_, let text?) = node.contents, text.span.contains(place.offset),
                place.file.path.hasPrefix("/"), !text.value.hasPrefix("/"),
                !text.value.split(separator: "/").contains("..")
            else { continue }
            return DocumentURI.join(DocumentURI.folder(place.file.path), text.value)
        }
        return nil
    }

    func references(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters), let (id, _) = place.view.symbol(at: place.offset, in: place.file)
        else {
            return []
        }
        let withDeclaration = parameters["context"]?["includeDeclaration"]?.bool ?? true
        return .array(
            places(of: id, from: place).filter { withDeclaration || !$0.isDeclaration }.map(location))
    }

    /// The places of a symbol in the policy at hand and in every other open policy that takes in the same module.
    func places(of id: SymbolID, from place: Place) -> [SymbolPlace] {
        var places = place.view.places(of: id)
        guard case .name = id.space,
            let home = place.view.declaration(of: id.name, in: id.scope)?.file
                ?? (id.scope.isEmpty ? nil : place.view.files(of: id.scope).first)
        else { return places }
        var seen: [String: Set<Int>] = [:]
        for place in places { seen[place.file.path, default: []].insert(place.span.start) }
        for view in desk.openViews() where view.root != place.view.root {
            guard view.files.contains(where: { $0.path == home.path }) else { continue }
            let twin = SymbolID(space: .name, scope: view.scope(of: home), name: id.name)
            for other in view.places(of: twin)
            where seen[other.file.path, default: []].insert(other.span.start).inserted { places.append(other) }
        }
        return places
    }

    func highlights(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters) else { return [] }
        guard let (id, _) = place.view.symbol(at: place.offset, in: place.file) else {
            return .array(sameWords(place))
        }
        let here = place.view.places(of: id).filter { $0.file.path == place.file.path }
        return .array(
            here.map { ["range": place.file.range($0.span, encoding), "kind": $0.isDeclaration ? 3 : 2] })
    }

    /// Other places of the fact or word under the cursor.
    private func sameWords(_ place: Place) -> [JSON] {
        guard let mention = place.file.index.mention(at: place.offset) else { return [] }
        return place.file.index.mentions.filter { $0.text == mention.text && "\($0.role)" == "\(mention.role)" }
            .map { ["range": place.file.range($0.span, encoding), "kind": 1] }
    }

    // MARK: Renaming

    func prepareRename(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters) else { return .null }
        let (id, span) = try renamable(place)
        return ["range": place.file.range(span, encoding), "placeholder": .string(id.name)]
    }

    private func renamable(_ place: Place) throws(RequestFault) -> (id: SymbolID, span: SourceSpan) {
        if let declared = place.file.index.declared(at: place.offset), declared.kind == .policy {
            throw .refused("the policy's name is used nowhere else; change it in the text")
        }
        guard let (id, span) = place.view.symbol(at: place.offset, in: place.file) else {
            if let mention = place.file.index.mention(at: place.offset) {
                throw .refused("`\(mention.text)` is a word of the language and keeps its name")
            }
            throw .refused("there is no name here that could be changed")
        }
        if id.space == .module {
            throw .refused("a module is named for its file; rename the file, or give the import another `as`")
        }
        if id.space == .name, place.view.declaration(of: id.name, in: id.scope) == nil {
            throw .refused("nothing is called `\(id.name)`")
        }
        return (id, span)
    }

    func rename(_ parameters: JSON) throws(RequestFault) -> JSON {
        guard let place = try place(parameters), let name = parameters["newName"]?.string else {
            throw .parameters("`newName` is missing")
        }
        let (id, _) = try renamable(place)
        try Self.check(name, for: id, in: place.view)
        let places = places(of: id, from: place)
        for outside in places where !outside.file.path.hasPrefix("/") && desk.documents[outside.file.path] == nil {
            throw .refused("\(outside.file.path) cannot be changed")
        }
        var changes: [String: [JSON]] = [:]
        for place in places {
            let edit: JSON = ["range": place.file.range(place.span, encoding), "newText": .string(name)]
            changes[uri(place.file.path), default: []].append(edit)
        }
        return ["changes": .object(changes.mapValues(JSON.array))]
    }

    private static func check(_ name: String, for id: SymbolID, in view: ProjectView) throws(RequestFault) {
        guard LanguageWords.canBeName(name) else {
            throw .refused(
                LanguageWords.reserved.contains(name)
                    ? "`\(name)` is a word of the language"
                    : "a name is one word of letters, digits and hyphens, such as `no-clips`")
        }
        guard name != id.name else { return }
        switch id.space {
        case .name:
            if let other = view.declaration(of: name, in: id.scope) {
                throw .refused("`\(name)` is already the name of a \(other.declared.kind.phrase)")
            }
            if FactCatalogue.isTaken(name) { throw .refused("`\(name)` is the name of a fact") }
        case .binder:
            if FactCatalogue.isTaken(name) { throw .refused("`\(name)` is the name of a fact") }
        case .area, .label, .module: break
        }
    }
}

extension SourceSpan {
    func contains(_ offset: Int) -> Bool { start <= offset && offset <= end }
}
