import Diagnostics
import Foundation
import Lexical
import PolicyTesting

/// Writes what came out into a policy's tests, once its author asked for it.
struct TestUpdate {
    private let folder: PolicyFolder
    private let standIns: ExpectationStandIns

    init(_ folder: PolicyFolder) {
        self.folder = folder
        standIns = ExpectationStandIns(folder)
    }

    /// The policy to run: that on disk, with an expectation where a test has none.
    var runnable: PolicyFolder { standIns.folder }

    /// Whether the environment says that nobody is watching: a build that mends its own tests never fails.
    static var isInCI: Bool {
        let value = (ProcessInfo.processInfo.environment["CI"] ?? "").lowercased()
        return !["", "0", "false", "no"].contains(value)
    }

    /// Writes the files and prints what changed in them.
    ///
    /// - Parameters:
    ///   - build: of `runnable`.
    ///   - results: of the tests that were selected.
    /// - Throws: `CommandFailure` when a test is in error, the outcome would not check, or a file cannot be written:
    ///   then none is.
    func write(_ build: PolicyBuild, _ results: [PolicyTestResult], to output: Output, paint: Paint)
        throws(CommandFailure)
    {
        for result in results {
            if case .error = result.outcome {
                throw CommandFailure(
                    .faulty, "“\(result.name)” could not be judged, so nothing was written: \(build.path(of: result))")
            }
        }
        var update = ExpectationUpdate(build)
        for result in results { update.add(result, expectedNothing: standIns.tests.contains(result.name)) }
        let selected = Set(results.map(\.name))
        for test in build.tests where standIns.tests.contains(test.name) && !selected.contains(test.name) {
            update.leaveWithout(test)
        }
        let changed = update.files.compactMap(finished)
        let outcome = ExpectationStandIns(folder.replacing(changed.map { ($0.path, $0.new) })).folder
        guard PolicyBuild(outcome, patterns: PatternLibrary()).bundle != nil else {
            throw CommandFailure(.faulty, "what came out cannot be written as expectations, so nothing was written")
        }
        try AuthorFiles.write(changed)
        for file in changed {
            output.lines(LineDiff.lines(path: file.path, from: file.old, to: file.new, paint: paint))
        }
        output.line(
            changed.isEmpty ? "nothing to update" : paint("\(Shown.count(update.tests, "test")) updated", .yellow))
    }

    /// A file as it is to stand: in the canonical form if it was in it before.
    private func finished(_ file: (path: String, bytes: [UInt8])) -> AuthorFiles.Change? {
        guard let old = folder.files.first(where: { folder.shownPath($0.path) == file.path })?.bytes else { return nil }
        var new = file.bytes
        if case .formatted(let canonical) = PolicyFormatter.format(SourceFile(path: file.path, bytes: old)),
            canonical == old,
            case .formatted(let formatted) = PolicyFormatter.format(SourceFile(path: file.path, bytes: new))
        {
            new = formatted
        }
        return new == old ? nil : AuthorFiles.Change(path: file.path, old: old, new: new)
    }
}

extension PolicyBuild {
    /// Where a result's test stands.
    fileprivate func path(of result: PolicyTestResult) -> String {
        let span = span(of: result.place)
        return "\(sources[span.file]?.path ?? ""):\(result.place.line)"
    }
}
