import Diagnostics
import Semantics
import Syntax

/// What lies on the author's desk: the texts open in the editor over the files on disk, each parsed once a state.
final class Desk {
    private struct Cached {
        let stamp: UInt64?
        let file: ParsedFile
    }

    let files: any DeskFiles
    let modulePaths: [String]
    private(set) var documents: [String: TextDocument] = [:]
    /// Open policy files by their folder.
    private var openFiles: [String: Set<String>] = [:]
    private var parsed: [String: (version: Int, file: ParsedFile)] = [:]
    private var onDisk: [String: Cached] = [:]
    private var views: [String: ProjectView] = [:]
    private let limits: EditorLimits

    init(files: any DeskFiles, modulePaths: [String], limits: EditorLimits) {
        self.files = files
        self.modulePaths = modulePaths
        self.limits = limits
    }

    // MARK: Documents

    /// Opens a text; false where too many are open.
    func open(_ document: TextDocument) -> Bool {
        let path = DocumentURI.path(document.uri)
        guard documents[path] != nil || documents.count < limits.openDocuments else { return false }
        documents[path] = document
        parsed[path] = nil
        if path.hasPrefix("/"), path.hasSuffix(PolicyPlaces.fileExtension) {
            openFiles[DocumentURI.folder(path), default: []].insert(path)
        }
        return true
    }

    func change(_ path: String, _ changes: [JSON], version: Int, _ encoding: PositionEncoding) {
        documents[path]?.apply(changes, version: version, encoding)
    }

    func close(_ path: String) {
        documents[path] = nil
        parsed[path] = nil
        onDisk[path] = nil
        let folder = DocumentURI.folder(path)
        openFiles[folder]?.remove(path)
        if openFiles[folder]?.isEmpty == true { openFiles[folder] = nil }
    }

    /// Forgets what is known of files on disk: something outside the editor has changed them.
    func forget(_ path: String) { onDisk[path] = nil }

    // MARK: Files

    /// A file in its present state; the cost of parsing is paid once a state.
    func file(_ path: String) -> ParsedFile? {
        if let document = documents[path] {
            if let known = parsed[path], known.version == document.version { return known.file }
            let file = ParsedFile(path: path, bytes: document.bytes)
            parsed[path] = (document.version, file)
            return file
        }
        let stamp = files.stamp(path)
        if let known = onDisk[path], known.stamp == stamp { return known.file }
        guard let bytes = files.read(path) else { return nil }
        let file = ParsedFile(path: path, bytes: bytes)
        onDisk[path] = Cached(stamp: stamp, file: file)
        return file
    }

    /// A file in the last state that was parsed: for answers that must not wait.
    private func recentFile(_ path: String) -> ParsedFile? { parsed[path]?.file ?? onDisk[path]?.file ?? file(path) }

    /// Takes the files that a check has parsed anyway.
    func adopt(_ file: ParsedFile, version: Int) {
        if documents[file.path]?.version == version { parsed[file.path] = (version, file) }
    }

    // MARK: Policies

    /// The paths of the policy files directly in a folder, open ones too.
    private func policyFiles(in folder: String) -> [String] {
        var paths = Set(
            files.names(in: folder).filter(PolicyPlaces.isPolicyFile)
                .map { DocumentURI.join(folder, $0) })
        paths.formUnion(openFiles[folder] ?? [])
        return paths.sorted()
    }

    /// Whether a folder's files together are a policy: one of them has a header.
    private func isPolicy(_ paths: [String], recent: Bool) -> Bool {
        paths.contains { (recent ? recentFile($0) : file($0))?.index.hasHeader == true }
    }

    /// The folder of the policy a file belongs to, or the file itself where it stands alone.
    /// With `recent` by what was parsed last, so that nothing is parsed for the question.
    func root(of path: String, recent: Bool = false) -> String {
        guard path.hasPrefix("/") else { return path }
        let folder = DocumentURI.folder(path)
        let paths = policyFiles(in: folder)
        return paths.contains(path) && isPolicy(paths, recent: recent) ? folder : path
    }

    /// The roots of many files; each folder is looked at once.
    func roots(of paths: some Sequence<String>, recent: Bool = false) -> [String: String] {
        var roots: [String: String] = [:]
        var policies: [String: Set<String>] = [:]
        for path in paths {
            guard path.hasPrefix("/") else {
                roots[path] = path
                continue
            }
            let folder = DocumentURI.folder(path)
            if policies[folder] == nil {
                let files = policyFiles(in: folder)
                policies[folder] = isPolicy(files, recent: recent) ? Set(files) : []
            }
            roots[path] = policies[folder]?.contains(path) == true ? folder : path
        }
        return roots
    }

    private func own(of root: String) -> [String] {
        root.hasSuffix(PolicyPlaces.fileExtension) || !root.hasPrefix("/") || documents[root] != nil
            ? [root] : policyFiles(in: root)
    }

    /// The sources of a policy, as a value that a check can take away.
    func sources(of root: String) -> ProjectSources {
        let own = own(of: root)
        let folder = own == [root] ? DocumentURI.folder(root) : root
        return ProjectSources(
            files: files, overlays: documents.mapValues(\.bytes), root: folder, own: own,
            places: PolicyPlaces([folder] + modulePaths))
    }

    /// The policy a file belongs to, as it is now.
    func view(of path: String) -> ProjectView { view(root: root(of: path), file) }

    /// The policies of all open files, each once.
    func openViews() -> [ProjectView] { Set(roots(of: documents.keys).values).sorted().map { view(root: $0, file) } }

    /// The same from what was parsed last; never parses what is open. A policy that was never seen is parsed all the
    /// same: there is nothing older to answer from.
    func recentView(of path: String) -> ProjectView {
        if let known = views[path], known.files.allSatisfy({ recentFile($0.path) != nil }) { return known }
        let view = view(root: root(of: path, recent: true), recentFile)
        views[path] = view
        return view
    }

    /// What was seen of policies is seen anew at the next question.
    func forgetViews() { views = [:] }

    private func view(root: String, _ take: (String) -> ParsedFile?) -> ProjectView {
        let sources = sources(of: root)
        let own = sources.own.compactMap(take)
        var modules: [ProjectView.Module] = []
        var known: Set<String> = []
        var importers = own
        let bounds = SemanticsLimits()
        // As deep as the checker follows them; modules in a circle are met once.
        for _ in 0..<bounds.importDepth {
            var imported: [ParsedFile] = []
            for entry in importers.flatMap(\.index.imports) where modules.count < bounds.modules {
                guard known.insert(entry.module).inserted else { continue }
                let pieces = entry.module.split(separator: ".").map(String.init)
                if let place = sources.modulePath(pieces), let file = take(place) {
                    modules.append(.init(name: entry.module, file: file))
                    imported.append(file)
                }
            }
            importers = imported
        }
        return ProjectView(root: root, own: own, modules: modules)
    }

    /// The file of a module as a policy would import it.
    func moduleFile(_ name: String, of root: String) -> ParsedFile? {
        sources(of: root).modulePath(name.split(separator: ".").map(String.init)).flatMap(recentFile)
    }

    // MARK: Checks

    /// The check of a policy as it is now.
    func check(of root: String) -> CheckRun {
        var sources = sources(of: root)
        var only: String?
        if sources.own == [root] {
            only = root
            if let file = recentFile(root), !file.index.isPolicy, root.hasPrefix("/"),
                let bytes = sources.read(root)
            {
                sources = wrapped(root, bytes, sources)
            }
        }
        let versions = documents.mapValues(\.version)
        let own = sources.own + (only.map { [$0] } ?? [])
        let unparsed = Set(own).filter { documents[$0] != nil && documents[$0]?.version != parsed[$0]?.version }
            .sorted()
        return CheckRun(root: root, sources: sources, versions: versions, unparsed: unparsed, only: only)
    }

    /// A module is looked at from a policy that imports it and leaves no answer open.
    private func wrapped(_ path: String, _ bytes: [UInt8], _ sources: ProjectSources) -> ProjectSources {
        let stem = String(DocumentURI.name(path).dropLast(PolicyPlaces.fileExtension.count))
        guard LanguageWords.canBeName(stem) else { return sources }
        let text = "policy module { edition 1 }\nimport \(stem)\nuninspectable { if unknown then defer }\n"
        var wrapped = ProjectSources(
            files: sources.files, overlays: sources.overlays, root: sources.root, own: [],
            places: sources.places)
        wrapped.wrapping = PolicyFile(path: path + " (imported)", bytes: Array(text.utf8))
        return wrapped
    }
}
