import Vocabulary

/// What workers do for a relay, besides judging: changed and new messages, and who sent one.
extension WorkerPool {
    /// Who the client of the server in front was, which decides whose policy judges a mail before any does. A pool
    /// without a policy can tell.
    ///
    /// - Parameter mail: the whole of it; no more of it is handed over than a Received field may stand in.
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed on it.
    public func readEdge(_ mail: [UInt8], _ trust: EdgeTrust) throws(WorkerError) -> EdgeReading {
        let beginning = Array(mail.prefix(configuration.limits.edgeBytes))
        let request = Frame(kind: .readEdge, json: Wire.encode(trust), attachment: beginning)
        return try exchange(request, for: .edge, as: EdgeReading.self).value
    }

    /// A mail with changes made to it, its notices of what was taken away in the policy's language.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed on it or the changes cannot be made. The mail
    ///   must then not go on as it is.
    public func rewrite(_ mail: [UInt8], _ changes: MessageChanges) throws(WorkerError) -> RewrittenMessage {
        let request = Frame(kind: .rewrite, json: Wire.encode(changes), attachment: mail)
        let reply = try exchange(
            request, for: .rewritten, as: RewritingReply.self, replyBytes: configuration.limits.writtenBytes)
        return RewrittenMessage(bytes: reply.attachment, remarks: reply.value.remarks)
    }

    /// A report on the delivery of a mail, to be sent from `<>`. A pool without a policy writes one in the postmaster's
    /// name.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed on it, or the sender's address cannot stand in a
    ///   field.
    public func report(_ report: DeliveryReport, about mail: [UInt8]) throws(WorkerError) -> WrittenMessage {
        try written(Frame(kind: .writeReport, json: Wire.encode(report), attachment: mail))
    }

    /// A recipient's list of held mail, to be sent from `<>`.
    ///
    /// - Throws: `WorkerError`; `.unprocessable` when two workers failed, or an address cannot stand in a field.
    public func digest(_ digest: HeldDigest) throws(WorkerError) -> WrittenMessage {
        try written(Frame(kind: .writeDigest, json: Wire.encode(digest)))
    }

    private func written(_ request: Frame) throws(WorkerError) -> WrittenMessage {
        let reply = try exchange(
            request, for: .written, as: WritingReply.self, replyBytes: configuration.limits.writtenBytes)
        let about = reply.value
        return WrittenMessage(
            address: about.address, messageID: about.messageID, bytes: reply.attachment,
            isEightBit: about.isEightBit, isUTF8: about.isUTF8)
    }
}

/// What stands beside a changed message, which is attached.
struct RewritingReply: Codable {
    var remarks: [RewritingRemark]
}

/// What stands beside a message that was written, which is attached.
struct WritingReply: Codable {
    var address: String
    var messageID: String
    var isEightBit: Bool
    var isUTF8: Bool

    static func frame(_ written: WrittenMessage) -> Frame {
        let about = WritingReply(
            address: written.address, messageID: written.messageID, isEightBit: written.isEightBit,
            isUTF8: written.isUTF8)
        return Frame(kind: .written, json: Wire.encode(about), attachment: written.bytes)
    }
}
