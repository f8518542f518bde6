import Vocabulary

/// A piece of evidence in JSON, the same in decisions and in failed tests. Keys may be added at the end, never renamed.
enum EvidenceJSON {
    /// - Parameter path: where a file of the policy lies, as the output names it.
    static func members(_ evidence: Evidence, path: (String) -> String = { $0 }) -> [(String, OrderedJSON)] {
        let span = evidence.span
        return [
            ("fact", .string(evidence.fact)),
            ("part", .optional(evidence.part)),
            ("excerpt", .string(evidence.excerpt)),
            (
                "span",
                .object([
                    ("file", .string(path(span.file))), ("line", .number(span.line)),
                    ("column", .number(span.column)), ("length", .number(span.length)),
                ])
            ),
        ] + (evidence.raw.map { [("raw", .string($0))] } ?? []) + (evidence.words.map { [("words", words($0))] } ?? [])
    }

    private static func words(_ words: WordSum) -> OrderedJSON {
        .object([
            ("dictionary", .string(words.dictionary)),
            (
                "entries",
                .list(
                    words.entries.map { entry in
                        .object([
                            ("weight", .thousandths(entry.weight)), ("times", .number(entry.times)),
                            ("text", .string(entry.text)),
                        ])
                    })
            ),
            ("others", .number(words.others)), ("sum", .thousandths(words.sum)),
            ("threshold", .thousandths(words.threshold)),
        ])
    }
}
