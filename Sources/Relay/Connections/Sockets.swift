import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Operation

/// Makes connections and listeners.
struct Sockets: Sendable {
    let group: any EventLoopGroup

    /// - Throws: why there is no connection, in NIO's words.
    func connect(to place: SocketPlace, within time: TimeAmount) async throws -> Wire {
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(time)
            .channelOption(.autoRead, value: false)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: true)
        return try await wire(bootstrap, place)
    }

    private func wire(_ bootstrap: ClientBootstrap, _ place: SocketPlace) async throws -> Wire {
        let made = NIOLockedWire()
        let prepared = bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture { made.wire = try Wire(channel) }
        }
        let channel =
            switch place {
            case .network(let host, let port): try await prepared.connect(host: host, port: port).get()
            case .local(let path): try await prepared.connect(unixDomainSocketPath: path).get()
            }
        guard let wire = made.wire else {
            channel.close(promise: nil)
            throw WireFault.closed
        }
        return wire
    }

    /// Listens; each connection is handed on as soon as it is there.
    ///
    /// - Parameter descriptor: a socket that somebody opened for us at that place.
    /// - Throws: why the place cannot be had.
    func listen(
        at place: SocketPlace, descriptor: Int32?, accept: @escaping @Sendable (Wire) -> Void
    ) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let wire = try Wire(channel)
                    accept(wire)
                }
            }
        if let descriptor { return try await bootstrap.withBoundSocket(descriptor).get() }
        switch place {
        case .network(let host, let port):
            // Postfix waits 40 ms for an answer that waits for its acknowledgement.
            return try await bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .bind(host: host, port: port).get()
        case .local(let path):
            return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        }
    }
}

/// Passes the wire out of the initializer, which runs once and before the connection is there.
private final class NIOLockedWire: Sendable {
    private let made = NIOLockedValueBox<Wire?>(nil)

    var wire: Wire? {
        get { made.withLockedValue { $0 } }
        set { made.withLockedValue { $0 = newValue } }
    }
}
