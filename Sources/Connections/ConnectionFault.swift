import Glibc

/// Why a talk with a server in another process ended without an answer.
public struct ConnectionFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// In words, without a full stop.
    public let description: String

    public init(_ description: String) { self.description = description }

    /// With the system's own word for one of its error numbers.
    public static func system(_ what: String, _ code: Int32) -> ConnectionFault {
        ConnectionFault("\(what): \(String(cString: strerror(code)))")
    }
}
