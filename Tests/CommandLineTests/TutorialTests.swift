import Foundation
import TestSupport
import Testing

/// The tutorial, followed line by line by a shell with the real programs.
@Suite struct TutorialTests {
    private struct Step {
        let command: String
        var shown: [String] = []
    }

    private static func steps() throws -> [Step] {
        let file = CommandLine.package.appendingPathComponent("docs/tutorial.md")
        var steps: [Step] = []
        var isInside = false
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isInside, line != "…" {
                steps[steps.count - 1].shown.append(String(line))
            }
        }
        return steps
    }

    @Test func whatThePageShowsComesOut() throws {
        let steps = try Self.steps()
        #expect(steps.count > 12)
        let scratch = try Scratch()
        for step in steps {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = ["-c", step.command]
            process.currentDirectoryURL = scratch.url
            var environment = ProcessInfo.processInfo.environment
            let programs = CommandLine.executables.path
            environment["PATH"] = programs + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
            environment["LAZARET_MODULES"] = CommandLine.package.appendingPathComponent("Policies").path
            process.environment = environment
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(step.command)\n\(output)")
            for line in step.shown {
                let pieces = line.split(separator: "…").map { $0.trimmingCharacters(in: .whitespaces) }
                #expect(pieces.allSatisfy { output.contains($0) }, "\(step.command): \(line)\n\(output)")
            }
        }
    }
}
