import CDescriptors
import Glibc
import Synchronization
import Vocabulary

/// Asks a `ConnectionBroker` for its streams. Safe from any thread: one request is under way at a time.
public final class BrokeredDialer: Dialer {
    private let socket: Int32
    private let places: [EngineAddress: UInt16]
    private let lastNumber = Mutex<UInt32>(0)

    /// - Parameters:
    ///   - socket: the broker's other end; it stays the caller's.
    ///   - servers: the list that the broker serves, in the same order.
    public init(socket: Int32, servers: [EngineAddress]) {
        self.socket = socket
        var places: [EngineAddress: UInt16] = [:]
        for (place, server) in servers.enumerated() where places[server] == nil {
            places[server] = UInt16(clamping: place)
        }
        self.places = places
    }

    public func dial(_ address: EngineAddress, attempt: Int, by deadline: Deadline) -> Dialled {
        guard let place = places[address], let attempt = UInt16(exactly: attempt) else {
            return .ended(ConnectionFault("\(address) is not in the list of engines"))
        }
        return lastNumber.withLock { number in
            number &+= 1
            let request = BrokerRequest(number: number, server: place, attempt: attempt)
            let bytes = request.encoded
            guard send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
                return .ended(.system("nobody makes connections", errno))
            }
            return reply(to: request, by: deadline)
        }
    }

    private func reply(to request: BrokerRequest, by deadline: Deadline) -> Dialled {
        var buffer = [UInt8](repeating: 0, count: BrokerReply.bytes)
        while true {
            var poll = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&poll, 1, deadline.millisecondsLeft)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return .ended(ConnectionFault("no connection in time")) }
            var handed: Int32 = -1
            let count = cdescriptors_receive(socket, &buffer, buffer.count, 0, &handed)
            guard count > 0, let reply = BrokerReply(buffer[..<count]) else {
                if handed >= 0 { close(handed) }
                return .ended(ConnectionFault("nobody makes connections any more"))
            }
            // One that an earlier request no longer waited for.
            guard reply.number == request.number else {
                if handed >= 0 { close(handed) }
                continue
            }
            switch reply.outcome {
            case .connecting where handed >= 0: return .connecting(handed)
            case .connecting: return .ended(ConnectionFault("the connection was not handed over"))
            case .failed: return .failed(ConnectionFault(reply.sentence))
            case .ended: return .ended(ConnectionFault(reply.sentence))
            }
        }
    }
}
