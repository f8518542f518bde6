import MailProtocols
import NIOCore
import Operation

/// Gathers a message's bytes within the bounds. What is too much is read to its end and dropped.
struct ContentCollector {
    private var decoder: ContentDecoder
    private let limits: RelayLimits
    private let memory: MemoryBudget
    private(set) var bytes: [UInt8] = []
    private var taken = 0
    private var overflow: Reply?

    init(framing: ContentFraming, limits: RelayLimits, memory: MemoryBudget) {
        decoder = ContentDecoder(framing: framing)
        self.limits = limits
        self.memory = memory
    }

    var isAtEnd: Bool { decoder.isAtEnd }

    /// Why the message cannot be taken; `nil` while it can.
    var refusal: Reply? { overflow ?? decoder.fault?.reply }

    /// Takes what belongs to the message from the front of a piece.
    mutating func take(_ piece: inout ByteBuffer) {
        var found: [UInt8] = []
        found.reserveCapacity(piece.readableBytes)
        let count = piece.withUnsafeReadableBytes { raw in
            decoder.take(raw) { found.append(contentsOf: $0) }
        }
        piece.moveReaderIndex(forwardBy: count)
        keep(found)
    }

    mutating func finish() { decoder.finish() }

    private mutating func keep(_ found: [UInt8]) {
        guard overflow == nil else { return }
        if bytes.count + found.count > limits.messageBytes {
            return drop(Reply(552, EnhancedStatus(5, 3, 4), "the message is larger than \(limits.messageBytes) bytes"))
        }
        if bytes.count + found.count > taken {
            let more = max(found.count, Self.step)
            guard memory.take(more) else {
                return drop(Reply(452, EnhancedStatus(4, 3, 1), "too much mail is under way; try again later"))
            }
            taken += more
        }
        bytes += found
    }

    private static let step = 1 << 18

    private mutating func drop(_ reply: Reply) {
        overflow = reply
        bytes = []
    }

    /// Gives the memory back; to be called once, at the end.
    func release() { memory.giveBack(taken) }
}
