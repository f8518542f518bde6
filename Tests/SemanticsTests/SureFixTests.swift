import Diagnostics
import Semantics
import TestSupport
import Testing

/// A sure correction is made without asking: it does away with its fault, brings about no error, and changes nothing
/// that was right.
@Suite struct SureFixTests {
    private static let mark = "──── what the checker says\n"
    private static let corpus = ["Golden", "Mistakes"].flatMap { directory in
        GoldenDirectory(directory).names(withExtension: "txt").map { directory + "/" + $0 }
    }

    @Test(arguments: corpus)
    func sureCorrectionsAreSound(_ name: String) throws {
        let text = try #require(GoldenDirectory("").text(name)).split(separator: Self.mark, maxSplits: 1)[0]
        let policy = sources(of: String(text))
        let before = check(policy)
        for diagnostic in before.diagnostics where diagnostic.sureFixIt != nil {
            guard let file = before.sources[diagnostic.primary.span.file],
                let index = policy.policyFiles.firstIndex(where: { $0.path == file.path })
            else { continue }
            var corrected = policy
            let (bytes, applied) = FixItApplier.apply([diagnostic], to: file)
            #expect(applied == 1)
            corrected.policyFiles[index].bytes = bytes
            let after = check(corrected)
            let said = "\(diagnostic.message)\n\(rendered(after))"
            // Behind a fault of syntax names are not looked up, so mending it may bring older faults to light.
            let isSyntax = diagnostic.code.number < 200
            let fresh = errors(after, isSyntax).filter { !errors(before, isSyntax).contains($0) }
            #expect(fresh.isEmpty, "\(said)")
            #expect(count(diagnostic, in: after) < count(diagnostic, in: before), "\(said)")
        }
    }

    /// Every sure correction together, round by round as `check --fix` does, ends.
    @Test(arguments: corpus)
    func correctingEnds(_ name: String) throws {
        let text = try #require(GoldenDirectory("").text(name)).split(separator: Self.mark, maxSplits: 1)[0]
        var policy = sources(of: String(text))
        for _ in 0..<4 {
            let result = check(policy)
            for index in policy.policyFiles.indices {
                guard let file = result.sources.files.first(where: { $0.path == policy.policyFiles[index].path })
                else { continue }
                let sure = result.diagnostics.filter { $0.sureFixIt != nil && $0.primary.span.file == file.id }
                policy.policyFiles[index].bytes = FixItApplier.apply(sure, to: file).bytes
            }
        }
        #expect(check(policy).diagnostics.allSatisfy { $0.sureFixIt == nil })
    }

    private func errors(_ result: CheckResult, _ ofSyntax: Bool) -> [String] {
        result.diagnostics.filter { $0.severity == .error && (!ofSyntax || $0.code.number < 200) }
            .map { "\($0.code) \($0.message)" }
    }

    private func count(_ diagnostic: Diagnostic, in result: CheckResult) -> Int {
        result.diagnostics.count { $0.code == diagnostic.code && $0.message == diagnostic.message }
    }
}
