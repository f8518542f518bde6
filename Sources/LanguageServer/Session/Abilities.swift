/// What the editor said it can do.
struct ClientAbilities {
    var snippets = false
    var markdown = false

    init() {}

    init(_ capabilities: JSON?) {
        let document = capabilities?["textDocument"]
        snippets = document?["completion"]?["completionItem"]?["snippetSupport"]?.bool ?? false
        markdown = document?["hover"]?["contentFormat"]?.array?.contains("markdown") ?? false
    }
}

extension Session {
    typealias Feature = @Sendable (Session, JSON) throws(RequestFault) -> JSON

    /// The requests that are answered, by method.
    static let features: [String: Feature] = [
        "textDocument/completion": { session, json throws(RequestFault) in try session.completion(json) },
        "textDocument/hover": { session, json throws(RequestFault) in try session.hover(json) },
        "textDocument/definition": { session, json throws(RequestFault) in try session.definition(json) },
        "textDocument/references": { session, json throws(RequestFault) in try session.references(json) },
        "textDocument/documentHighlight": { session, json throws(RequestFault) in try session.highlights(json) },
        "textDocument/prepareRename": { session, json throws(RequestFault) in try session.prepareRename(json) },
        "textDocument/rename": { session, json throws(RequestFault) in try session.rename(json) },
        "textDocument/documentSymbol": { session, json throws(RequestFault) in try session.outline(json) },
        "workspace/symbol": { session, json throws(RequestFault) in session.workspaceSymbols(json) },
        "textDocument/foldingRange": { session, json throws(RequestFault) in try session.folding(json) },
        "textDocument/formatting": { session, json throws(RequestFault) in try session.formatting(json) },
        "textDocument/rangeFormatting": { session, json throws(RequestFault) in try session.formatting(json) },
        "textDocument/codeAction": { session, json throws(RequestFault) in try session.codeActions(json) },
        "textDocument/inlayHint": { session, json throws(RequestFault) in try session.inlayHints(json) },
        "textDocument/semanticTokens/full": { session, json throws(RequestFault) in try session.semanticTokens(json) },
    ]

    func initialize(_ parameters: JSON) -> JSON {
        client = ClientAbilities(parameters["capabilities"])
        let offered = parameters["capabilities"]?["general"]?["positionEncodings"]?.array ?? []
        // The first the editor offers that is known here; without an offer the protocol's own.
        encoding = offered.lazy.compactMap { $0.string.flatMap(PositionEncoding.init) }.first ?? .utf16
        let legend: JSON = [
            "tokenTypes": .array(SemanticTokenKind.allCases.map { .string($0.rawValue) }),
            "tokenModifiers": ["declaration", "defaultLibrary"],
        ]
        let capabilities: JSON = [
            "positionEncoding": .string(encoding.rawValue),
            "textDocumentSync": ["openClose": true, "change": 2, "save": true],
            "completionProvider": ["triggerCharacters": [".", "{", "(", "\"", " "], "resolveProvider": false],
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": ["prepareProvider": true],
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "codeActionProvider": ["codeActionKinds": ["quickfix", "source.fixAll.lazaret"]],
            "inlayHintProvider": true,
            "semanticTokensProvider": ["legend": legend, "full": true],
        ]
        return ["capabilities": capabilities, "serverInfo": ["name": "lazaret", "version": .string(version)]]
    }

    // MARK: Parameters

    func path(_ parameters: JSON) throws(RequestFault) -> String {
        guard let uri = parameters["textDocument"]?["uri"]?.string else {
            throw .parameters("`textDocument.uri` is missing")
        }
        return DocumentURI.path(uri)
    }

    func position(_ parameters: JSON) throws(RequestFault) -> EditorPosition {
        guard let position = EditorPosition(parameters["position"]) else { throw .parameters("`position` is missing") }
        return position
    }

    /// A place in a file as it is now, with the policy around it.
    struct Place {
        let view: ProjectView
        let file: ParsedFile
        let offset: Int
    }

    func place(_ parameters: JSON) throws(RequestFault) -> Place? {
        let path = try path(parameters)
        let position = try position(parameters)
        guard let file = desk.file(path) else { return nil }
        let offset = file.lines.offset(of: position, in: file.source.bytes, encoding)
        return Place(view: desk.view(of: path), file: file, offset: offset)
    }
}
