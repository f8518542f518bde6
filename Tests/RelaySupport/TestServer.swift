import Glibc

/// A server on loopback whose every connection is served by a function, on a thread of its own.
public final class TestServer: Sendable {
    private let listener: WireListener

    /// One connection, blocking.
    public struct Stream: Sendable {
        let wire: Wire

        /// What comes; empty once the other side has ended.
        public func receive(within seconds: Double = 60) -> [UInt8] {
            // An acknowledgement that is put off makes a client wait that sends small packets one by one.
            var on: Int32 = 1
            setsockopt(wire.descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK, &on, socklen_t(MemoryLayout<Int32>.size))
            return (try? wire.some(1 << 16, within: seconds)) ?? []
        }

        public func send(_ bytes: [UInt8]) { try? wire.write(bytes) }
    }

    /// - Parameter path: of a socket in the file system; a port of 127.0.0.1 where it is `nil`.
    public init(path: String? = nil, serve: @escaping @Sendable (Stream) -> Void) {
        listener = WireListener(path: path) { wire, _ in serve(Stream(wire: wire)) }
    }

    deinit { listener.stop() }

    public var port: Int { listener.port }

    /// How many connections were made.
    public var connections: Int { listener.count }

    public func stop() { listener.stop() }
}
