import Foundation
import Glibc
import Synchronization

/// A server that misbehaves: a listener on loopback whose every connection is handed to a script.
///
/// A connection is closed when its script ends; `stop` ends the listener and every script that waits.
public final class FakeServer: Sendable {
    public let port: Int
    private let listener: Int32
    private let open = Mutex(State())

    private struct State {
        var isStopped = false
        /// Until the thread that accepts has closed it: a number that was closed under that thread could by then be
        /// another server's, whose callers it would take.
        var isListening = true
        var connections: [Int32] = []
        var count = 0
    }

    /// One accepted connection, blocking.
    public struct Connection {
        let descriptor: Int32

        /// What comes until `end` is among it, the stream ends, or nothing comes any more.
        @discardableResult
        public func read(until end: String) -> [UInt8] {
            let wanted = Array(end.utf8)
            var bytes: [UInt8] = []
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) == 1 {
                bytes.append(byte)
                if bytes.suffix(wanted.count).elementsEqual(wanted) { break }
            }
            return bytes
        }

        public func read(_ count: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
            return Array(bytes.prefix(max(0, got)))
        }

        @discardableResult
        public func write(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        }

        /// Ends the connection by a reset, as the death of a process does.
        public func reset() {
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        }

        /// Says nothing for longer than any test waits, unless the server is stopped.
        public func hang() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) == 1 {}
            var poll = pollfd(fd: descriptor, events: 0, revents: 0)
            _ = Glibc.poll(&poll, 1, 30_000)
        }

        /// A byte now and then, for ever: each is in time, the whole never.
        public func drip(_ text: String) {
            for byte in text.utf8 {
                guard write(String(UnicodeScalar(byte))) else { return }
                usleep(100_000)
            }
            while write(" ") { usleep(100_000) }
        }
    }

    public init(_ script: @escaping @Sendable (Connection) -> Void) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(listener, $0, size) == 0 && listen(listener, 64) == 0, "no listener")
                getsockname(listener, $0, &size)
            }
        }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            defer {
                open.withLock { open in
                    open.isListening = false
                    close(listener)
                }
            }
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                let isStopped = open.withLock { open in
                    open.connections.append(descriptor)
                    open.count += 1
                    return open.isStopped
                }
                if isStopped {
                    close(descriptor)
                    return
                }
                Thread.detachNewThread { [self] in
                    script(Connection(descriptor: descriptor))
                    open.withLock { open in
                        open.connections.removeAll { $0 == descriptor }
                        close(descriptor)
                    }
                }
            }
        }
    }

    /// How many connections were made.
    public var connections: Int { open.withLock { $0.count } }

    public func stop() {
        open.withLock { open in
            open.isStopped = true
            for descriptor in open.connections { shutdown(descriptor, Int32(SHUT_RDWR)) }
            if open.isListening { shutdown(listener, Int32(SHUT_RDWR)) }
        }
    }
}
