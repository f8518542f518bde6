import Vocabulary

/// What is asked of two policies about every mail there can be.
public enum PassageQuestion: String, Sendable, CaseIterable {
    /// Can a mail pass now that was held, deferred, discarded or rejected before?
    case passesNow = "passes-now"
    /// Can a mail be treated less gravely than before, and still not pass?
    case weakened
    /// Can a mail be held, deferred, discarded or rejected now that passed before?
    case heldNow = "held-now"

    /// Whether a pair of dispositions is what the question asks for.
    public func asksFor(old: Disposition, new: Disposition) -> Bool {
        switch self {
        case .passesNow: old > .deliver && new == .deliver
        case .weakened: new > .deliver && old > new
        case .heldNow: old == .deliver && new > .deliver
        }
    }
}

/// What came out of looking for a case in which the answer is yes.
public enum PassageSearchResult: Sendable {
    /// There is none: proven for every mail.
    case none
    /// A bound was met before there was an answer; in words, without a full stop.
    case undecided(String)
    /// A case that the encoding allows. Whether there is such a mail is for a run to show.
    case found(AbstractCase)
}

/// A case of the encoding: what would be true of a mail.
public struct AbstractCase: Sendable {
    /// What one fact is, of the message or of an element.
    public struct FactState: Sendable {
        let subject: Subject
        let element: Int?
        let side: Side?
        let exists: Bool
        let missing: Reasons
        let holding: [[Alternative]]
        let failing: [[Alternative]]
    }

    /// What a count or a sum comes to.
    struct TotalState {
        let total: Total
        /// The greatest bound that it surely reaches.
        let least: Int64
        /// The smallest bound that it surely does not reach.
        let below: Int64?
        /// Of a count, elements of the case that it counts.
        let counted: [Int]
    }

    /// What the entries of a dictionary that occur in a text come to.
    struct LexiconState {
        let subject: Subject
        let element: Int?
        let lexicon: Lexicon
        let least: Int64
        let below: Int64?
    }

    /// An element of the message.
    public struct Element: Sendable {
        public let number: Int
        public let lists: Set<ElementListName>
    }

    /// What a rule does in this case.
    public struct Verdict: Sendable, Hashable {
        public let rule: String
        /// Empty if it fires.
        public let unknown: Reasons
    }

    /// Which way the message goes by the old policy and by the new one.
    public let directions: (old: Direction, new: Direction)
    /// Of the new policy.
    let organisation: Organisation
    public let old: Disposition
    public let new: Disposition
    /// Rules that ask for the old disposition or for the new one.
    public let oldVerdicts: [Verdict]
    public let newVerdicts: [Verdict]
    let facts: [FactState]
    /// Totals that reach something.
    let totals: [TotalState]
    /// Dictionaries that reach something.
    let lexicons: [LexiconState]
    public let elements: [Element]
    /// Why elements of a list may be missing.
    public let missing: [ElementListName: Reasons]
    /// Conditions that were not looked into, and whether they hold.
    let assumed: [String]
}
