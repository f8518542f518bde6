import ArgumentParser
import Diagnostics
import Lexical
import PolicyTesting
import Workers

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check policies and show what is wrong with them.",
        discussion: """
            A folder is one policy of all its .lazaret files; a folder of policies checks each. With --fix the \
            corrections that leave no choice are written into the policy's own files first.

            Example: lazaret check --fix my-policy
            """)

    @Argument(help: ArgumentHelp("Policy folders or files.", valueName: "path"))
    var paths: [String]

    @Option(help: "text for people, json for programs, sarif for code-scanning pages.")
    var format: CheckFormat = .text

    @Flag(help: "Write the corrections that leave no choice.")
    var fix = false

    @OptionGroup var modules: ModuleOptions
    @OptionGroup var colors: ColorOptions

    func run() throws {
        let paint = colors.paint
        var builds: [PolicyBuild] = []
        var isMissing = false
        var stopped: CommandFailure?
        for policy in policies(&isMissing) {
            // What cannot be read does not keep the others from being told of: a program reads the output.
            do throws(CommandFailure) {
                let build = try fix ? corrected(policy) : compiled(policy)
                builds.append(build)
                if format == .text {
                    let text = build.text(coloured: paint.isOn)
                    if !text.isEmpty { Output.standard.line(text) }
                    Output.standard.line(Self.summary(build, of: policy, paint))
                }
            } catch {
                if error.status != .faulty {
                    stopped = error
                    break
                }
                Self.complain(error)
                isMissing = true
            }
        }
        switch format {
        case .text: break
        case .json: Output.standard.line("[" + builds.flatMap(\.objects).joined(separator: ",\n ") + "]")
        case .sarif:
            let renderer = SARIFRenderer(toolVersion: Release.version)
            Output.standard.write(Array(renderer.render(builds.map { ($0.diagnostics, $0.sources) }).utf8))
        }
        if let stopped { throw stopped }
        if isMissing || builds.contains(where: { $0.errors > 0 }) { throw CommandFailure(.faulty) }
    }

    /// The policies of all paths; a path that cannot be read is complained of.
    private func policies(_ isMissing: inout Bool) -> [String] {
        var policies: [String] = []
        for path in paths {
            do throws(CommandFailure) {
                policies += try Self.policies(at: path)
            } catch {
                Self.complain(error)
                isMissing = true
            }
        }
        return policies
    }

    private static func complain(_ failure: CommandFailure) {
        if let message = failure.message { Output.complain("lazaret: " + Shown.text(message)) }
    }

    private func compiled(_ policy: String) throws(CommandFailure) -> PolicyBuild {
        PolicyBuild(try modules.folder(policy), patterns: PatternLibrary())
    }

    /// Corrects round by round, since one correction can uncover the next fault. What was done is told on standard
    /// error, so that the output stays what its format says.
    private func corrected(_ policy: String) throws(CommandFailure) -> PolicyBuild {
        for _ in 0..<Self.rounds {
            let build = try compiled(policy)
            let correction = PolicyCorrection(build)
            if correction.files.isEmpty {
                if correction.choices > 0 {
                    Output.complain(
                        "\(policy): \(Shown.count(correction.choices, "fault")) left with corrections to choose from")
                }
                return build
            }
            try AuthorFiles.write(
                correction.files.map { AuthorFiles.Change(path: $0.path, old: $0.old, new: $0.bytes) })
            Output.complain("\(policy): corrected \(Shown.count(correction.corrected, "fault"))")
        }
        return try compiled(policy)
    }

    /// Rounds of correcting; corrections that bring each other about would otherwise never end.
    private static let rounds = 8

    static func policies(at path: String) throws(CommandFailure) -> [String] {
        do throws(FileFault) {
            return try PolicyFolder.policies(at: path)
        } catch {
            throw CommandFailure(error, status: .faulty)
        }
    }

    private static func summary(_ build: PolicyBuild, of policy: String, _ paint: Paint) -> String {
        var counts: [String] = []
        if build.errors > 0 { counts.append(paint(Shown.count(build.errors, "error"), .red)) }
        if build.warnings > 0 { counts.append(paint(Shown.count(build.warnings, "warning"), .yellow)) }
        if build.errors == 0 { counts.append(paint("good", .green)) }
        return "\(policy): \(counts.joined(separator: ", ")) (\(Shown.count(build.summary?.rules.count ?? 0, "rule")), "
            + "\(Shown.count(build.tests.count, "test")))"
    }
}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case sarif
}
