import Vocabulary

/// Messages that workers write: the changed ones.
extension WorkerPool {
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
