import Compiler
import Diagnostics
import Vocabulary

/// Writes what came out into the tests whose expectations failed; every other byte stays.
public struct ExpectationUpdate {
    private let build: PolicyBuild
    /// Replacements by file, in `build.sources`.
    private var edits: [FileID: [(range: Range<Int>, text: String)]] = [:]
    /// How many tests change.
    public private(set) var tests = 0

    public init(_ build: PolicyBuild) { self.build = build }

    /// Notes a result.
    ///
    /// - Parameter expectedNothing: whether the test had no expectation of its own, but one that stands in for it.
    public mutating func add(_ result: PolicyTestResult, expectedNothing: Bool) {
        guard let decisions = result.judgement?.decisions else { return }
        let test = result.test
        if expectedNothing, let place = test.expectations.first?.place {
            tests += 1
            return replace(place, by: ExpectationWriting.everything(decisions))
        }
        guard case .failed(let failures) = result.outcome else { return }
        tests += 1
        let failed = Set(failures.map(\.expectation))
        let kept = test.expectations.indices.filter { !failed.contains($0) }
        var written = Set(kept.map { words(of: test.expectations[$0].place) })
        var isEmpty = kept.isEmpty
        for number in failed.sorted() {
            var lines = ExpectationWriting.lines(insteadOf: test.expectations[number], in: decisions)
                .filter { written.insert($0).inserted }
            if lines.isEmpty, isEmpty, number == failed.max() { lines = ExpectationWriting.everything(decisions) }
            isEmpty = isEmpty && lines.isEmpty
            replace(test.expectations[number].place, by: lines)
        }
    }

    /// Takes the stand-in out of a test that is not to be updated.
    public mutating func leaveWithout(_ test: PolicyTest) {
        if let place = test.expectations.first?.place { replace(place, by: []) }
    }

    /// The files as they are to stand, by the path an author can open.
    public var files: [(path: String, bytes: [UInt8])] {
        build.sources.files.compactMap { file in
            guard let here = edits[file.id] else { return nil }
            var bytes = file.bytes
            for edit in here.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
                bytes.replaceSubrange(edit.range, with: Array(edit.text.utf8))
            }
            return (file.path, bytes)
        }
    }

    /// How the lines of a file end: as its first one does.
    public static func lineEnd(of bytes: [UInt8]) -> String {
        guard let feed = bytes.firstIndex(of: 0x0a), feed > 0, bytes[feed - 1] == 0x0d else { return "\n" }
        return "\r\n"
    }

    /// The words of an expectation behind `expect`, with single spaces.
    private func words(of place: SourcePlace) -> String {
        let span = build.span(of: place)
        let text = build.sources[span.file]?.text(span) ?? ""
        return text.split(whereSeparator: \.isWhitespace).dropFirst().joined(separator: " ")
    }

    private mutating func replace(_ place: SourcePlace, by lines: [String]) {
        let span = build.span(of: place)
        guard let file = build.sources[span.file] else { return }
        let line = file.lineRange(file.lineIndex(of: span.start))
        let before = file.bytes[line.lowerBound..<span.start]
        let isAlone =
            before.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            && file.bytes[min(span.end, line.upperBound)..<line.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        if lines.isEmpty, isAlone {
            let next = file.lineIndex(of: span.start) + 1
            let end = file.lineStarts.indices.contains(next) ? file.lineStarts[next] : file.bytes.count
            edits[span.file, default: []].append((line.lowerBound..<end, ""))
        } else {
            let indentation =
                before.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? String(decoding: before, as: UTF8.self) : ""
            let text = lines.map { "expect \($0)" }.joined(separator: Self.lineEnd(of: file.bytes) + indentation)
            edits[span.file, default: []].append((span.range, text))
        }
    }
}
