import Diagnostics

extension ParsedFile {
    func range(_ span: SourceSpan, _ encoding: PositionEncoding) -> JSON {
        [
            "start": lines.position(of: span.start, in: source.bytes, encoding).json,
            "end": lines.position(of: span.end, in: source.bytes, encoding).json,
        ]
    }

    func position(_ offset: Int, _ encoding: PositionEncoding) -> EditorPosition {
        lines.position(of: offset, in: source.bytes, encoding)
    }
}

extension Session {
    /// The URI of a path, as the editor itself writes it where the file is open.
    func uri(_ path: String) -> String { desk.documents[path]?.uri ?? DocumentURI.uri(path) }

    func location(_ place: SymbolPlace) -> JSON {
        ["uri": .string(uri(place.file.path)), "range": place.file.range(place.span, encoding)]
    }
}
