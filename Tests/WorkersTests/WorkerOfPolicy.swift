import Compiler
import Foundation
import Lexical
import Testing
import Vocabulary
import Workers

/// The product's own worker with a policy, as the relay runs it.
struct WorkerOfPolicy {
    let pool: WorkerPool

    init(rules: String, language: String = "fr, en") throws {
        let policy = """
            policy acme {
                edition  1
                domains  "acme.example"
                networks "192.0.2.0/24"
                admin    "postmaster@acme.example"
                language \(language)
            }
            uninspectable { if unknown then defer }
            \(rules)

            """
        let result = PolicyCompiler(patterns: PatternLibrary()).compile(PolicyInMemory(policy))
        let bundle = try #require(result.bundle, "\(result.diagnostics.map(\.message))")
        pool = WorkerPool(executable: Self.executable, size: 1, bundle: bundle)
    }

    /// Beside the test bundle, where SwiftPM puts both.
    static var executable: String {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? own
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("lazaret-worker").path
    }

    /// Lines as they go over the wire.
    static func mail(_ lines: String...) -> [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }
}
