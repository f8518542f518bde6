/// A piece of a Sieve script (RFC 5228, 2.2 and 8.1).
struct SieveToken: Equatable {
    enum Kind: Equatable {
        case identifier(String)
        /// Without its colon, in lower case.
        case tag(String)
        /// Multiplied by its unit; nil where that is too large.
        case number(Int64?)
        case text(String)
        /// One of `( ) { } [ ] , ;`.
        case mark(Character)
        case end
    }

    let kind: Kind
    /// From 1.
    let line: Int

    /// How a fault names it.
    var shown: String {
        switch kind {
        case .identifier(let name): "`\(name)`"
        case .tag(let name): "`:\(name)`"
        case .number(let number): number.map { "`\($0)`" } ?? "a number"
        case .text: "a text"
        case .mark(let mark): "`\(mark)`"
        case .end: "the end of the script"
        }
    }
}

/// Why a script is no Sieve.
public struct SieveFault: Error, Equatable, Sendable {
    /// From 1.
    public let line: Int
    public let reason: String
}
