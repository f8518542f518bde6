/// Bounds on searching texts that the meaning of a policy depends on.
public enum MatchLimits {
    /// Matches of one regular expression counted in one text; what may follow is `over-limit`.
    public static let countedMatches = 10_000
}
