import Foundation
import TestSupport
import Testing

/// `check --fix` and `check --format sarif`, as an author and a pipeline run them.
@Suite struct CorrectionTests {
    private static let faulty = """
        policy small {
            edition 1
            domains "acme.example"
        }

        # Kept.
        rule clips {
            when any attachment where (type is vidoe and size > "2MB")
            then quarantine media
            if unknown then defer
        }

        """

    @Test func correctionsThatLeaveNoChoiceAreWritten() throws {
        let scratch = try Scratch(["policy.lazaret": Self.faulty])
        let fixed = try CommandLine.run("check", "--fix", scratch.url.path)
        #expect(fixed.status == 0, "\(fixed.output)\(fixed.errors)")
        #expect(fixed.errors.contains("corrected 2 faults"))
        let text = try String(contentsOfFile: scratch.path("policy.lazaret"), encoding: .utf8)
        #expect(text.contains("type is video and size > 2 MB"))
        #expect(text.contains("# Kept."))
    }

    @Test func aChoiceIsLeftToTheAuthor() throws {
        let open = Self.faulty.replacingOccurrences(of: "    if unknown then defer\n", with: "")
        let scratch = try Scratch(["policy.lazaret": open.replacingOccurrences(of: "\"2MB\"", with: "2 MB")])
        let fixed = try CommandLine.run("check", "--fix", scratch.url.path)
        #expect(fixed.status == 1)
        #expect(fixed.errors.contains("1 fault left with corrections to choose from"), "\(fixed.errors)")
        let text = try String(contentsOfFile: scratch.path("policy.lazaret"), encoding: .utf8)
        #expect(text.contains("type is video"))
        #expect(!text.contains("uninspectable"))
    }

    /// Whether mail without a sender is meant, the author says; nothing is written.
    @Test func whatDecidesSomethingIsNotWritten() throws {
        let text = """
            policy small {
                edition 1
            }

            group bad { "x@bad.example" }

            rule bounces {
                when not (sender in bad)
                then reject "no"
            }

            rule mixed {
                when authenticated and tls or subject contains "x"
                then quarantine review
            }

            """
        let scratch = try Scratch(["policy.lazaret": text])
        let fixed = try CommandLine.run("check", "--fix", scratch.url.path)
        #expect(fixed.status == 1)
        #expect(try String(contentsOfFile: scratch.path("policy.lazaret"), encoding: .utf8) == text)
        #expect(fixed.errors.contains("2 faults left with corrections to choose from"), "\(fixed.errors)")
    }

    @Test func aTestWithoutItsMailIsNoticed() throws {
        let test = """

            test "passes" {
                mail "samples/none.eml" inbound from "a@partner.example" to "b@acme.example"
                expect deliver
            }

            """
        let sound = Self.faulty.replacingOccurrences(of: "\"2MB\"", with: "2 MB")
            .replacingOccurrences(of: "vidoe", with: "video")
        let scratch = try Scratch(["policy.lazaret": sound + test])
        let checked = try CommandLine.run("check", scratch.url.path)
        #expect(checked.status == 0)
        #expect(checked.output.contains("LZ0727"), "\(checked.output)")
    }

    @Test func sarifIsALogThatEndsWithTheSameStatus() throws {
        let scratch = try Scratch(["policy.lazaret": Self.faulty])
        let run = try CommandLine.run("check", "--format", "sarif", scratch.url.path)
        #expect(run.status == 1)
        let log = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(((log?["runs"] as? [[String: Any]])?.first?["results"] as? [Any])?.count == 2)
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func completionsNameEveryCommand(_ shell: String) throws {
        let script = try CommandLine.run("completions", shell)
        #expect(script.status == 0)
        for command in ["check", "dry-run", "completions"] { #expect(script.output.contains(command)) }
        for code in ["LZ0001", "LZ0447", "LZ0728"] { #expect(script.output.contains(code), "for explain-error") }
    }
}
