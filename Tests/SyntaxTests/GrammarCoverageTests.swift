import Foundation
import TestSupport
import Testing

/// The grammar page against texts: all of them follow from it, and together they reach all of it.
@Suite("Grammar page")
struct GrammarCoverageTests {
    private func page() throws -> GrammarPage {
        GrammarPage(
            String(
                decoding: try Data(contentsOf: GrammarTests.root.appendingPathComponent("Grammar/lazaret.ebnf")),
                as: UTF8.self))
    }

    private func unreached(_ page: GrammarPage, by texts: [(name: String, text: String)]) -> [String] {
        var reached: Set<Int> = []
        for (name, text) in texts {
            guard let found = page.reached(by: text) else {
                Issue.record("\(name) does not follow from the grammar page")
                continue
            }
            reached.formUnion(found)
        }
        return page.alternatives.filter { !reached.contains($0.key) }.map(\.value).sorted()
    }

    @Test("the samples reach every alternative of every production")
    func samples() throws {
        let page = try page()
        #expect(page.productions.count > 40 && page.alternatives.count > 200)
        let texts = try GrammarTests.samples.map { ($0, try #require(GoldenDirectory("Samples").text($0))) }
        #expect(unreached(page, by: texts) == [])
    }

    @Test("every policy of the project follows from the page")
    func policies() throws {
        let page = try page()
        let golden = GoldenDirectory("../../Policies")
        let texts = try golden.names(withExtension: "lazaret").map { ($0, try #require(golden.text($0))) }
        _ = unreached(page, by: texts)
    }

    @Test("what the page does not have is refused")
    func refusals() throws {
        let page = try page()
        #expect(page.reached(by: "rule r { when virus then defer }") != nil)
        #expect(page.reached(by: "rule r { when virus and then defer }") == nil)
        #expect(page.reached(by: "rule r { then defer") == nil)
        #expect(page.reached(by: "rule { when virus then defer }") == nil)
    }
}
