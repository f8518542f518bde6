/// A truth of three values: true, false, or unknown for a non-empty set of reasons.
///
/// Encoding: false is 0, true is the topmost bit alone, and an unknown is its reasons' bits. `or` of values that are
/// not true is then the union of the bits, and the machine's registers hold truths as plain words.
public struct Truth: Hashable, Sendable, BitwiseCopyable {
    public let bits: UInt16

    public init(bits: UInt16) { self.bits = bits }

    public init(_ value: Bool) { bits = value ? 0x8000 : 0 }

    public static let yes = Truth(true)
    public static let no = Truth(false)

    /// Unknown for these reasons. No reasons at all means that nothing is missing: plain false.
    public static func unknown(_ reasons: Reasons) -> Truth { Truth(bits: reasons.rawValue & 0x7fff) }

    public var isTrue: Bool { bits == 0x8000 }
    public var isFalse: Bool { bits == 0 }
    public var isUnknown: Bool { bits != 0 && bits != 0x8000 }

    /// The reasons of an unknown; empty for a known value.
    public var reasons: Reasons { isUnknown ? Reasons(rawValue: bits) : [] }

    /// False if any operand is false, else unknown with all reasons if any is unknown, else true.
    @inlinable public static func && (left: Truth, right: Truth) -> Truth {
        if left.bits == 0 || right.bits == 0 { return Truth(bits: 0) }
        if left.bits == 0x8000 { return right }
        if right.bits == 0x8000 { return left }
        return Truth(bits: left.bits | right.bits)
    }

    /// True if any operand is true, else unknown with all reasons if any is unknown, else false.
    @inlinable public static func || (left: Truth, right: Truth) -> Truth {
        if left.bits == 0x8000 || right.bits == 0x8000 { return Truth(bits: 0x8000) }
        return Truth(bits: left.bits | right.bits)
    }

    /// True and false exchanged; an unknown stays as it is.
    @inlinable public static prefix func ! (value: Truth) -> Truth {
        switch value.bits {
        case 0: Truth(bits: 0x8000)
        case 0x8000: Truth(bits: 0)
        default: value
        }
    }
}

extension Truth: CustomStringConvertible {
    public var description: String {
        if isTrue { return "true" }
        if isFalse { return "false" }
        return "unknown (\(reasons.names.joined(separator: ", ")))"
    }
}
