import Diagnostics

/// Finds the name that the author most likely meant.
public enum Nearest {
    /// The candidate at the least edit distance, about a third of the name's length and at most three edits;
    /// the first by name among equals, so that the answer does not depend on the order of candidates.
    public static func to(_ name: String, among candidates: some Sequence<String>) -> String? {
        let own = Array(name.lowercased().unicodeScalars)
        let limit = max(1, min(3, (own.count + 1) / 3))
        var best: (distance: Int, name: String)?
        for candidate in candidates where candidate != name {
            let letters = Array(candidate.lowercased().unicodeScalars)
            guard let distance = EditDistance.between(own, letters, limit: limit) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    /// Whether two names differ by one letter inserted, dropped, changed, or two exchanged.
    public static func isOneEdit(_ first: String, _ second: String) -> Bool {
        EditDistance.between(Array(first.unicodeScalars), Array(second.unicodeScalars), limit: 1) == 1
    }
}
