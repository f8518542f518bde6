/// A wall that could not be raised: the process must not read hostile bytes.
public struct WallFault: Error, CustomStringConvertible, Sendable {
    /// What failed, and what can be done about it.
    public var reason: String

    init(_ reason: String) { self.reason = reason }

    public var description: String { reason }
}
