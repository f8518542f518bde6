import PolicyTesting
import Workers

/// The exit statuses of the contract.
enum CommandStatus: Int32 {
    case faulty = 1
    case usage = 2
    case environment = 3
}

/// The end of a command that did not go well.
struct CommandFailure: Error {
    let status: CommandStatus
    /// `nil` when everything has been said.
    let message: String?
    /// Those of a policy with errors, each as a JSON object.
    let diagnostics: [String]

    init(_ status: CommandStatus, _ message: String? = nil, diagnostics: [String] = []) {
        self.status = status
        self.message = message
        self.diagnostics = diagnostics
    }

    /// A signal ended the run. Its results are good, but a script must not take them for all.
    static let endedEarly = CommandFailure(.environment, "ended early by a signal; the results are those until then")

    init(_ fault: FileFault, status: CommandStatus = .environment) {
        self.init(status, fault.description)
    }

    /// A worker that cannot be started is the environment's fault.
    ///
    /// - Parameters:
    ///   - refused: whose fault it is when the worker refuses its set-up: the policy's where the bundle came from
    ///     outside, else that of the signatures.
    init(_ error: WorkerError, refused: CommandStatus = .environment) {
        switch error.code {
        case .refused: self.init(refused, "the worker refused its set-up: \(error.reason)")
        case .unprocessable: self.init(.faulty, error.reason)
        case .unavailable, .cancelled: self.init(.environment, error.reason)
        }
    }
}
