import Diagnostics
import Foundation
import Syntax
import TestSupport
import Testing

/// Over every policy of the repository, and what single-token changes make of them that still parses: formatting keeps
/// the tree and the comments, and formatting again changes nothing.
@Suite("Formatting the corpus")
struct CorpusFormatTests {
    static let files = PolicyCorpus.policies + PolicyCorpus.examples

    @Test("the corpus is there")
    func corpus() { #expect(Self.files.count > 90) }

    private func fault(of text: String) -> String? {
        guard let formatted = Formatter.format(source: text) else { return "it has errors of syntax" }
        if Formatter.format(source: formatted) != formatted { return "formatting it again changes it" }
        let shapes = FormatterTests()
        return shapes.shape(of: formatted) == shapes.shape(of: text) ? nil : "its tree or comments change"
    }

    @Test("good policies", arguments: files.indices)
    func good(_ number: Int) {
        let file = Self.files[number]
        #expect(fault(of: file.text) == nil, "\(file.path)")
    }

    @Test("policies with one token changed", arguments: files.indices)
    func changed(_ number: Int) {
        let file = Self.files[number]
        let mutations = TokenMutations(of: file.text)
        for chosen in MutationShare.numbers(below: mutations.count, oneIn: 300, seed: UInt64(number)) {
            let mutation = mutations[chosen]
            guard Formatter.format(source: mutation.text) != nil else { continue }
            #expect(fault(of: mutation.text) == nil, "\(file.path): \(mutation)")
        }
    }
}
