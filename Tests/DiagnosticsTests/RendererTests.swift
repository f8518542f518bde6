import Diagnostics
import TestSupport
import Testing

@Suite("Renderers")
struct RendererTests {
    let code = DiagnosticCode(123, "unknown-fact")

    func sources(_ text: String) -> SourceSet {
        var set = SourceSet()
        set.add(path: "a.lazaret", bytes: Array(text.utf8))
        return set
    }

    func span(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(file: FileID(0), start: start, end: end) }

    @Test("several labels on a line hang below each other")
    func labels() {
        let diagnostic = Diagnostic(
            code, message: "odd", at: span(6, 9), label: "here", secondary: [DiagnosticLabel(span(0, 1), "there")],
            notes: ["a note"], help: "some help",
            fixIts: [FixIt("remove it", isSure: true, replace: span(6, 9), with: "")])
        #expect(
            TextRenderer(sources: sources("a is\tbee\n")).render(diagnostic) == """
                error[LZ0123]: odd
                 --> a.lazaret:1:7
                  |
                1 | a is    bee
                  | -        ^^ here
                  | there
                  |
                  = note: a note
                  = help: some help
                  = fix: remove it

                """)
    }

    @Test("invisible characters are shown as escapes and wide ones take two columns")
    func characters() {
        let text = "日\u{202E}x"
        let diagnostic = Diagnostic(code, severity: .warning, message: "odd", at: span(6, 7))
        let lines = TextRenderer(sources: sources(text)).render(diagnostic).split(separator: "\n")
        #expect(lines[3] == "1 | 日\\u{202E}x")
        #expect(lines[4] == "  | " + String(repeating: " ", count: 10) + "^")
    }

    @Test("colour adds escapes only")
    func colour() {
        let diagnostic = Diagnostic(code, message: "odd", at: span(0, 1), label: "x")
        let coloured = TextRenderer(sources: sources("abc"), coloured: true).render(diagnostic)
        let plain = TextRenderer(sources: sources("abc")).render(diagnostic)
        #expect(coloured.contains("\u{1B}[1;31m"))
        #expect(coloured.replacing(/\x{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test("JSON has its keys in a fixed order")
    func json() {
        let diagnostic = Diagnostic(
            code, message: "say \"x\"", at: span(0, 1), fixIts: [FixIt("t", replace: span(0, 0), with: "\u{202E}")])
        #expect(
            JSONRenderer(sources: sources("abc")).object(diagnostic) == """
                {"code": "LZ0123", "name": "unknown-fact", "severity": "error", "message": "say \\"x\\"", \
                "file": "a.lazaret", "line": 1, "column": 1, "endLine": 1, "endColumn": 2, "start": 0, "end": 1, \
                "label": "", "labels": [], "notes": [], "help": null, "fixIts": [{"title": "t", "sure": false, \
                "edits": [{"file": "a.lazaret", "line": 1, "column": 1, "endLine": 1, "endColumn": 1, \
                "start": 0, "end": 0, "replacement": "\\u202e"}]}]}
                """)
    }

    @Test("corrections are applied together, overlapping ones left out")
    func fixIts() {
        let file = SourceFile(path: "a", text: "abc")
        let diagnostics = [
            Diagnostic(code, message: "m", at: span(0, 1), fixIts: [FixIt("t", replace: span(0, 1), with: "x")]),
            Diagnostic(code, message: "m", at: span(0, 2), fixIts: [FixIt("t", replace: span(0, 2), with: "y")]),
            Diagnostic(code, message: "m", at: span(2, 3), fixIts: [FixIt("t", replace: span(2, 3), with: "zz")]),
        ]
        let (bytes, applied) = FixItApplier.apply(diagnostics, to: file)
        #expect(String(decoding: bytes, as: UTF8.self) == "xbzz")
        #expect(applied == 2)
    }

    @Test("a report is bounded")
    func bound() {
        var limits = DiagnosticLimits()
        limits.diagnosticsPerRun = 3
        var bag = DiagnosticBag(limits: limits)
        for _ in 0..<5 { bag.add(Diagnostic(code, message: "m", at: span(0, 1))) }
        #expect(bag.diagnostics.count == 3)
        #expect(bag.dropped == 2)
    }

    @Test("columns of a long line are those of a walk over it")
    func columnsOfLongLines() {
        let line = String(repeating: "aé日\u{1F600}", count: 700)
        let file = SourceFile(path: "a.lazaret", text: "x\n" + line + "\n" + line)
        for offset in stride(from: 0, through: file.bytes.count, by: 7) {
            let start = file.lineStarts[file.lineIndex(of: offset)]
            let walked = file.bytes[start..<offset].filter { $0 & 0xC0 != 0x80 }.count + 1
            #expect(file.position(of: offset).column == walked)
        }
    }

    @Test("a line is shown up to a number of columns, and looked at up to a number of bytes")
    func longLineIsCut() {
        func shown(_ line: String, _ change: (inout DiagnosticLimits) -> Void) -> Substring? {
            var limits = DiagnosticLimits()
            change(&limits)
            let text = TextRenderer(sources: sources(line), limits: limits)
                .render([Diagnostic(code, message: "odd", at: span(0, 1))])
            return text.split(separator: "\n").first { $0.contains("1 | ") }?.split(separator: " ").last
        }
        #expect(shown("éééééééééé") { $0.columnsPerLine = 10 } == "éééééééééé")
        #expect(shown("ééééééééééé") { $0.columnsPerLine = 10 } == "éééééééééé…")
        #expect(shown("éééééééééé") { $0.bytesPerLine = 20 } == "éééééééééé")
        #expect(shown("ééééééééééé") { $0.bytesPerLine = 20 } == "éééééééééé…")
    }

    @Test("a line of megabytes is shown in part and costs its part")
    func longLine() {
        let set = sources(String(repeating: "é", count: 2 << 20))
        let diagnostics = (0..<200).map {
            Diagnostic(
                code, message: "odd", at: span(4 << 19 + $0, 4 << 19 + $0 + 2), label: "here",
                secondary: [DiagnosticLabel(span(3 << 19, 3 << 19 + 4), "there")])
        }
        let elapsed = Effort.seconds {
            #expect(TextRenderer(sources: set).render(diagnostics).utf8.count < 1 << 20)
        }
        #expect(elapsed < 30)
    }

    @Test("an error takes the place of a warning where the bag is full")
    func fullBag() {
        var bag = DiagnosticBag(limits: DiagnosticLimits())
        for place in 0..<600 { bag.add(Diagnostic(code, severity: .warning, message: "odd", at: span(place, place))) }
        bag.add(Diagnostic(code, message: "wrong", at: span(700, 700)))
        #expect(bag.hasErrors)
        #expect(bag.diagnostics.count == 500)
        for place in 0..<600 { bag.add(Diagnostic(code, message: "wrong", at: span(place, place))) }
        #expect(bag.diagnostics.allSatisfy { $0.severity == .error })
    }
}
