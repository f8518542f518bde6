import Diagnostics
import Foundation
import Testing

/// What code-scanning pages are given.
@Suite struct SARIFTests {
    private func log(_ path: String, _ text: String, _ make: (SourceFile) -> Diagnostic) throws -> [String: Any] {
        let sources = SourceSet([SourceFile(path: path, text: text)])
        let file = try #require(sources.files.first)
        let rendered = SARIFRenderer(toolVersion: "1.2.3").render([([make(file)], sources)])
        return try #require(try JSONSerialization.jsonObject(with: Data(rendered.utf8)) as? [String: Any])
    }

    @Test func aResultHasRulePlaceAndFix() throws {
        let log = try log("my policy/a:b.lazaret", "ré vidoe\nx") { file in
            let span = SourceSpan(file: file.id, start: 4, end: 9)
            return Diagnostic(
                DiagnosticCode(447, "unknown-value-name"), message: "there is no `vidoe`", at: span, label: "here",
                help: "did you mean `video`?", fixIts: [FixIt("write `video`", replace: span, with: "video")])
        }
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        #expect(run["columnKind"] as? String == "unicodeCodePoints")
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect(result["ruleId"] as? String == "LZ0447")
        #expect(result["level"] as? String == "error")
        let place = try #require(
            (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
        #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == "my%20policy/a%3Ab.lazaret")
        let region = try #require(place["region"] as? [String: Int])
        // `é` is two bytes and one column.
        #expect(region["startColumn"] == 4 && region["endColumn"] == 9 && region["byteOffset"] == 4)
        let fix = try #require((result["fixes"] as? [[String: Any]])?.first)
        let change = try #require((fix["artifactChanges"] as? [[String: Any]])?.first)
        let replacement = try #require((change["replacements"] as? [[String: Any]])?.first)
        #expect((replacement["insertedContent"] as? [String: Any])?["text"] as? String == "video")
    }

    @Test func aLogWithoutFaultsIsWhole() throws {
        let text = SARIFRenderer(toolVersion: "1").render([])
        let log = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let run = try #require((log?["runs"] as? [[String: Any]])?.first)
        #expect((run["results"] as? [Any])?.isEmpty == true)
    }
}
