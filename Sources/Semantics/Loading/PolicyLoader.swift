import Diagnostics
import Syntax
import Vocabulary

/// Everything a policy is made of, read and parsed.
public struct LoadedPolicy: Sendable {
    /// Every file, modules included; spans of diagnostics resolve through it.
    public var sources: SourceSet
    /// The policy's own files, by path.
    public var trees: [SourceTree]
    /// The imported modules by dotted name.
    public var modules: [String: SourceTree]
    /// Dotted names of all modules there are, for suggestions.
    public var moduleNames: [String]
    /// The files of `from file`, or why there is none.
    public var lists: [ListKey: Result<[UInt8], ListFault>]
    /// Mails that tests of the policy name and that are not there.
    public var missingMails: Set<ListKey> = []
    /// The file of public suffixes, where there is one and some file of the policy has the word `registrable`.
    public var publicSuffixes: [UInt8]?
    /// What the parser had to say.
    public var diagnostics: [Diagnostic]

    /// Whether the parser found nothing wrong.
    public var isComplete: Bool { !diagnostics.contains { $0.severity == .error } }

    /// A list's path and the file that names it.
    public struct ListKey: Hashable, Sendable {
        public let file: FileID
        public let path: String

        public init(file: FileID, path: String) {
            self.file = file
            self.path = path
        }
    }
}

/// Reads a policy's files, the modules they import and the lists they name. No file is opened here: the sources do.
public struct PolicyLoader {
    private let provider: any PolicySources
    private let limits: SemanticsLimits
    private var sources = SourceSet()
    private var files: [PolicyFile] = []
    private var diagnostics: [Diagnostic] = []

    private init(_ provider: any PolicySources, _ limits: SemanticsLimits) {
        self.provider = provider
        self.limits = limits
    }

    /// Parses the policy's files, then the modules they import. Files are taken by path, so that the order in which a
    /// folder lists them leaves no trace.
    public static func load(
        _ provider: any PolicySources, limits: SemanticsLimits = SemanticsLimits()
    ) -> LoadedPolicy {
        var loader = PolicyLoader(provider, limits)
        let trees = provider.policyFiles.sorted { $0.path < $1.path }.map { loader.parse($0) }
        let modules = loader.loadModules(of: trees)
        return LoadedPolicy(
            sources: loader.sources, trees: trees, modules: modules, moduleNames: provider.moduleNames,
            lists: loader.loadLists(of: trees + modules.values), missingMails: loader.missingMails(of: trees),
            publicSuffixes: loader.asksForSuffixes ? provider.publicSuffixes : nil,
            diagnostics: loader.diagnostics)
    }

    /// Whether any file has the word without which nothing needs the list of public suffixes: it is large, and most
    /// policies can do without.
    private var asksForSuffixes: Bool {
        files.contains { file in
            String(decoding: file.bytes, as: UTF8.self).contains(Member.registrable.rawValue)
        }
    }

    private mutating func parse(_ file: PolicyFile) -> SourceTree {
        let source = sources.add(path: file.path, bytes: file.bytes)
        files.append(file)
        let result = Parser.parse(file: source)
        diagnostics += result.diagnostics
        return result.tree
    }

    /// The modules that the policy imports, and those that they do; each is read once, the nearest first.
    private mutating func loadModules(of trees: [SourceTree]) -> [String: SourceTree] {
        var modules: [String: SourceTree] = [:]
        var waiting = trees
        var next = 0
        while next < waiting.count {
            for case .importing(let node) in waiting[next].declarations where modules[node.module.text] == nil {
                guard modules.count <= limits.modules else { return modules }
                guard let file = provider.module(node.module.segments.map(\.text)) else { continue }
                let tree = parse(file)
                modules[node.module.text] = tree
                waiting.append(tree)
            }
            next += 1
        }
        return modules
    }

    private func loadLists(of trees: [SourceTree]) -> [LoadedPolicy.ListKey: Result<[UInt8], ListFault>] {
        var lists: [LoadedPolicy.ListKey: Result<[UInt8], ListFault>] = [:]
        for tree in trees {
            for case .list(let node) in tree.declarations {
                guard case .external(let kind, let path?) = node.contents, kind.text == "file",
                    ListPath.isBelowRoot(path.value)
                else { continue }
                let key = LoadedPolicy.ListKey(file: tree.file, path: path.value)
                let file = files[Int(tree.file.index)]
                lists[key] = Result { () throws(ListFault) in
                    try provider.list(path.value, namedIn: file, atMost: limits.listBytes)
                }
            }
        }
        return lists
    }
}

extension PolicyLoader {
    private func missingMails(of trees: [SourceTree]) -> Set<LoadedPolicy.ListKey> {
        var missing: Set<LoadedPolicy.ListKey> = []
        for tree in trees {
            for case .test(let node) in tree.declarations {
                for case .mail(let mail) in node.steps where ListPath.isBelowRoot(mail.file.value) {
                    let key = LoadedPolicy.ListKey(file: tree.file, path: mail.file.value)
                    let file = files[Int(tree.file.index)]
                    if !provider.hasMail(mail.file.value, namedIn: file) { missing.insert(key) }
                }
            }
        }
        return missing
    }
}

/// Paths of `from file`.
public enum ListPath {
    /// Whether a path is relative and never climbs above where it starts.
    public static func isBelowRoot(_ path: String) -> Bool {
        let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
        return !path.isEmpty && !path.hasPrefix("/") && !path.contains("\\") && !path.contains("\0")
            && !pieces.contains("..") && !pieces.contains("")
    }
}
