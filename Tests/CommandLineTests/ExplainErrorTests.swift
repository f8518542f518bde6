import Foundation
import Testing

/// `lazaret explain-error`: the pages of the codes, as people and programs get them.
@Suite struct ExplainErrorTests {
    @Test func aPageByNumberAndByName() throws {
        let byNumber = try CommandLine.run("explain-error", "LZ0447")
        #expect(byNumber.status == 0)
        #expect(byNumber.output.hasPrefix("LZ0447 unknown-value-name: "))
        #expect(byNumber.output.contains("    when any file where (type is video)"))
        #expect(try CommandLine.run("explain-error", "unknown-value-name").output == byNumber.output)
    }

    @Test func otherFilesOfAnExampleAreNamed() throws {
        let page = try CommandLine.run("explain-error", "LZ0306").output
        #expect(page.contains("    # in the file partners.txt:\n    not an address"))
        #expect(!page.contains("==="))
    }

    @Test func aWarningTellsHowToSilenceIt() throws {
        #expect(try CommandLine.run("explain-error", "LZ0700").output.contains("`allow unused-list \"reason\"`"))
        #expect(try !CommandLine.run("explain-error", "LZ0447").output.contains("It is a warning"))
    }

    @Test func allCodesWithoutAnArgument() throws {
        let table = try CommandLine.run("explain-error")
        #expect(table.status == 0 && table.lines.count > 190)
        #expect(table.lines.first?.hasPrefix("LZ0001  not-utf8 ") == true)
    }

    @Test func json() throws {
        let one = try CommandLine.run("explain-error", "LZ0009", "--format", "json").output
        let objects = try #require(try JSONSerialization.jsonObject(with: Data(one.utf8)) as? [[String: String]])
        #expect(objects.map { $0["name"] } == ["invisible-character"])
        #expect(one.contains("\\u200b"), "invisible characters are escaped")
        let all = try CommandLine.run("explain-error", "--format", "json").output
        let pages = try #require(try JSONSerialization.jsonObject(with: Data(all.utf8)) as? [[String: String]])
        #expect(pages.count > 190 && pages.allSatisfy { $0.count == 6 })
    }

    @Test func anUnknownCodeNamesTheNearest() throws {
        let unknown = try CommandLine.run("explain-error", "unknown-value-nmae")
        #expect(unknown.status == 2 && unknown.output.isEmpty)
        #expect(unknown.errors.contains("did you mean `unknown-value-name`?"))
    }
}
