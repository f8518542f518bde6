import Vocabulary
import Workers
public struct MessageSummary: Sendable { var subject = ""; var author = ""; var attachments: [String] = []; var key = ""; var receivedFields = 0; var ownMarks = 0; var hasVirus = false }
extension Judgement { var summary: MessageSummary? { nil } }
extension WorkerPool { func rewrite(_ m: [UInt8], _ c: MessageChanges) throws(WorkerError) -> RewrittenMessage { RewrittenMessage(bytes: m) } }
