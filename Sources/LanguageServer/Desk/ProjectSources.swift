import Semantics

/// The files of one policy as the checker reads them: what is open in the editor over what lies on disk. A value, so
/// that a check can run beside the conversation.
struct ProjectSources: PolicySources, Sendable {
    let files: any DeskFiles
    /// Open texts by path.
    let overlays: [String: [UInt8]]
    /// The policy's folder.
    let root: String
    /// Paths of the policy's own files.
    let own: [String]
    /// Places of modules, the policy's folder first.
    let modulePaths: [String]
    /// A policy written around a module that is looked at by itself.
    var wrapping: PolicyFile?

    static let fileExtension = ".lazaret"

    var publicSuffixes: [UInt8]? { files.publicSuffixes }

    func read(_ path: String) -> [UInt8]? { overlays[path] ?? files.read(path) }

    var policyFiles: [PolicyFile] {
        if let wrapping { return [wrapping] }
        return own.compactMap { path in read(path).map { PolicyFile(path: shown(path), bytes: $0) } }
    }

    /// The path of a module's file on disk.
    func modulePath(_ path: [String]) -> String? {
        guard path.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("/") }) else { return nil }
        let relative = path.joined(separator: "/") + Self.fileExtension
        return modulePaths.map { DocumentURI.join($0, relative) }.first {
            !own.contains($0) && (overlays[$0] != nil || files.stamp($0) != nil)
        }
    }

    func module(_ path: [String]) -> PolicyFile? {
        guard let place = modulePath(path), let bytes = read(place) else { return nil }
        return PolicyFile(path: place, bytes: bytes)
    }

    var moduleNames: [String] {
        var names: Set<String> = []
        for place in modulePaths.dropFirst() {
            for folder in files.names(in: place) where !folder.hasPrefix(".") {
                for file in files.names(in: DocumentURI.join(place, folder))
                where file.hasSuffix(Self.fileExtension) && !file.hasPrefix(".") {
                    names.insert(folder + "." + file.dropLast(Self.fileExtension.count))
                }
            }
        }
        return names.sorted()
    }

    /// A list lies below the policy's folder or the module's place; a link that leads out is not followed.
    func list(_ path: String, namedIn file: PolicyFile) -> [UInt8]? {
        let origin = DocumentURI.folder(absolute(file.path))
        let target = files.resolved(DocumentURI.join(origin, path))
        let isInside = modulePaths.contains { place in
            let base = files.resolved(place)
            return target.hasPrefix(base.hasSuffix("/") ? base : base + "/")
        }
        return isInside ? files.read(target) : nil
    }

    /// The policy's own files are shown relative to its folder, as everywhere.
    private func shown(_ path: String) -> String {
        let base = root.hasSuffix("/") ? root : root + "/"
        return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
    }

    func absolute(_ shown: String) -> String {
        shown.hasPrefix("/") || own.contains(shown) ? shown : DocumentURI.join(root, shown)
    }
}
