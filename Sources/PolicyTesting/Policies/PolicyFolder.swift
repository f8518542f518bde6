import Compiler
import Foundation

/// A policy on disk: the files it is made of, and where its modules and lists are found.
///
/// Paths inside a policy are relative to its folder, so that the same sources give the same bundle wherever they lie;
/// `shownPath` turns them back into what the author can open.
public struct PolicyFolder: Sendable {
    /// The folder, or for a policy of one file the folder that holds it.
    public let root: String
    public private(set) var files: [File]
    /// Where modules and lists are found.
    private let places: PolicyPlaces
    /// The file of public suffixes, where another than the system's is wanted.
    public let publicSuffixFile: String?

    public struct File: Sendable, Equatable {
        /// Relative to the folder.
        public let path: String
        public let bytes: [UInt8]
    }

    /// Bytes of one file of policy text that is read.
    public static let fileBytes = SemanticsLimits().fileBytes

    /// The policy at a path: the policy files directly in a folder, or one file.
    ///
    /// - Throws: `FileFault` when it cannot be read, or the folder holds no policy file.
    public init(
        _ path: String, modulePaths: [String] = [], publicSuffixes: String? = nil
    ) throws(FileFault) {
        publicSuffixFile = publicSuffixes
        if case .folder = try FileKind.of(path) {
            root = path
            let names = try Self.policyFiles(in: path)
            guard !names.isEmpty else {
                let end = PolicyPlaces.fileExtension
                throw FileFault(path: path, reason: "there is no policy file (\(end)) in this folder")
            }
            var files: [File] = []
            for name in names {
                files.append(File(path: name, bytes: try Self.readFile(MailWalk.join(path, name))))
            }
            self.files = files
        } else {
            let url = URL(fileURLWithPath: path)
            root = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
            let bytes = try Self.readFile(path)
            if Self.isBundle(bytes) {
                throw FileFault(path: path, reason: "this is a compiled bundle; name the policy that it was made of")
            }
            files = [File(path: url.lastPathComponent, bytes: bytes)]
        }
        places = PolicyPlaces([root] + modulePaths)
    }

    /// Whether a file is a compiled bundle, by its first bytes.
    public static func isBundle(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "LAZARET\0".utf8) }

    /// Where Debian's package `publicsuffix` keeps its list.
    public static let systemSuffixes = "/usr/share/publicsuffix/public_suffix_list.dat"

    /// The list of public suffixes, `nil` where there is none.
    public var publicSuffixes: [UInt8]? { try? Self.readFile(publicSuffixFile ?? Self.systemSuffixes) }

    /// The same policy with other bytes in some of its files, by the paths an author can open.
    public func replacing(_ changed: [(path: String, bytes: [UInt8])]) -> PolicyFolder {
        var copy = self
        for (path, bytes) in changed {
            if let index = files.firstIndex(where: { shownPath($0.path) == path }) {
                copy.files[index] = File(path: files[index].path, bytes: bytes)
            }
        }
        return copy
    }

    /// Where a path inside the policy lies on disk.
    public func shownPath(_ path: String) -> String {
        if let module = moduleOnDisk(path) {
            let here = FileManager.default.currentDirectoryPath + "/"
            return module.hasPrefix(here) ? String(module.dropFirst(here.count)) : module
        }
        return root == "." || path.hasPrefix("/") ? path : MailWalk.join(root, path)
    }

    /// The file of a module such as `["standard", "viruses"]`, `nil` where there is none.
    public func module(_ path: [String]) -> File? {
        guard let relative = PolicyPlaces.file(ofModule: path), let place = moduleOnDisk(relative),
            let bytes = try? Self.readFile(place)
        else { return nil }
        return File(path: relative, bytes: bytes)
    }

    /// Dotted names of the modules there are, sorted.
    public var moduleNames: [String] {
        places.moduleNames { (try? MailWalk.names(in: $0)) ?? [] }
    }

    /// The bytes of a list, relative to the folder of the file that names it.
    ///
    /// The path stays below the policy's folder: a link that leads out of it is not followed.
    ///
    /// - Throws: `ListFault` where they cannot be had, or are more than `most`.
    public func list(_ path: String, namedIn file: String, atMost most: Int) throws(ListFault) -> [UInt8] {
        let folder = URL(fileURLWithPath: shownPath(file)).deletingLastPathComponent().absoluteURL.path
        let target = places.list(path, namedIn: folder) { path in
            URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
        }
        guard let target else { throw .unreadable("it leads out of the policy's folder") }
        guard FileKind.isThere(target) else { throw .missing }
        if case .file(let bytes)? = try? FileKind.of(target), bytes > most { throw .tooLarge }
        do throws(FileFault) {
            return try Self.readFile(target, atMost: most)
        } catch {
            throw .unreadable(error.reason)
        }
    }

    /// Whether there is a file, relative to the folder of the one that names it.
    public func hasFile(_ path: String, namedIn file: String) -> Bool {
        let origin = URL(fileURLWithPath: shownPath(file)).deletingLastPathComponent()
        return FileManager.default.fileExists(atPath: origin.appendingPathComponent(path).path)
    }

    /// The paths of policies at or below a path: itself when it is a file or holds policy files, else every folder
    /// below that holds a file with a policy's header. In the order of names.
    ///
    /// - Throws: `FileFault` when a folder cannot be read.
    public static func policies(at path: String) throws(FileFault) -> [String] {
        guard case .folder = try FileKind.of(path) else { return [path] }
        if try isPolicy(path) { return [path] }
        var found: [String] = []
        var waiting = [(path: path, depth: 0)]
        while let (folder, depth) = waiting.popLast() {
            if depth > 0, try isPolicy(folder) {
                found.append(folder)
                continue
            }
            guard depth < MailLimits().folderDepth else { continue }
            for name in try MailWalk.names(in: folder).reversed() where !name.hasPrefix(".") {
                let inside = MailWalk.join(folder, name)
                if !FileKind.isLink(inside), (try? FileKind.of(inside))?.isFolder == true {
                    waiting.append((inside, depth + 1))
                }
            }
        }
        return found.isEmpty ? [path] : found
    }

    /// Every policy file at or below a path, in the order of names.
    ///
    /// - Throws: `FileFault` when a folder cannot be read.
    public static func allFiles(at path: String) throws(FileFault) -> [String] {
        guard case .folder = try FileKind.of(path) else { return [path] }
        var found: [String] = []
        var waiting = [(path: path, depth: 0)]
        while let (place, depth) = waiting.popLast() {
            if (try? FileKind.of(place))?.isFolder != true {
                if place.hasSuffix(PolicyPlaces.fileExtension) { found.append(place) }
                continue
            }
            guard depth < MailLimits().folderDepth else { continue }
            for name in try MailWalk.names(in: place).reversed() where !name.hasPrefix(".") {
                let inside = MailWalk.join(place, name)
                if FileKind.isLink(inside), (try? FileKind.of(inside))?.isFolder == true { continue }
                waiting.append((inside, depth + 1))
            }
        }
        return found
    }

    // MARK: Reading

    private static func policyFiles(in folder: String) throws(FileFault) -> [String] {
        try MailWalk.names(in: folder).filter(PolicyPlaces.isPolicyFile)
    }

    private static func isPolicy(_ folder: String) throws(FileFault) -> Bool {
        // A `where` that throws is not translated rightly by Swift 6.3's optimiser.
        for name in try policyFiles(in: folder) {
            let bytes = try readFile(MailWalk.join(folder, name))
            if PolicyPlaces.holdsHeader(bytes) { return true }
        }
        return false
    }

    /// The bytes of a policy file, a list or a bundle.
    ///
    /// - Throws: `FileFault` when it cannot be read or has more bytes than `most`.
    public static func readFile(_ path: String, atMost most: Int = fileBytes) throws(FileFault) -> [UInt8] {
        guard case .file(let bytes) = try FileKind.of(path) else {
            throw FileFault(path: path, reason: "not a plain file")
        }
        guard bytes <= most else { throw FileFault(path: path, reason: "larger than \(most) bytes") }
        return try ReadableFile(path).read(at: 0, count: bytes)
    }

    private func moduleOnDisk(_ relative: String) -> String? {
        guard !files.contains(where: { $0.path == relative }) else { return nil }
        return places.folders.map { MailWalk.join($0, relative) }.first { path in
            if case .file? = try? FileKind.of(path) { return true }
            return false
        }
    }
}
