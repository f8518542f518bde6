/// Why a file is not a bundle that may run.
public struct BundleFault: Error, Equatable, Sendable {
    public enum Cause: String, Sendable {
        /// Not a bundle at all.
        case format
        /// A bundle of a version that this loader does not know.
        case version
        /// A digest does not match: the file was changed or cut.
        case digest
        /// A section ends early, or has bytes left over.
        case length
        /// A value is none of those its place can have.
        case value
        /// A named limit is exceeded.
        case limit
        /// The signature was not made over these bytes.
        case signature
        /// The tables or the code are not what a verified program may have.
        case verification
    }

    public let cause: Cause
    /// What is wrong, in one sentence without capital and full stop.
    public let reason: String

    public init(_ cause: Cause, _ reason: String) {
        self.cause = cause
        self.reason = reason
    }
}

extension BundleFault: CustomStringConvertible {
    public var description: String { "the bundle cannot be used: \(reason)" }
}
