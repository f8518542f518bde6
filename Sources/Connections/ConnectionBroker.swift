import CDescriptors
import Foundation
import Glibc
import Vocabulary

/// Connects for a process that may not: to the servers of one list and to nothing else.
///
/// That process is given a descriptor, never an address or a right to make sockets; if it is taken over, all it reaches
/// is the servers that it was to talk to anyway. One thread serves one process, ends when that closes its end, and waits
/// for nothing but requests and name servers: connections are handed over while they are still being made.
public enum ConnectionBroker {
    /// Starts to serve, and returns the other end, close-on-exec, which the caller hands to the process and closes.
    ///
    /// - Throws: `ConnectionFault` when the system gives no sockets.
    public static func start(_ servers: [EngineAddress]) throws(ConnectionFault) -> Int32 {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .system("no sockets for a broker", errno) }
        let own = ends[0]
        Thread.detachNewThread {
            serve(servers, on: own)
            close(own)
        }
        return ends[1]
    }

    private static func serve(_ servers: [EngineAddress], on socket: Int32) {
        let dialer = DirectDialer()
        var buffer = [UInt8](repeating: 0, count: BrokerRequest.bytes + 1)
        while true {
            var handed: Int32 = -1
            let count = cdescriptors_receive(socket, &buffer, buffer.count, 0, &handed)
            // Nobody sends descriptors here but one who means harm.
            if handed >= 0 { close(handed) }
            guard count > 0, let request = BrokerRequest(buffer[..<count]) else { return }
            guard answer(request, servers, dialer, on: socket) else { return }
        }
    }

    /// False where the process is gone.
    private static func answer(
        _ request: BrokerRequest, _ servers: [EngineAddress], _ dialer: DirectDialer, on socket: Int32
    ) -> Bool {
        let server = Int(request.server)
        let dialled: Dialled =
            servers.indices.contains(server)
            ? dialer.dial(servers[server], attempt: Int(request.attempt), by: Deadline(seconds: 0))
            : .ended(ConnectionFault("it is not in the list of engines"))
        var reply = BrokerReply(number: request.number, outcome: .connecting)
        var descriptor: Int32 = -1
        switch dialled {
        case .connecting(let new): descriptor = new
        case .failed(let fault): (reply.outcome, reply.sentence) = (.failed, fault.description)
        case .ended(let fault): (reply.outcome, reply.sentence) = (.ended, fault.description)
        }
        defer { if descriptor >= 0 { close(descriptor) } }
        let bytes = reply.encoded
        return cdescriptors_send(socket, bytes, bytes.count, descriptor) == bytes.count
    }
}
