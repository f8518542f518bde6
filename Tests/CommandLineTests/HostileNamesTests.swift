import Foundation
import TestSupport
import Testing

/// Policy files whose names hold what the formats of reports, a page or a terminal would obey.
@Suite struct HostileNamesTests {
    private static let policy = """
        policy small {
            edition 1
            domains "acme.example"
        }

        rule urgent {
            on   inbound
            when subject contains "urgent"
            then quarantine hurry
        }

        test "passes" {
            mail   "mail.eml" inbound from "eve@x.example" to "bob@acme.example"
            expect deliver
        }

        """

    @Test(arguments: [
        "a\u{1B}[2Jb", "a<script>alert(1)<&\"'>", "a\nend_of_record\nSF:b", "a\rb", "a\u{202E}b", "a\u{85}b", "-rf",
        ",9,9",
    ]) func namesSteerNothing(_ name: String) throws {
        let scratch = try Scratch(["p/\(name).lazaret": Self.policy, "p/mail.eml": "Subject: urgent\n\nx\n"])
        let folder = scratch.path("p")
        for format in ["text", "json", "lcov", "html"] {
            let file = scratch.path("coverage")
            let run = try CommandLine.run("test", folder, "--coverage", file, "--coverage-format", format)
            #expect(run.status == 1, "\(run.errors)")
            let text = scratch.text("coverage") ?? ""
            #expect(!text.isEmpty)
            // A tracefile names the file as it is called, for a program that opens it; nobody else's output does.
            for output in [run.output, run.errors] + (format == "text" ? [text] : []) {
                let hasControls = output.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 || $0 == "\u{202E}" }
                #expect(!hasControls && !output.contains("\nend_of_record"))
            }
            if format == "html" { #expect(!text.contains("<script>alert")) }
            if format == "lcov" { #expect(text.components(separatedBy: "end_of_record\n").count == 2) }
            if format == "json" { _ = try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        }
        for format in ["text", "json", "sarif"] {
            let run = try CommandLine.run("check", folder, "--format", format)
            #expect(!run.output.unicodeScalars.contains("\u{1B}"))
            if format != "text" { _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) }
        }
        let report = try CommandLine.run("test", folder, "--format", "junit").output
        let shown = report.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" }
        #expect(shown && report.hasSuffix("</testsuites>\n") && !report.contains("<script>"))
    }
}
