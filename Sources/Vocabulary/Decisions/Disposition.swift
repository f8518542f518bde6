/// What happens to a message for one recipient. The order is the join: the greater one wins.
///
/// Reject stands above discard, so that one careless rule cannot turn an audible refusal into silence.
public enum Disposition: String, CaseIterable, Codable, Sendable, Comparable {
    case deliver
    case `defer`
    case quarantine
    case discard
    case reject

    public var rank: Int {
        switch self {
        case .deliver: 0
        case .defer: 1
        case .quarantine: 2
        case .discard: 3
        case .reject: 4
        }
    }

    public static func < (left: Disposition, right: Disposition) -> Bool { left.rank < right.rank }
}

/// Which way a message goes, judged for each recipient.
public enum Direction: String, CaseIterable, Codable, Sendable {
    case inbound
    case outbound
    case `internal`

    public var set: DirectionSet {
        switch self {
        case .inbound: .inbound
        case .outbound: .outbound
        case .internal: .internal
        }
    }
}

/// A set of directions, as a rule's `on` names them.
public struct DirectionSet: OptionSet, Hashable, Codable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let inbound = DirectionSet(rawValue: 1)
    public static let outbound = DirectionSet(rawValue: 2)
    public static let `internal` = DirectionSet(rawValue: 4)
    public static let all: DirectionSet = [.inbound, .outbound, .internal]

    /// The names in it, in a fixed order.
    public var names: [String] { Direction.allCases.filter { contains($0.set) }.map(\.rawValue) }
}
