import ArgumentParser
import Foundation
import Glibc
import PolicyTesting

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Start a policy repository: policy, samples, tests, CI file.",
        discussion: """
            Nothing that is there is overwritten. What is written passes `check` and `test`.

            Example: lazaret init --ci github my-policy
            """)

    @Argument(help: ArgumentHelp("The folder, made if needed.", valueName: "dir"))
    var folder = "."

    @Option(
        name: .customLong("ci"),
        help: ArgumentHelp(
            "The file for continuous integration: check, tests, comparison and bundle on gitlab or github, or none.",
            valueName: "host"))
    var pipeline = Pipeline.gitlab

    func run() throws {
        let files = PolicyRepository.files(pipeline)
        for (path, _) in files where FileManager.default.fileExists(atPath: Self.join(folder, path)) {
            throw CommandFailure(.faulty, "\(Self.join(folder, path)) is there already; nothing was written")
        }
        for (path, text) in files {
            let place = Self.join(folder, path)
            do {
                let parent = URL(fileURLWithPath: place).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            } catch {
                throw CommandFailure(.environment, "\(folder): the folder cannot be made")
            }
            try Output.write(Array(text.utf8), replacing: place)
            Output.standard.line("wrote \(place)")
        }
        Output.standard.line("Next: put your domains into \(Self.join(folder, "policy.lazaret")), then")
        Output.standard.line("  lazaret check \(folder) && lazaret test \(folder)")
    }

    private static func join(_ folder: String, _ path: String) -> String {
        folder == "." ? path : folder + (folder.hasSuffix("/") ? "" : "/") + path
    }
}
