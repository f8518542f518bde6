import Foundation

/// `file:` URIs and paths.
enum DocumentURI {
    /// The path of a URI; one that names no file stands for itself, so that an unsaved text is a file of its own.
    static func path(_ uri: String) -> String {
        guard let rest = uri.hasPrefix("file://") ? uri.dropFirst(7) : nil, let slash = rest.firstIndex(of: "/") else {
            return uri
        }
        let path = String(rest[slash...])
        return normalized(path.removingPercentEncoding ?? path)
    }

    static func uri(_ path: String) -> String {
        guard path.hasPrefix("/") else { return path }
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
        return "file://" + (path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path)
    }

    /// Without `.`, `..` and doubled slashes.
    private static func normalized(_ path: String) -> String {
        var pieces: [Substring] = []
        for piece in path.split(separator: "/") {
            if piece == ".." { _ = pieces.popLast() } else if piece != "." { pieces.append(piece) }
        }
        return "/" + pieces.joined(separator: "/")
    }

    static func folder(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}
