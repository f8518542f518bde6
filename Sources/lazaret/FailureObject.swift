import PolicyTesting

/// A command that programs read the JSON of: they find some there also where nothing could be done.
protocol PrintsJSON {
    /// Whether JSON was asked for, on standard output.
    var printsJSON: Bool { get }
}

/// What stands where results would, of a run that failed before the first.
enum FailureObject {
    /// - Parameter message: the same as on standard error.
    static func text(_ message: String, diagnostics: [String]) -> String {
        OrderedJSON.object([
            ("error", .string(message)), ("diagnostics", .list(diagnostics.map { .rendered($0) })),
        ]).compact
    }
}
