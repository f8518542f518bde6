import Synchronization
import Vocabulary

/// Makes streams to servers: itself, or by asking a process that may.
public protocol Dialer: Sendable {
    /// Starts to connect.
    ///
    /// - Parameters:
    ///   - attempt: which of the server's addresses to take, from 0.
    func dial(_ address: EngineAddress, attempt: Int, by deadline: Deadline) -> Dialled
}

/// What came of an attempt to connect.
public enum Dialled: Equatable, Sendable {
    /// A non-blocking descriptor, which the caller closes. It is connected when it can be written to and has no error.
    case connecting(Int32)
    /// Refused at once; the next attempt may do better.
    case failed(ConnectionFault)
    /// There is no such attempt: all addresses were tried, or none is known.
    case ended(ConnectionFault)
}

/// Makes the streams in its own process. Names are looked up once and kept while they are good.
public final class DirectDialer: Dialer {
    private let known = Mutex<[EngineAddress: [SocketAddress]]>([:])

    public init() {}

    public func dial(_ address: EngineAddress, attempt: Int, by deadline: Deadline) -> Dialled {
        let all: [SocketAddress]
        do throws(ConnectionFault) {
            all = try addresses(of: address)
        } catch {
            return .ended(error)
        }
        guard all.indices.contains(attempt) else { return .ended(ConnectionFault("\(address) has no further address")) }
        do throws(ConnectionFault) {
            return .connecting(try all[attempt].connecting())
        } catch {
            return .failed(error)
        }
    }

    /// Looked up outside the lock: a slow name server holds up nobody who asks for another host.
    private func addresses(of address: EngineAddress) throws(ConnectionFault) -> [SocketAddress] {
        if let known = known.withLock({ $0[address] }) { return known }
        let found = try SocketAddress.all(of: address)
        known.withLock { $0[address] = found }
        return found
    }
}
