/// The end of a run that did not go well, with its exit status.
struct DaemonFailure: Error {
    enum Status: Int32 {
        /// The settings are faulty.
        case faulty = 1
        case usage = 2
        /// A port is taken, a worker cannot be started.
        case environment = 3
    }

    let status: Status
    /// `nil` where everything has been said.
    let message: String?

    init(_ status: Status, _ message: String? = nil) {
        self.status = status
        self.message = message
    }
}
