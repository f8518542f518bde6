import Enforcement
import Foundation
import Testing
import Vocabulary

/// The example of `docs/language.md`, "Templates", run over the sample mail with a program in a zip.
@Suite struct NoticePageTests {
    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    @Test func theExampleWritesItsNotices() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/language.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "## Templates\n").last)
        let sample = try Data(contentsOf: Self.root.appending(path: "Policies/samples/program-in-zip.eml"))
        var mail = WrittenMail()
        mail.rules = section.components(separatedBy: "```\n")[1]
        let text = String(decoding: sample, as: UTF8.self).replacing("\r\n", with: "\n")
        mail.fields = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        mail.body = ""
        let written = try mail.correspondence()
        #expect(written.notices.map(\.role) == ["recipient", "admin"])
        #expect(written.notices.map(\.language) == ["fr", "fr"])
        #expect(written.notices.first?.text == "Votre message à bob@acme.example est retenu : Programs.\n")
        #expect(written.unwritten.map(\.cause) == [.unauthenticated])
    }

    @Test func thePageNamesEveryPlaceholder() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/language.md"), encoding: .utf8)
        let section = try #require(page.components(separatedBy: "## Templates\n").last)
            .components(separatedBy: "## Tests\n")[0]
        for placeholder in TemplatePlaceholder.allCases {
            #expect(section.contains("`{\(placeholder.rawValue)}`"), "\(placeholder.rawValue)")
        }
    }
}
