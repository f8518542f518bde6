import Diagnostics
import Syntax

/// Where the modules and lists of a policy are found, by the one rule that everybody follows who reads files for it: the
/// command line and the editor. No file is opened here; what must be known of them is asked.
public struct PolicyPlaces: Sendable {
    /// The end of the names of policy files.
    public static let fileExtension = ".lazaret"

    /// The folders in which modules are looked for: the policy's own, then those of the module path.
    public let folders: [String]

    /// Makes the places of one policy; the first folder is its own.
    public init(_ folders: [String]) { self.folders = folders }

    /// Whether a name in a folder is that of a policy file.
    public static func isPolicyFile(_ name: String) -> Bool { name.hasSuffix(fileExtension) && !name.hasPrefix(".") }

    /// Whether a file has a policy's header, by `SourceTree.hasHeader`: the folder that it lies in is a policy.
    public static func holdsHeader(_ bytes: [UInt8]) -> Bool {
        Parser.parse(file: SourceFile(path: "", bytes: bytes)).tree.hasHeader
    }

    /// The path of the file of a module such as `["standard", "viruses"]` within one of the folders; `nil` for names that
    /// could lead out of it.
    public static func file(ofModule path: [String]) -> String? {
        let isPlain = path.allSatisfy { !$0.isEmpty && !$0.contains("/") && !$0.hasPrefix(".") }
        return isPlain ? path.joined(separator: "/") + fileExtension : nil
    }

    /// Dotted names of the modules there are, sorted. Those in the policy's own folder need no import.
    ///
    /// - Parameter names: the names in a folder; none where it cannot be read.
    public func moduleNames(listing names: (String) -> [String]) -> [String] {
        var found: Set<String> = []
        for place in folders.dropFirst() {
            for folder in names(place) where !folder.hasPrefix(".") {
                for file in names(Self.join(place, folder)) where Self.isPolicyFile(file) {
                    found.insert(folder + "." + file.dropLast(Self.fileExtension.count))
                }
            }
        }
        return found.sorted()
    }

    /// Where a list lies that a file in a folder names; `nil` outside all places: a link that leads out of the policy's
    /// folder, or a module's, is not followed.
    ///
    /// - Parameter resolved: a path with its links followed.
    public func list(_ path: String, namedIn folder: String, resolved: (String) -> String) -> String? {
        let target = resolved(Self.join(folder, path))
        let isInside = folders.contains { place in
            let base = resolved(place)
            return target.hasPrefix(base.hasSuffix("/") ? base : base + "/")
        }
        return isInside ? target : nil
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
