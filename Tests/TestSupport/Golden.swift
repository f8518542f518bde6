import Foundation

/// Golden files: a case's input and what came of it, in one file kept beside the tests.
public struct GoldenDirectory: Sendable {
    /// The directory.
    public let url: URL

    /// The directory of that name beside the calling test file.
    public init(_ name: String, beside testFile: String = #filePath) {
        url = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent(name)
    }

    /// Whether this run writes golden files anew (and fails, so that nobody takes it for a test).
    public static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" }

    /// The text of a file, or nil where there is none.
    public func text(_ name: String) -> String? {
        (try? Data(contentsOf: url.appendingPathComponent(name))).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of the files with an extension, sorted; those of subdirectories with their path.
    public func names(withExtension suffix: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: url.path)) ?? []
        return paths.filter { $0.hasSuffix("." + suffix) }.sorted()
    }

    /// Compares an output with the golden file: nil where they are equal, else what to print. While recording, writes
    /// the file and always has something to print.
    public func difference(_ name: String, from actual: String) -> String? {
        if Self.isRecording {
            let place = url.appendingPathComponent(name)
            try? FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try? Data(actual.utf8).write(to: place)
            return "recorded \(name)"
        }
        guard let expected = text(name) else { return "there is no golden file \(name); run with RECORD_GOLDEN=1" }
        guard expected != actual else { return nil }
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).prefix { $0 == $1 }.count
        let wanted = line < old.count ? String(old[line]) : "(end)"
        let found = line < new.count ? String(new[line]) : "(end)"
        return "\(name):\(line + 1): expected\n\(wanted)\nfound\n\(found)\nwhole output:\n\(actual)"
    }
}
