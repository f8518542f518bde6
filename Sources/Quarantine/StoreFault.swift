/// Why something could not be stored or read. What was to be stored is not: the sender keeps the mail.
public struct StoreFault: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// No room on the disk.
        case full
        /// Another process holds the database; later it may work.
        case busy
        /// What is asked for is not there, or no longer.
        case missing
        /// Anything else: the disk, the database's server, a failed fsync.
        case failed
    }

    public let code: Code
    /// In words, without a full stop.
    public let reason: String

    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    public var description: String { reason }
}
