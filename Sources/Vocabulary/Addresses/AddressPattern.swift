/// A pattern of a group: `payroll@acme.example`, `*@finance.acme.example`, or `acme.example` for all its mailboxes.
///
/// `*` stands for any run of characters, `?` for one. Folded; matched in time linear in text × stars.
public struct AddressPattern: Hashable, Sendable, Codable {
    /// The folded pattern over the whole `local@domain`.
    public let glob: [UInt8]

    public init(_ text: String) {
        var bytes = CaseFolding.fold(Array(text.utf8))
        if !bytes.contains(UInt8(ascii: "@")) { bytes = [UInt8(ascii: "*"), UInt8(ascii: "@")] + bytes }
        let behindAt = (bytes.lastIndex(of: UInt8(ascii: "@")) ?? 0) + 1
        bytes.replaceSubrange(behindAt..., with: Punycode.unfolded(Array(bytes[behindAt...])))
        glob = bytes
    }

    /// Whether the pattern is one address, and so can be looked up instead of tried.
    public var isExact: Bool { !glob.contains(UInt8(ascii: "*")) && !glob.contains(UInt8(ascii: "?")) }

    public func matches(_ address: Address) -> Bool { Glob.matches(glob, address.folded) }
}

/// Matching with `*` and `?` over bytes.
public enum Glob {
    /// Whether the whole text matches. Iterative: remembers only the last star, so at worst pattern × text steps.
    public static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var index = 0
        var patternIndex = 0
        var lastStar: Int?
        var retry = 0
        while index < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
                lastStar = patternIndex
                retry = index
                patternIndex += 1
            } else if patternIndex < pattern.count,
                pattern[patternIndex] == UInt8(ascii: "?") || pattern[patternIndex] == text[index]
            {
                patternIndex += 1
                index += 1
            } else if let star = lastStar {
                retry += 1
                index = retry
                patternIndex = star + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
