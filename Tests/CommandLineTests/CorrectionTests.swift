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
        #expect(fixed.errors.contains("1 fault left that can be mended in several ways"), "\(fixed.errors)")
        let text = try String(contentsOfFile: scratch.path("policy.lazaret"), encoding: .utf8)
        #expect(text.contains("type is video"))
        #expect(!text.contains("uninspectable"))
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
    }
}
