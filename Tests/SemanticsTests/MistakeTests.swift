import Diagnostics
import Semantics
import TestSupport
import Testing

/// The mistakes that people make who write their first policy, one a file, and what they are told.
@Suite struct MistakeTests {
    private static let golden = GoldenDirectory("Mistakes")
    private static let mark = "──── what the checker says\n"

    @Test(arguments: golden.names(withExtension: "txt"))
    func says(_ name: String) throws {
        let source = try Self.source(name)
        let difference = Self.golden.difference(name, from: source + Self.mark + rendered(check(source)))
        #expect(difference == nil, "\(difference ?? "")")
    }

    static func source(_ name: String) throws -> String {
        String(try #require(golden.text(name)).split(separator: mark, maxSplits: 1)[0])
    }
}
