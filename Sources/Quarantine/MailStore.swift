import MailProtocols

/// Where everything lies that the relay answers for.
///
/// What a call has returned is on the disk, or in the database's server: it survives a loss of power. A call that throws
/// has left nothing that anyone would see.
public protocol MailStore: Sendable {
    /// Stores what a message leaves with us.
    ///
    /// - Returns: the identifiers of the held mails, in the deposit's order.
    /// - Throws: `StoreFault`; nothing is stored then.
    @discardableResult
    func commit(_ deposit: Deposit) async throws(StoreFault) -> [Int64]

    /// The bytes of a stored message.
    ///
    /// - Throws: `StoreFault`.
    func content(_ id: ContentID) async throws(StoreFault) -> [UInt8]

    /// Takes queued mail whose time has come, the oldest first, for this process alone until the lease ends.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970 UTC.
    /// - Throws: `StoreFault`.
    func lease(_ queues: [QueueName], limit: Int, now: Int64, seconds: Int64) async throws(StoreFault) -> [QueuedMail]

    /// Tells what became of a leased mail, and ends the lease.
    ///
    /// - Throws: `StoreFault`; the lease then ends by itself, and the mail is tried again.
    func settle(_ mail: QueuedMail, _ outcome: QueueOutcome) async throws(StoreFault)

    /// Which of the keys are armed.
    ///
    /// - Throws: `StoreFault`.
    func armedRetries(among keys: [String], now: Int64) async throws(StoreFault) -> Set<String>

    /// Takes away what was armed for a sender that has now seen our `250`.
    ///
    /// - Throws: `StoreFault`.
    func disarm(_ keys: [String]) async throws(StoreFault)

    /// Writes down what became of mail. May be written later, in one go with others; what is not yet written is lost with
    /// the process, and no promise rests on it.
    func track(_ records: [TrackingRecord]) async
}
