import Foundation
import Testing
import Vocabulary

@testable import Inspection

/// libmagic takes up to milliseconds for a text: it is asked only where its answer counts.
@Suite struct TextTypingTests {
    private func names(_ text: String, _ hint: TypeHint, magic: () -> String?) -> [String] {
        Array(text.utf8).withUnsafeBytes { TextContentType.names($0, hint: hint, magicName: magic) }
    }

    @Test(arguments: [
        ("Dear all, it is done.\n", TypeHint(name: nil, declaredType: "text/plain", isShown: false), "plain"),
        ("Dear all, it is done.\n", TypeHint(name: nil, declaredType: "text/html", isShown: false), "html"),
        ("Dear all, it is done.\n", TypeHint(name: "notes.txt", declaredType: nil, isShown: false), "plain"),
        ("This is a multi-part message.\n", TypeHint(name: nil, declaredType: nil, isShown: true), "plain"),
        ("<html><p>hello", TypeHint(name: nil, declaredType: nil, isShown: false), "html"),
        ("From: a@b.example\nTo: c\nSubject: x\n\n", TypeHint(name: nil, declaredType: nil, isShown: false), "eml"),
    ])
    func libmagicIsNotAskedWhereItsAnswerIsNotHeard(text: String, hint: TypeHint, expected: String) {
        var questions = 0
        let found = names(text, hint) {
            questions += 1
            return "json"
        }
        #expect(found == [expected] && questions == 0)
    }

    @Test func libmagicDecidesWhereNothingElseTells() {
        let hint = TypeHint(name: "data.bin", declaredType: nil, isShown: false)
        #expect(names("{\"a\": 1}", hint) { "json" } == ["json"])
        #expect(names("import java", hint) { "source" } == ["plain"])
        #expect(names("From: a@b.example\n\nhello", hint) { "eml" } == ["eml"])
    }

    /// A text in the place of a body is what readers show; a sign of another kind still counts there.
    @Test func shownTextIsPlainUnlessASignSaysOtherwise() throws {
        let typer = try FileTyper()
        #expect(typer.types(of: Array("{\"a\": [1, 2]}\n".utf8), isShown: true).map(\.name) == ["plain"])
        #expect(typer.types(of: Array("{\"a\": [1, 2]}\n".utf8)).map(\.name) == ["json"])
        #expect(typer.types(of: Array("#!/bin/sh\nrm x\n".utf8), isShown: true).map(\.name) == ["sh"])
        #expect(
            typer.types(of: [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18), isShown: true).map(\.name) == ["zip"])
    }

    @Test func bytesAreNoTextHowFarInTheyStand() throws {
        let typer = try FileTyper()
        var bytes = Array(repeating: UInt8(ascii: "a"), count: 65_000)
        #expect(typer.types(of: bytes).map(\.name) == ["plain"])
        bytes[60_000] = 0
        #expect(typer.types(of: bytes).map(\.name) == ["unknown"])
    }

    /// A mark that joins what stands before it makes another character of that to whoever reads characters.
    @Test(arguments: [
        ("<html\u{200D}><p>hello", "html"), ("\u{0C}<HTML>", "html"), ("\u{FEFF}<html>", "html"),
        ("@ECHO off\u{301}\n", "bat"), ("web\r\n1\r\nhttp://a.example/\r\n", "iqy"),
    ])
    func aSignIsOneWhateverStandsBesideIt(text: String, expected: String) {
        #expect(names(text, TypeHint(name: nil, declaredType: nil, isShown: true)) { nil } == [expected])
    }
}
