/// When a recipient's report is wanted (RFC 3461 4.1).
public struct NotifyConditions: OptionSet, Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let success = NotifyConditions(rawValue: 1)
    public static let failure = NotifyConditions(rawValue: 2)
    public static let delay = NotifyConditions(rawValue: 4)
    /// No report whatever happens; stands alone.
    public static let never: NotifyConditions = []

    private static let names: [(NotifyConditions, String)] = [
        (.success, "SUCCESS"), (.failure, "FAILURE"), (.delay, "DELAY"),
    ]

    /// - Returns: `nil` for an unknown word, one said twice, or NEVER beside others.
    init?(_ text: String) {
        guard text.uppercased() != "NEVER" else {
            self = .never
            return
        }
        var conditions: NotifyConditions = []
        for word in text.uppercased().split(separator: ",", omittingEmptySubsequences: false) {
            guard let (condition, _) = Self.names.first(where: { $0.1 == word }), !conditions.contains(condition) else {
                return nil
            }
            conditions.insert(condition)
        }
        self = conditions
    }

    /// As the value of NOTIFY.
    public var description: String {
        isEmpty ? "NEVER" : Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ",")
    }
}

/// What of the message a report of failure brings back (RFC 3461 4.3).
public enum ReturnedContent: String, Hashable, Sendable, Codable {
    case full = "FULL"
    case headers = "HDRS"
}
