import ArgumentParser
import Glibc
import PolicyTesting
import Workers

/// The author's command line: arguments and wiring. It links nothing that parses mail.
@main
struct Lazaret: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lazaret",
        abstract: "Write, check, compile and try mail policies.",
        discussion: """
            Start with `lazaret init my-policy`; `lazaret help COMMAND` shows each command with an example.

            Exit status: 0 done and nothing wrong; 1 the policy, a test or a mail file is faulty; 2 usage; \
            3 the environment.
            """,
        version: "lazaret \(Release.version) (language edition 1)",
        subcommands: [
            Init.self, Check.self, Compile.self, Disasm.self, Format.self, Test.self, Inspect.self, Explain.self,
            DryRunCommand.self, Report.self, EnginesCommand.self, Diff.self, ImportCommand.self,
            LanguageServerCommand.self, KeyCommand.self, Verify.self, Push.self,
            StatusCommand.self, Rollback.self,
            ExplainError.self, Completions.self,
        ])

    /// Runs the command and ends with its status; ArgumentParser's own statuses are turned into the contract's.
    static func main() {
        Output.occupyStandardStreams()
        signal(SIGPIPE, SIG_IGN)
        var printsJSON = false
        do {
            if let complaint = CommandNames.complaint(Array(CommandLine.arguments.dropFirst()), of: configuration) {
                throw CommandFailure(.usage, complaint)
            }
            var command = try parseAsRoot()
            printsJSON = (command as? any PrintsJSON)?.printsJSON ?? false
            try command.run()
            Output.standard.finish()
        } catch let failure as CommandFailure {
            if printsJSON, Output.standard.isUntouched, let message = failure.message {
                Output.standard.line(FailureObject.text(message, diagnostics: failure.diagnostics))
            }
            Output.standard.finish()
            if let message = failure.message { Output.complain("lazaret: " + Shown.text(message)) }
            Glibc.exit(failure.status.rawValue)
        } catch {
            Output.standard.finish()
            let text = fullMessage(for: error)
            if exitCode(for: error).isSuccess {
                Output.standard.line(text)
                Output.standard.finish()
                return
            }
            Output.complain(text)
            Glibc.exit(CommandStatus.usage.rawValue)
        }
    }
}
