import Vocabulary

/// What workers do for a relay, besides judging: changed messages, and who sent a message.
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
}

/// What stands beside a changed message, which is attached.
struct RewritingReply: Codable {
    var remarks: [RewritingRemark]
}
