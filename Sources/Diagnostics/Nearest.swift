/// A name near to one that means nothing.
public struct NearName: Hashable, Sendable {
    /// The name.
    public let name: String
    /// Whether it alone can have been meant: near, the only one so near, and one of the language's own names.
    public let isSure: Bool

    /// Makes a guess.
    public init(_ name: String, isSure: Bool) {
        self.name = name
        self.isSure = isSure
    }

    /// The same as a suggestion: a name that the policy declares may be near to another that it was to declare.
    public var asSuggestion: NearName { NearName(name, isSure: false) }

    /// The guess with words around its name.
    public func within(_ before: String, _ after: String) -> NearName {
        NearName(before + name + after, isSure: isSure)
    }
}

/// Finds the name that the author most likely meant.
public enum Nearest {
    /// The candidate at the least edit distance, about a third of the name's length and at most three edits;
    /// the first by name among equals, so that the answer does not depend on the order of candidates.
    public static func to(_ name: String, among candidates: some Sequence<String>) -> NearName? {
        let own = Array(name.lowercased().unicodeScalars)
        let limit = max(1, min(3, (own.count + 1) / 3))
        var best: (distance: Int, name: String)?
        var isUnique = true
        for candidate in candidates where candidate != name {
            let letters = Array(candidate.lowercased().unicodeScalars)
            guard let distance = EditDistance.between(own, letters, limit: limit) else { continue }
            if let best, best.name != candidate, best.distance == distance { isUnique = false }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            if let best, best.distance > distance { isUnique = true }
            best = (distance, candidate)
        }
        return best.map { NearName($0.name, isSure: isUnique && isClear(name, $0.name, distance: $0.distance)) }
    }

    /// The same among names that the policy declares: never more than a suggestion.
    public static func to(_ name: String, amongDeclared candidates: some Sequence<String>) -> NearName? {
        to(name, among: candidates)?.asSuggestion
    }

    /// Whether a word is so near to another that it is a slip: one edit in four letters, two in eight. Digits tell
    /// names apart, so they are none.
    private static func isClear(_ name: String, _ meant: String, distance: Int) -> Bool {
        let allowed = name.utf8.count >= 8 ? 2 : name.utf8.count >= 4 ? 1 : 0
        return distance <= allowed && name.filter(\.isNumber) == meant.filter(\.isNumber)
    }

    /// Whether two names differ by one letter inserted, dropped, changed, or two exchanged.
    public static func isOneEdit(_ first: String, _ second: String) -> Bool {
        EditDistance.between(Array(first.unicodeScalars), Array(second.unicodeScalars), limit: 1) == 1
    }
}
