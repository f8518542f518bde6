/// Which room may import what: the table of `docs/architecture.md`, as a test reads it.
///
/// A room that is missing here fails the test, so that nobody adds one without saying what it may know.
enum RoomTable {
    struct Row {
        var rooms: [String]
        var others: [String]

        init(_ rooms: [String] = [], others: [String] = []) {
            self.rooms = rooms
            self.others = others
        }
    }

    static let rows: [String: Row] = [
        "Diagnostics": Row(),
        "Vocabulary": Row(),
        "Syntax": Row(["Diagnostics"]),
        "Semantics": Row(["Syntax", "Vocabulary", "Diagnostics"]),
        "Cryptography": Row(others: ["CCrypto"]),
        "Bytecode": Row(["Vocabulary", "Cryptography"]),
        "Compiler": Row(["Bytecode", "Semantics", "Syntax", "Vocabulary", "Diagnostics"]),
        "Lexical": Row(["Vocabulary"], others: ["CVectorscan", "CPCRE2", "CICU"]),
        "Suffixes": Row(["Vocabulary"], others: ["CPSL"]),
        "Machine": Row(["Bytecode", "Vocabulary"]),
        "Archives": Row(others: ["CArchive", "CZlib", "CUDFRead", "CMSPack"]),
        "Message": Row(others: ["CGMime"]),
        "Connections": Row(["Vocabulary"], others: ["CDescriptors"]),
        "Engines": Row(["Connections", "Vocabulary", "Cryptography"], others: ["CClamAV", "CYara"]),
        "Inspection": Row(
            ["Message", "Archives", "Engines", "Lexical", "Vocabulary", "Cryptography"],
            others: ["CMagic", "CXML2", "CPoppler", "CTextCat", "CQPDF"]),
        "Evaluation": Row([
            "Machine", "Bytecode", "Inspection", "Message", "Engines", "Connections", "Lexical", "Suffixes",
            "Vocabulary",
        ]),
        "MailProtocols": Row(),
        "Enforcement": Row(["Message", "Vocabulary", "Cryptography"]),
        "Workers": Row(["Connections", "Cryptography", "Vocabulary"]),
        "Walls": Row(others: ["CSeccomp", "CLandlock"]),
        "Operation": Row(["Vocabulary"]),
        "Settings": Row(["Operation", "Vocabulary", "Diagnostics"], others: ["CTOML"]),
        "LanguageServer": Row(["Compiler", "Semantics", "Syntax", "Vocabulary", "Diagnostics"]),
        "PolicyDiff": Row(["Bytecode", "Vocabulary", "Diagnostics"], others: ["CCaDiCaL"]),
        "Acceptance": Row(["Bytecode", "Workers", "Cryptography", "Vocabulary"]),
        "PolicyTesting": Row([
            "Acceptance", "Bytecode", "Compiler", "PolicyDiff", "Suffixes", "Workers", "Vocabulary", "Diagnostics",
        ]),
        "SieveImport": Row(["Diagnostics"]),
        "Quarantine": Row(["MailProtocols", "Cryptography", "Vocabulary"], others: ["GRDB"]),
        "Relay": Row(
            ["MailProtocols", "Operation", "Quarantine", "Workers", "Bytecode", "Cryptography", "Vocabulary"],
            others: ["NIOCore", "NIOConcurrencyHelpers", "NIOPosix", "NIOSSL"]),
        "Administration": Row(
            ["Acceptance", "Operation", "Relay", "Quarantine", "Workers", "Cryptography", "Vocabulary"],
            others: ["Hummingbird", "HummingbirdCore", "HummingbirdTLS", "NIOCore"]),
        "lazaretd": Row(
            [
                "Administration", "Operation", "Relay", "Quarantine", "Settings", "Workers", "Cryptography",
                "Vocabulary", "Diagnostics",
            ],
            others: ["ArgumentParser"]),
        "lazaret": Row(
            [
                "Acceptance", "Compiler", "Bytecode", "Settings", "Cryptography", "LanguageServer", "PolicyDiff",
                "PolicyTesting",
                "SieveImport", "Workers",
                "Lexical", "Suffixes", "Syntax", "Vocabulary", "Diagnostics",
            ],
            others: ["ArgumentParser", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"]),
        "lazaret-worker": Row(["Evaluation", "Enforcement", "Message", "Connections", "Walls", "Workers", "Vocabulary"]
        ),
    ]

    /// What comes with the system and every room may use.
    static let system: Set<String> = ["Foundation", "Glibc", "Synchronization", "Swift", "Dispatch"]

    /// Rooms that open no file and no socket: what they need of either is handed in.
    static let withoutFiles = [
        "Diagnostics", "Vocabulary", "Syntax", "Semantics", "Cryptography", "Bytecode", "Compiler", "Lexical",
        "Suffixes",
        "Machine", "Archives", "Message", "Inspection", "Evaluation", "Enforcement", "PolicyDiff",
        "SieveImport", "MailProtocols", "Operation",
    ]

    /// The two security directions and their kin, each with the sentence that a breach is answered with.
    static let never: [(rooms: [String], imports: [String], sentence: String)] = [
        (
            ["Machine", "Evaluation", "Acceptance", "Relay", "lazaret-worker"], ["Syntax", "Semantics", "Compiler"],
            "the delivery path runs verified programs only"
        ),
        (
            ["Acceptance", "Relay", "Console", "lazaret", "lazaretd", "PolicyTesting", "Workers"],
            ["Message", "Archives", "Engines", "Inspection", "Evaluation", "Enforcement"],
            "hostile bytes are parsed in workers only"
        ),
        (["Syntax"], ["Vocabulary"], "the grammar knows no fact"),
        (["Semantics"], ["Inspection", "Message"], "checking a policy needs no message"),
        (["Quarantine"], ["Evaluation", "Relay"], "the quarantine holds, it does not judge"),
        (["Archives"], ["Message"], "an archive does not know that it came by mail"),
        (["lazaret-worker"], ["ArgumentParser"], "a worker takes no arguments"),
    ]

    static let forbiddenNames: Set<String> = ["Utils", "Utilities", "Common", "Core", "Helpers", "Shared", "Misc"]
}
