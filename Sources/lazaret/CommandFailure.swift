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

    init(_ status: CommandStatus, _ message: String? = nil) {
        self.status = status
        self.message = message
    }

    init(_ fault: FileFault, status: CommandStatus = .environment) {
        self.init(status, fault.description)
    }

    /// A worker that cannot be started is the environment's fault; a bundle it refuses is the policy's.
    init(_ error: WorkerError) {
        switch error.code {
        case .refused: self.init(.faulty, "the worker refused the policy: \(error.reason)")
        case .unprocessable: self.init(.faulty, error.reason)
        case .unavailable, .cancelled: self.init(.environment, error.reason)
        }
    }
}
