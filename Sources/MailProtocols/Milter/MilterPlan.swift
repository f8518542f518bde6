/// What was decided for one recipient, as far as the milter protocol is concerned.
public enum MilterFate: Hashable, Sendable {
    /// Recipients with the same number get the same message.
    case delivered(form: Int)
    /// Held; the copy is ours.
    case kept
    case refused(Reply)
    case putOff(Reply)
    case dropped
}

/// How decisions for single recipients become the one answer that the milter protocol has for all.
///
/// A recipient that gets nothing is deleted from the envelope, after the relay has kept the copy; so one verdict can say
/// "delivered" to some. It cannot give two recipients two different messages: such a mail is put off.
public struct MilterPlan: Hashable, Sendable {
    public enum Course: Hashable, Sendable {
        case reply(Reply)
        case discard
        /// In the form of that number, to all but the recipients at these positions.
        case deliver(form: Int, withheld: Set<Int>)
    }

    public let course: Course
    /// Positions of the recipients whose copy must be durable with us before the answer is given: held, and what was
    /// refused or put off for them alone, which no reply can tell the client any more.
    public let kept: Set<Int>

    /// - Parameters:
    ///   - fates: one for each recipient of the transaction.
    ///   - actions: what the mail server lets us do.
    public init(_ fates: [MilterFate], of transaction: Transaction, actions: MilterActions) {
        let refusals = fates.compactMap { if case .refused(let reply) = $0 { reply } else { nil } }
        let delays = fates.compactMap { if case .putOff(let reply) = $0 { reply } else { nil } }
        let delivered = fates.indices.filter { if case .delivered = fates[$0] { true } else { false } }
        let forms = Set(fates.compactMap { if case .delivered(let form) = $0 { form } else { nil } })
        let withheld = Set(fates.indices).subtracting(delivered)
        let owed = Set(withheld.filter { fates[$0] != .dropped })

        guard let form = forms.first else {
            if !fates.contains(.kept), let reply = delays.first ?? refusals.first {
                (course, kept) = (.reply(reply), [])
            } else {
                (course, kept) = (.discard, owed)
            }
            return
        }
        let gone = Set(withheld.map { transaction.recipients[$0].mailbox })
        let isPossible =
            forms.count == 1 && (withheld.isEmpty || actions.contains(.deleteRecipients))
            && gone.isDisjoint(with: delivered.map { transaction.recipients[$0].mailbox })
        (course, kept) =
            isPossible ? (.deliver(form: form, withheld: withheld), owed) : (.reply(Refusals.milterAbility), [])
    }
}
