import MailProtocols
import NIOCore
import Operation
import Quarantine

/// A message that a client has handed over whole, before anybody has answered for it.
struct ReceivedMessage: Sendable {
    var id: String
    var bytes: [UInt8]
    var transaction: Transaction
    var client: ClientRecord
    var stages: [[JudgingStage]]
    /// Seconds since 1970 UTC.
    var receivedAt: Int64
    var deadline: NIODeadline
    var receivingMicroseconds: Int
}

/// Names of transactions: time and chance, so that no two are alike on any machine.
enum TransactionID {
    static func next(at seconds: Int64) -> String {
        String(seconds, radix: 36) + String(UInt64.random(in: (1 << 59)...(1 << 60)), radix: 36)
    }
}
