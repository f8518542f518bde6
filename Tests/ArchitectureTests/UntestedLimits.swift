/// Bounds that no test names. The list may only become shorter: a test fails for what is on it without need.
enum UntestedLimits {
    /// By the type that declares them.
    static let all: [String: Set<String>] = [
        "BytecodeLimits": ["computedRows", "copiedStringBytes", "depth", "totals"],
        "CostLimits": ["attachments", "budget", "files", "parts", "recipients", "urls"],
        "SyntaxLimits": ["diagnosticsPerFile"],
        // Of what is shown or offered; beyond them nothing is decided otherwise.
        "DiagnosticLimits": ["bytesPerLine", "columnsPerLine"],
        "EditorLimits": [
            "checkDelay", "completions", "contextBytes", "drainSeconds", "frameHeaderBytes", "immediateCheckBytes",
            "messageBytes",
            "messageNesting", "workspaceSymbols",
        ],
        "MailLimits": ["pathBytes"],
        "ReportLimits": ["lineBytes"],
        "SieveLimits": ["checks"],
        // Of a search for a proof; beyond them less is known, which the comparison says.
        "ComparisonLimits": [
            "conflicts", "elements", "relatedPairs", "triedCases", "widenings", "witnessBytes", "witnessElements",
        ],
        // Held by the kernel.
        "WorkerLimits": ["addressSpace", "fileBytes", "openFiles", "processorSeconds"],
    ]
}
