import Diagnostics

extension ParsedFile {
    func range(_ span: SourceSpan, _ encoding: PositionEncoding) -> JSON {
        [
            "start": position(span.start, encoding).json,
            "end": position(span.end, encoding).json,
        ]
    }

    func position(_ offset: Int, _ encoding: PositionEncoding) -> EditorPosition {
        lines.position(of: offset, in: source.bytes, encoding, counts: characters)
    }
}

extension Session {
    /// The URI of a path, as the editor itself writes it where the file is open.
    func uri(_ path: String) -> String { desk.documents[path]?.uri ?? DocumentURI.uri(path) }

    func location(_ place: SymbolPlace) -> JSON {
        ["uri": .string(uri(place.file.path)), "range": place.file.range(place.span, encoding)]
    }
}
