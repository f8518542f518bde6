import Vocabulary

/// Reasons that none of the rules and exemptions that are looked into tells apart, taken together.
///
/// Three-valued logic unites sets of reasons and never looks into them, so a class may stand for its members: the
/// encoder needs one wire for each class, not for each reason. `engine-down` is always alone: an excuse that lacks
/// nothing else defers.
struct ReasonClasses {
    let classes: [Reasons]

    /// - Parameters:
    ///   - rules: the rules that are looked into.
    ///   - exempted: reasons that exemptions of theirs name.
    init(_ rules: [CanonicalRule], exempted: Set<Reasons>) {
        let exempted = exempted.sorted { $0.rawValue < $1.rawValue }
        var bySignature: [[Int]: Reasons] = [:]
        for reason in Reasons.all.singles {
            var signature = [reason == .engineDown ? 1 : 0]
            for rule in rules {
                for direction in Direction.allCases {
                    signature.append(rule.answers[reason, direction].disposition.rank)
                }
            }
            for reasons in exempted { signature.append(reasons.contains(reason) ? 1 : 0) }
            bySignature[signature, default: []].formUnion(reason)
        }
        classes = bySignature.values.sorted { $0.rawValue < $1.rawValue }
    }

    var indices: Range<Int> { classes.indices }

    /// Whether one of the reasons is of the class.
    func meets(_ index: Int, _ reasons: Reasons) -> Bool { !classes[index].isDisjoint(with: reasons) }

    /// One reason of the class, for the answers that all of them share.
    func representative(_ index: Int) -> Reasons { classes[index].singles.first ?? .engineDown }
}
