import ArgumentParser
import Glibc
import Workers

/// The relay's program: arguments and wiring. It links nothing that parses mail.
@main
struct Lazaretd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lazaretd",
        abstract: "Relays mail as the organisations' policies decide.",
        discussion: """
            Without a file it listens on loopback, with its store beside where it was started, and says where.

            Exit status: 0 done; 1 the settings are faulty, or what was asked for is not so; 2 usage; 3 the environment.
            """,
        version: "lazaretd \(Release.version)",
        subcommands: [Serve.self, CheckConfig.self, HeldCommand.self, TrackCommand.self, AuditCommand.self],
        defaultSubcommand: Serve.self)

    /// Runs the command and ends with its status; ArgumentParser's own statuses are turned into the contract's.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch let failure as DaemonFailure {
            if let message = failure.message { StandardStreams.complain("lazaretd: " + message) }
            Glibc.exit(failure.status.rawValue)
        } catch {
            let text = fullMessage(for: error)
            if exitCode(for: error).isSuccess {
                StandardStreams.say(text)
                return
            }
            StandardStreams.complain(text)
            Glibc.exit(DaemonFailure.Status.usage.rawValue)
        }
    }
}
