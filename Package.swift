// swift-tools-version: 6.2
import PackageDescription

/// A C library as Debian ships it: a module map and a small shim, imported by exactly one Swift target.
func cLibrary(_ name: String, pkgConfig: String?, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// Set by `make fuzz`: the rooms are instrumented, and the fuzzer takes the place of the tests of its functions.
let isFuzzing = Context.environment["LAZARET_FUZZ"] == "1"
let instrumented: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])] : []

/// A room of the house. What it may import is written here and checked again by `ArchitectureTests`.
func room(_ name: String, imports: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: instrumented)
}

func tests(of name: String, imports: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "TestSupport"] + imports,
        exclude: exclude)
}

/// What the fuzzer calls, `Fuzzing/Targets`, belongs to one target: to the fuzzer, or to the tests that replay its corpus.
let fuzzed: [Target.Dependency] = [
    "Archives", "Bytecode", "Compiler", "Settings", "Connections", "Diagnostics", "Engines", "Evaluation",
    "Inspection",
    "LanguageServer", "Lexical", "Machine", "MailProtocols", "Message", "Semantics", "SieveImport", "Suffixes",
    "Syntax", "Vocabulary", "Workers",
]
let fuzzing: Target =
    isFuzzing
    ? .executableTarget(
        name: "lazaret-fuzz", dependencies: fuzzed, path: "Fuzzing", exclude: ["Corpus", "Replay"],
        swiftSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])],
        // The linker that Swift takes otherwise breaks off over the tables of coverage.
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
    : .testTarget(name: "FuzzingTests", dependencies: fuzzed, path: "Fuzzing", exclude: ["Corpus", "Driver"])

let package = Package(
    name: "Lazaret",
    products: [
        .executable(name: "lazaret", targets: ["lazaret"]),
        .executable(name: "lazaretd", targets: ["lazaretd"]),
        .executable(name: "lazaret-worker", targets: ["lazaret-worker"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // C libraries.
        cLibrary("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        cLibrary("CVectorscan", pkgConfig: "libhs", apt: "libvectorscan-dev"),
        cLibrary("CPCRE2", pkgConfig: "libpcre2-8", apt: "libpcre2-dev"),
        cLibrary("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
        cLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        cLibrary("CUDFRead", pkgConfig: "libudfread", apt: "libudfread-dev"),
        cLibrary("CGMime", pkgConfig: "gmime-3.0", apt: "libgmime-3.0-dev"),
        cLibrary("CMagic", pkgConfig: "libmagic", apt: "libmagic-dev"),
        cLibrary("CXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        cLibrary("CQPDF", pkgConfig: "libqpdf", apt: "libqpdf-dev"),
        cLibrary("CPoppler", pkgConfig: "poppler-glib", apt: "libpoppler-glib-dev"),
        cLibrary("CTextCat", pkgConfig: "libexttextcat", apt: "libexttextcat-dev"),
        cLibrary("CPSL", pkgConfig: "libpsl", apt: "libpsl-dev"),
        cLibrary("CClamAV", pkgConfig: "libclamav", apt: "libclamav-dev"),
        cLibrary("CSeccomp", pkgConfig: "libseccomp", apt: "libseccomp-dev"),
        // Of the system's own: nothing to link.
        cLibrary("CDescriptors", pkgConfig: nil, apt: "libc6-dev"),
        cLibrary("CLandlock", pkgConfig: nil, apt: "linux-libc-dev"),
        cLibrary("CYara", pkgConfig: "yara", apt: "libyara-dev"),
        // Debian ships no description of it for pkg-config; the module map names what to link.
        cLibrary("CCaDiCaL", pkgConfig: nil, apt: "libcadical-dev"),

        // ICU's headers cannot be imported beside Foundation, so its functions stand behind a C target of ours.
        .target(
            name: "CICU", path: "Sources/C/CICU",
            linkerSettings: [.linkedLibrary("icui18n"), .linkedLibrary("icuuc")]),

        // libmspack calls back for every read; one of its callbacks takes a variable list, which Swift can't give.
        .target(name: "CMSPack", path: "Sources/C/CMSPack", linkerSettings: [.linkedLibrary("mspack")]),

        // toml++ is C++: its headers stand behind a target of ours that speaks C.
        .target(name: "CTOML", path: "Sources/C/CTOML"),

        // The language.
        room("Diagnostics"),
        room("Vocabulary"),
        room("Syntax", imports: ["Diagnostics"]),
        room("Semantics", imports: ["Syntax", "Vocabulary", "Diagnostics"]),
        room("Cryptography", imports: ["CCrypto"]),
        room("Bytecode", imports: ["Vocabulary", "Cryptography"]),
        room("Compiler", imports: ["Bytecode", "Semantics", "Syntax", "Vocabulary", "Diagnostics"]),
        room("Lexical", imports: ["Vocabulary", "CVectorscan", "CPCRE2", "CICU"]),
        room("Suffixes", imports: ["Vocabulary", "CPSL"]),
        room("Machine", imports: ["Bytecode", "Vocabulary"]),

        // The message.
        room("Archives", imports: ["CArchive", "CZlib", "CUDFRead", "CMSPack"]),
        room("Message", imports: ["CGMime"]),
        room("Connections", imports: ["Vocabulary", "CDescriptors"]),
        room("Engines", imports: ["Connections", "Vocabulary", "Cryptography", "CClamAV", "CYara"]),
        room(
            "Inspection",
            imports: [
                "Message", "Archives", "Engines", "Lexical", "Vocabulary", "Cryptography", "CMagic", "CXML2",
                "CPoppler",
                "CTextCat", "CQPDF",
            ]),
        room(
            "Evaluation",
            imports: [
                "Machine", "Bytecode", "Inspection", "Message", "Engines", "Connections", "Lexical", "Suffixes",
                "Vocabulary",
            ]),

        // The wire.
        room("MailProtocols"),

        room("Enforcement", imports: ["Message", "Vocabulary", "Cryptography"]),

        // The desk.
        room("SieveImport", imports: ["Diagnostics"]),
        room("Workers", imports: ["Connections", "Cryptography", "Vocabulary"]),
        room("Walls", imports: ["CSeccomp", "CLandlock"]),
        room("Settings", imports: ["Operation", "Vocabulary", "Diagnostics", "CTOML"]),
        room("LanguageServer", imports: ["Compiler", "Semantics", "Syntax", "Vocabulary", "Diagnostics"]),
        room("PolicyDiff", imports: ["Bytecode", "Vocabulary", "Diagnostics", "CCaDiCaL"]),
        room("Acceptance", imports: ["Bytecode", "Workers", "Cryptography", "Vocabulary"]),
        room(
            "PolicyTesting",
            imports: [
                "Acceptance", "Bytecode", "Compiler", "PolicyDiff", "Suffixes", "Workers", "Vocabulary", "Diagnostics",
            ]),

        // The relay.
        room("Operation", imports: ["Vocabulary"]),
        room(
            "Quarantine",
            imports: [
                "MailProtocols", "Cryptography", "Vocabulary", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        room(
            "Relay",
            imports: [
                "MailProtocols", "Operation", "Quarantine", "Workers", "Bytecode", "Cryptography", "Vocabulary",
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        room(
            "Administration",
            imports: [
                "Acceptance", "Operation", "Relay", "Quarantine", "Workers", "Cryptography", "Vocabulary",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
            ]),

        .executableTarget(
            name: "lazaretd",
            dependencies: [
                "Administration", "Operation", "Relay", "Quarantine", "Settings", "Workers", "Cryptography",
                "Vocabulary", "Diagnostics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "lazaret",
            dependencies: [
                "Acceptance", "Compiler", "Bytecode", "Settings", "LanguageServer", "PolicyDiff", "PolicyTesting",
                "Workers",
                "Cryptography", "Lexical", "SieveImport", "Suffixes", "Syntax", "Vocabulary", "Diagnostics",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .executableTarget(
            name: "lazaret-worker",
            dependencies: ["Evaluation", "Enforcement", "Message", "Connections", "Walls", "Workers", "Vocabulary"]),

        // Benchmarks, with the peers they are held against in one process.
        .target(name: "Peers", dependencies: ["CGMime", "CVectorscan", "CZlib"], path: "Benchmarks/Peers"),
        .executableTarget(
            name: "lazaret-bench",
            dependencies: [
                "Bytecode", "Compiler", "Engines", "Evaluation", "Inspection", "Lexical", "Machine", "Message",
                "PolicyDiff", "PolicyTesting", "Semantics", "Suffixes", "Vocabulary", "Peers",
            ],
            path: "Benchmarks/lazaret-bench"),

        // Tests.
        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(
            name: "CTestTLS", path: "Tests/CTestTLS", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
        .target(name: "RelaySupport", dependencies: ["CTestTLS"], path: "Tests/RelaySupport"),
        tests(of: "Diagnostics"),
        tests(of: "Vocabulary"),
        tests(of: "Syntax", imports: ["Diagnostics"], exclude: ["Golden", "Samples"]),
        tests(
            of: "Semantics", imports: ["Syntax", "Vocabulary", "Diagnostics", "Lexical"],
            exclude: ["Golden", "Mistakes"]),
        tests(of: "Suffixes", imports: ["Vocabulary"]),
        tests(of: "Cryptography"),
        tests(of: "Bytecode", imports: ["Vocabulary", "Compiler", "Lexical", "Cryptography"]),
        tests(
            of: "Compiler", imports: ["Bytecode", "Semantics", "Syntax", "Vocabulary", "Diagnostics", "Lexical"],
            exclude: ["Golden"]),
        tests(of: "Lexical", imports: ["Vocabulary"]),
        tests(
            of: "Machine",
            imports: [
                "Bytecode", "Compiler", "PolicyDiff", "Semantics", "Suffixes", "Syntax", "Vocabulary", "Diagnostics",
                "Lexical",
            ]),
        tests(of: "PolicyDiff", imports: ["Bytecode", "Compiler", "Lexical", "Vocabulary"]),
        tests(of: "Archives"),
        tests(of: "Message"),
        tests(of: "Connections", imports: ["Vocabulary", "CDescriptors"]),
        tests(of: "MailProtocols", imports: ["RelaySupport"]),
        tests(
            of: "Quarantine",
            imports: ["MailProtocols", "Cryptography", "Vocabulary", .product(name: "GRDB", package: "GRDB.swift")]),
        tests(
            of: "Relay",
            imports: [
                "MailProtocols", "Operation", "Quarantine", "RelaySupport", "Workers", "Compiler", "Semantics",
                "Lexical", "Cryptography", "Vocabulary",
            ]),
        .testTarget(name: "RelaySupportTests", dependencies: ["RelaySupport"]),
        tests(of: "Engines", imports: ["Connections", "Vocabulary"]),
        tests(of: "Inspection", imports: ["Message", "Archives", "Engines", "Lexical", "Vocabulary"]),
        tests(
            of: "Evaluation",
            imports: [
                "Inspection", "Suffixes", "Machine", "Bytecode", "Compiler", "Lexical", "Message", "Engines",
                "Vocabulary",
            ]),
        tests(
            of: "Enforcement",
            imports: ["Evaluation", "Compiler", "Lexical", "Message", "Vocabulary"], exclude: ["Golden"]),
        tests(of: "SieveImport", imports: ["Compiler", "Lexical", "Syntax", "Diagnostics"], exclude: ["Golden"]),
        tests(of: "Workers", imports: ["Compiler", "Lexical", "Vocabulary", "lazaret-worker"]),
        .target(name: "CWallProbe", dependencies: ["CSeccomp"], path: "Tests/CWallProbe"),
        .executableTarget(
            name: "wall-probe", dependencies: ["Walls", "Workers", "Connections", "Vocabulary", "CWallProbe"],
            path: "Tests/WallProbe"),
        tests(of: "Walls", imports: ["Vocabulary", "Workers", "wall-probe", "lazaret-worker"]),
        tests(
            of: "Administration",
            imports: [
                "Acceptance", "Cryptography", "StandInRelay", "Operation", "Vocabulary",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        tests(of: "Operation", imports: ["Vocabulary"]),
        tests(of: "Settings", imports: ["Operation", "Vocabulary"]),
        tests(
            of: "Acceptance",
            imports: ["Bytecode", "Compiler", "Cryptography", "Lexical", "Vocabulary", "Workers"]),
        .target(
            name: "StandInRelay",
            dependencies: [
                "Acceptance", "Administration", "Cryptography", "Workers",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/StandInRelay"),
        tests(
            of: "PolicyTesting",
            imports: ["PolicyDiff", "Compiler", "Bytecode", "Workers", "Lexical", "Vocabulary", "Diagnostics"]),
        tests(
            of: "LanguageServer", imports: ["Lexical", "Syntax", "Vocabulary", "Diagnostics"],
            exclude: ["Golden", "Grammars/recognise.js", "Grammars/conflicts.js"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "TestSupport", "Acceptance", "Administration", "Cryptography", "PolicyTesting", "StandInRelay",
                "Workers",
                "lazaret", "lazaret-worker", .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            exclude: ["Comparisons", "extension.js"]),
        .testTarget(
            name: "DaemonTests", dependencies: ["TestSupport", "RelaySupport", "lazaretd", "lazaret", "lazaret-worker"]),
        .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"]),
        fuzzing,
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
