import Compiler
import Diagnostics
import Semantics
import Vocabulary

/// One check of a policy, apart from the conversation: everything it needs is in the value.
struct CheckRun: Sendable {
    /// The policy's folder, or the path of a file that stands alone.
    let root: String
    let sources: ProjectSources
    /// Versions of the open documents it reads.
    let versions: [String: Int]
    /// Open documents whose present text has not been parsed yet: that is done here, beside the conversation.
    let unparsed: [String]
    /// The only file whose faults are told, for a module looked at by itself.
    let only: String?

    func run(_ patterns: any PatternChecker, _ suffixes: (any PublicSuffixReader)?) -> CheckOutcome {
        let parsed = unparsed.compactMap { path in
            sources.overlays[path].map { ParsedFile(path: path, bytes: $0) }
        }
        let result = PolicyCompiler(patterns: patterns, suffixes: suffixes).check(sources)
        var paths: [String] = []
        for file in result.sources.files { paths.append(sources.absolute(file.path)) }
        let told = result.diagnostics.filter { diagnostic in
            let index = Int(diagnostic.primary.span.file.index)
            return only == nil || (paths.indices.contains(index) && paths[index] == only)
        }
        var costs: [String: CheckOutcome.Cost] = [:]
        for rule in result.summary?.rules ?? [] {
            costs[rule.name] = CheckOutcome.Cost(steps: rule.cost, isForEachRecipient: rule.isForEachRecipient)
        }
        return CheckOutcome(
            key: root, diagnostics: told, sources: result.sources, paths: paths, versions: versions,
            costs: result.summary == nil ? nil : costs, parsed: parsed)
    }
}

/// What a check found.
struct CheckOutcome: Sendable {
    struct Cost: Sendable {
        let steps: UInt64
        let isForEachRecipient: Bool
    }

    /// The root the check was made for.
    let key: String
    let diagnostics: [Diagnostic]
    let sources: SourceSet
    /// Where each file of the set lies.
    let paths: [String]
    private let heldPaths: Set<String>
    let versions: [String: Int]
    /// What rules cost at worst; `nil` where the policy has errors.
    let costs: [String: Cost]?
    /// Files that were parsed on the way.
    let parsed: [ParsedFile]

    init(
        key: String, diagnostics: [Diagnostic], sources: SourceSet, paths: [String], versions: [String: Int],
        costs: [String: Cost]?, parsed: [ParsedFile]
    ) {
        self.key = key
        self.diagnostics = diagnostics
        self.sources = sources
        self.paths = paths
        heldPaths = Set(paths)
        self.versions = versions
        self.costs = costs
        self.parsed = parsed
    }

    /// Whether a file was read for the check.
    func holds(_ path: String) -> Bool { heldPaths.contains(path) }

    func path(_ file: FileID) -> String? {
        let index = Int(file.index)
        return paths.indices.contains(index) ? paths[index] : nil
    }
}
