/// Bounds that no test names. The list may only become shorter: a test fails for what is on it without need.
enum UntestedLimits {
    /// By the type that declares them.
    static let all: [String: Set<String>] = [
        // Met by golden policies or samples that have the number itself.
        "AreaLimits": ["longestKeep", "shortestKeep", "usualKeep"],
        "BytecodeLimits": ["computedRows", "copiedStringBytes", "depth", "totals"],
        "CostLimits": ["attachments", "budget", "files", "parts", "recipients", "urls"],
        "ConfigurationLimits": ["mostBytes", "mostSeconds"],
        "EvidenceLimits": ["excerptBytes", "piecesOfRule"],
        "MatchLimits": ["countedMatches", "neighbourWords"],
        "ObservationLimits": ["findingsOfRule", "findingsOfValue"],
        "SemanticsLimits": [
            "defineChain", "expandedTests", "expressionDepth", "importDepth", "listBytes", "quantifierNesting",
        ],
        "SyntaxLimits": ["diagnosticsPerFile"],
        "WrittenTextLimits": ["fieldBytes", "logBytes", "noticeTextBytes", "refusalBytes"],
        // Of what is shown or offered; beyond them nothing is decided otherwise.
        "DiagnosticLimits": ["bytesPerLine", "columnsPerLine"],
        "EditorLimits": [
            "checkDelay", "completions", "contextBytes", "drainSeconds", "frameHeaderBytes", "immediateCheckBytes",
            "messageBytes",
            "messageNesting", "workspaceSymbols",
        ],
        "MailLimits": ["pathBytes", "separatorBytes"],
        "ReportLimits": ["lineBytes"],
        "SieveLimits": ["checks"],
        // Of a search for a proof; beyond them less is known, which the comparison says.
        "ComparisonLimits": [
            "conflicts", "elements", "relatedPairs", "triedCases", "widenings", "witnessBytes", "witnessElements",
        ],
        // Held by the kernel, by libclamav or by PCRE2.
        "ClamAVLimits": ["files", "milliseconds"],
        "LexicalLimits": ["heapKibibytes", "scannedExpansion", "stackBytes"],
        "WorkerLimits": [
            "addressSpace", "complaintBytes", "fileBytes", "openFiles", "processorSeconds", "replyBytes",
        ],
        // Of looks that are repeated by other means.
        "ArchiveLimits": ["badHeaders"],
        "EngineSettingsLimits": ["largestAntivirus", "largestEmbedded", "largestSpam", "seconds"],
        "FileTypingLimits": ["compoundEntries", "compoundStreams", "magicBytes", "zipBytes"],
        "InspectionLimits": ["contentBytes"],
        "LanguageLimits": ["leadDivisor"],
        "PasswordLimits": ["subjectBytes"],
        "StyleLimits": ["attributeBytes", "classes", "compounds", "valueBytes"],
    ]
}
