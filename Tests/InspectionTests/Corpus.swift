import Foundation

/// The collection of real and hostile files: beside the package, or where `LAZARET_CORPUS` says.
enum Corpus {
    struct Row {
        let path: String
        let label: String

        var bytes: [UInt8] { Corpus.bytes(path) }
        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    }

    static let folder =
        ProcessInfo.processInfo.environment["LAZARET_CORPUS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/corpus").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    /// The rows of the manifest.
    static let rows: [Row] = {
        let lines = String(decoding: bytes("manifest.tsv"), as: UTF8.self).split(separator: "\n").dropFirst()
        return lines.compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return fields.count >= 5 ? Row(path: String(fields[0]), label: String(fields[4])) : nil
        }
    }()

    static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: folder.appendingPathComponent(path).path).map(Array.init) ?? []
    }
}
