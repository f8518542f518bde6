import Diagnostics
import Semantics
import TestSupport
import Testing

/// A correction that is offered does away with what it corrects.
@Suite struct FixItTests {
    private static let golden = GoldenDirectory("Golden")

    @Test(arguments: golden.names(withExtension: "txt"))
    func correctionsCorrect(_ name: String) throws {
        let text = try #require(Self.golden.text(name)).split(separator: "──── what the checker says\n")[0]
        var policy = sources(of: String(text))
        let result = check(policy)
        for diagnostic in result.diagnostics {
            for fixIt in diagnostic.fixIts {
                var one = diagnostic
                one.fixIts = [fixIt]
                let file = try #require(result.sources[diagnostic.primary.span.file])
                let (bytes, applied) = FixItApplier.apply([one], to: file)
                #expect(applied == 1)
                if let index = policy.policyFiles.firstIndex(where: { $0.path == file.path }) {
                    let old = policy.policyFiles[index].bytes
                    policy.policyFiles[index].bytes = bytes
                    let after = check(policy)
                    policy.policyFiles[index].bytes = old
                    let corrected = after.diagnostics.count { $0.code.number < 200 } == 0
                    #expect(corrected, "\(fixIt.title)\n\(rendered(after))")
                    #expect(
                        after.diagnostics.count < result.diagnostics.count
                            || after.diagnostics.first?.code != diagnostic.code,
                        "\(fixIt.title)\n\(rendered(after))")
                }
            }
        }
    }
}
