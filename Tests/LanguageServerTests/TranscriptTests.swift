import TestSupport
import Testing

/// Sessions of an editor, replayed; each golden file holds what the editor does and what it is answered.
@Suite struct TranscriptTests {
    private static let golden = GoldenDirectory("Golden")

    @Test(arguments: Self.golden.names(withExtension: "transcript"))
    func theServerAnswersAsWritten(_ name: String) {
        let script = Self.golden.text(name) ?? ""
        let replayed = Transcript.replay(script)
        if let difference = Self.golden.difference(name, from: replayed) { Issue.record("\(difference)") }
    }

    @Test func everyFeatureHasASession() {
        let scripts = Self.golden.names(withExtension: "transcript").compactMap { Self.golden.text($0) }.joined()
        for method in SessionMethods.all {
            #expect(scripts.contains("--> " + method), "no session asks for \(method)")
        }
    }
}
