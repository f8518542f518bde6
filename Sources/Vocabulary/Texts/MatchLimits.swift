/// Bounds on searching texts that the meaning of a policy depends on.
public enum MatchLimits {
    /// Matches of one regular expression counted in one text; what may follow is `over-limit`.
    public static let countedMatches = 10_000
    /// The greatest distance in `within N words of`.
    public static let neighbourWords = 1_000
}
