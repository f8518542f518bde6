import Compiler
import Diagnostics
import Foundation
import Suffixes
import Vocabulary

/// A policy taken through the compiler: what it says of it, the bundle, and the tests.
public struct PolicyBuild {
    public let diagnostics: [Diagnostic]
    /// `nil` when there are errors.
    public let bundle: [UInt8]?
    /// `nil` when there are errors.
    public let summary: ProgramSummary?
    /// With their mails' paths on disk.
    public let tests: [PolicyTest]
    /// With the paths an author can open.
    public let sources: SourceSet
    /// Those of the sources that lie in the policy's own folder, not in a module.
    public let ownFiles: [SourceFile]
    /// The tests of its conditions; none when there are errors.
    public let clauses: PolicyClauses
    /// With the paths inside the policy, as places have them.
    private let inside: SourceSet

    /// Compiles the policy.
    public init(_ folder: PolicyFolder, patterns: any PatternChecker) {
        let result = PolicyCompiler(patterns: patterns, suffixes: SuffixLibrary()).compile(FilesOnDisk(folder: folder))
        diagnostics = result.diagnostics
        bundle = result.bundle
        summary = result.summary
        tests = result.tests.map { Self.onDisk($0, folder) }
        sources = SourceSet(
            result.sources.files.map { SourceFile(id: $0.id, path: folder.shownPath($0.path), bytes: $0.bytes) })
        clauses = result.clauses
        inside = result.sources
        let own = Set(folder.files.map { folder.shownPath($0.path) })
        ownFiles = sources.files.filter { own.contains($0.path) }
    }

    /// The span of a place, in `sources`.
    public func span(of place: SourcePlace) -> SourceSpan { inside.span(of: place) }

    /// The file of a path as places have it.
    func file(_ path: String) -> SourceFile? {
        inside.files.first { $0.path == path }.flatMap { sources[$0.id] }
    }

    /// Where a path as places have it lies on disk.
    func shownPath(_ path: String) -> String { file(path)?.path ?? path }

    /// The text of a place on one line, cut where it is long.
    public func text(of place: SourcePlace) -> String {
        let span = span(of: place)
        let text = sources[span.file]?.text(span) ?? ""
        return Excerpt.of(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    public var errors: Int { diagnostics.filter { $0.severity == .error }.count }
    public var warnings: Int { diagnostics.filter { $0.severity == .warning }.count }

    /// The diagnostics for people, without a line end at the end; empty when there are none.
    public func text(coloured: Bool) -> String {
        guard !diagnostics.isEmpty else { return "" }
        var text = TextRenderer(sources: sources, coloured: coloured).render(diagnostics)
        while text.last == "\n" { text.removeLast() }
        return text
    }

    /// The diagnostics as JSON objects.
    public var objects: [String] {
        let renderer = JSONRenderer(sources: sources)
        return diagnostics.map(renderer.object)
    }

    /// A test with its mail's path on disk: it is relative to the file that holds the test.
    private static func onDisk(_ test: PolicyTest, _ folder: PolicyFolder) -> PolicyTest {
        let file = folder.shownPath(test.place.file)
        let place = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        var found = test
        found.mail = test.mail.hasPrefix("/") ? test.mail : place + test.mail
        return found
    }
}

/// Hands the files of a folder to the compiler, which reads none itself.
private struct FilesOnDisk: PolicySources {
    let folder: PolicyFolder

    var policyFiles: [PolicyFile] { folder.files.map { PolicyFile(path: $0.path, bytes: $0.bytes) } }

    func module(_ path: [String]) -> PolicyFile? {
        folder.module(path).map { PolicyFile(path: $0.path, bytes: $0.bytes) }
    }

    var moduleNames: [String] { folder.moduleNames }

    var publicSuffixes: [UInt8]? { folder.publicSuffixes }

    func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
        try folder.list(path, namedIn: file.path, atMost: most)
    }

    func hasMail(_ path: String, namedIn file: PolicyFile) -> Bool { folder.hasFile(path, namedIn: file.path) }
}
