import Foundation
import TestSupport
import Testing

/// What the front page shows is what the commands print.
@Suite struct ReadmeTests {
    private static let page =
        (try? String(contentsOf: CommandLine.package.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""

    /// The page's blocks of code that begin with some words.
    private static func block(_ beginning: String) -> String? {
        page.components(separatedBy: "```\n").first { $0.hasPrefix(beginning) }
    }

    @Test func itsPolicyIsGoodAndSaysWhatThePageShows() throws {
        let policy = try #require(Self.block("policy acme"))
        let scratch = try Scratch(["acme/policy.lazaret": policy])
        let check = try CommandLine.run("check", "acme", in: scratch.url)
        #expect(check.status == 0, "\(check.output)")
        #expect(!check.output.contains("warning"), "\(check.output)")
        let sample = CommandLine.package.appendingPathComponent("Policies/samples/clip.eml").path
        let told = try CommandLine.run(
            "explain", "--policy", "acme", "--from", "stranger@elsewhere.example", sample, in: scratch.url)
        let shown = try #require(Self.block("bob@acme.example"))
        #expect(told.output.contains(shown), "\(told.output)\(told.errors)")
    }

    @Test func withoutItsAnswersThePolicyDoesNotCompile() throws {
        let policy = try #require(Self.block("policy acme"))
        let unanswered = try #require(policy.components(separatedBy: "uninspectable {").first)
        let scratch = try Scratch(["acme/policy.lazaret": unanswered])
        let check = try CommandLine.run("check", "acme", in: scratch.url)
        #expect(check.status == 1)
        let shown = try #require(Self.block("error[")).trimmingCharacters(in: .newlines)
        #expect(check.output.contains(shown), "\(check.output)")
    }

    /// The security claim, seen from the built file: hostile bytes are parsed by the worker's libraries alone.
    @Test func theFrontProgramLinksNothingThatReadsMail() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ldd")
        process.arguments = [CommandLine.executables.appendingPathComponent("lazaret").path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let libraries = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(libraries.contains("libc.so"))
        for library in ["clamav", "gmime", "archive", "magic", "xml2"] {
            #expect(!libraries.contains("lib" + library), "\(libraries)")
        }
    }
}
