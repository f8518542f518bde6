import Foundation
import Message

/// A message from lines, ended by CR LF.
func message(_ lines: String...) -> ParsedMessage { ParsedMessage(MessageBytes(text: crlf(lines))) }

/// Lines joined by CR LF, with one at the end.
func crlf(_ lines: [String]) -> String { lines.map { $0 + "\r\n" }.joined() }

/// Names of the anomalies of a message.
func names(_ message: ParsedMessage) -> Set<String> { Set(message.anomalies.map(\.name)) }

/// `path type` of each part, depth first.
func outline(_ message: ParsedMessage) -> [String] {
    message.view.parts.map { "\($0.path) \($0.contentType.mediaType)" }
}

/// The mail corpus beside the package, where there is one.
enum Corpus {
    static let root: URL = {
        if let named = ProcessInfo.processInfo.environment["LAZARET_CORPUS"] { return URL(fileURLWithPath: named) }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared/corpus")
    }()

    /// The files below `folder` whose name ends in one of `endings`; empty without a corpus.
    static func files(_ folder: String, endings: [String] = []) -> [URL] {
        let start = root.appendingPathComponent(folder)
        guard let walker = FileManager.default.enumerator(at: start, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        return walker.compactMap { $0 as? URL }
            .filter { url in (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
            .filter { url in endings.isEmpty || endings.contains { url.path.hasSuffix($0) } }
            .sorted { $0.path < $1.path }
    }

    static func read(_ url: URL) -> MessageBytes? { (try? Data(contentsOf: url)).map { MessageBytes([UInt8]($0)) } }
}
