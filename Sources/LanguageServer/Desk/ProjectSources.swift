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
    /// Where modules and lists are found.
    let places: PolicyPlaces
    /// A policy written around a module that is looked at by itself.
    var wrapping: PolicyFile?

    var publicSuffixes: [UInt8]? { files.publicSuffixes }

    func read(_ path: String) -> [UInt8]? { overlays[path] ?? files.read(path) }

    var policyFiles: [PolicyFile] {
        if let wrapping { return [wrapping] }
        return own.compactMap { path in read(path).map { PolicyFile(path: shown(path), bytes: $0) } }
    }

    /// The path of a module's file on disk.
    func modulePath(_ path: [String]) -> String? {
        guard let relative = PolicyPlaces.file(ofModule: path) else { return nil }
        return places.folders.map { DocumentURI.join($0, relative) }.first {
            !own.contains($0) && (overlays[$0] != nil || files.stamp($0) != nil)
        }
    }

    func module(_ path: [String]) -> PolicyFile? {
        guard let place = modulePath(path), let bytes = read(place) else { return nil }
        return PolicyFile(path: place, bytes: bytes)
    }

    var moduleNames: [String] { places.moduleNames(listing: files.names) }

    /// A list lies below the policy's folder or the module's place; a link that leads out is not followed.
    func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
        let folder = DocumentURI.folder(absolute(file.path))
        guard let target = places.list(path, namedIn: folder, resolved: files.resolved) else {
            throw .unreadable("it leads out of the policy's folder")
        }
        return try files.list(target, atMost: most)
    }

    func hasMail(_ path: String, namedIn file: PolicyFile) -> Bool {
        files.stamp(DocumentURI.join(DocumentURI.folder(absolute(file.path)), path)) != nil
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
