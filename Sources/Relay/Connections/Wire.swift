import NIOCore
import NIOSSL

/// Why a connection gives no more bytes.
enum WireFault: Error, Equatable {
    /// The other side closed it, or it broke.
    case closed
    /// Nothing came in time. The connection still stands.
    case timedOut
}

/// One connection. Read by one task at a time, and written by one; each may be another.
///
/// Bytes are taken from the socket before anybody asks for them, up to a bound, so that the other side's leaving is seen
/// while nobody reads.
final class Wire: Sendable {
    let channel: any Channel
    private let inbox: NIOLoopBound<WireInbox>

    /// Must be called on the channel's loop, before the channel is active.
    init(_ channel: any Channel) throws {
        self.channel = channel
        let inbox = WireInbox()
        try channel.pipeline.syncOperations.addHandler(inbox)
        self.inbox = NIOLoopBound(inbox, eventLoop: channel.eventLoop)
    }

    /// The next bytes, at least one.
    ///
    /// - Throws: `WireFault`.
    func read(within time: TimeAmount) async throws(WireFault) -> ByteBuffer {
        let inbox = inbox
        let loop = channel.eventLoop
        let promise = loop.makePromise(of: ByteBuffer.self)
        loop.execute { inbox.value.take(promise, within: time) }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw error as? WireFault ?? .closed
        }
    }

    /// Returns when the bytes are handed to the system.
    ///
    /// - Throws: `WireFault.closed`.
    func write(_ bytes: ByteBuffer) async throws(WireFault) {
        do {
            try await channel.writeAndFlush(bytes)
        } catch {
            throw .closed
        }
    }

    /// Hands bytes over without waiting; whether they went is seen at the next write that is waited for.
    func send(_ bytes: ByteBuffer) { channel.writeAndFlush(bytes, promise: nil) }

    /// Whether the other side has gone. What it sent before may still be read.
    var hasEnded: Bool {
        get async {
            let inbox = inbox
            return (try? await channel.eventLoop.submit { inbox.value.hasEnded }.get()) ?? true
        }
    }

    /// Writes the last plain bytes and begins TLS in the same turn of the loop, so that nothing the other side says in
    /// between is taken for plain.
    ///
    /// - Throws: `WireFault.closed`, also where bytes that came before are still unread: they were sent in the clear to be
    ///   taken for protected ones.
    func startTLS(_ handler: @escaping @Sendable () throws -> NIOSSLHandler, after last: ByteBuffer?)
        async throws(WireFault)
    {
        let inbox = inbox
        let channel = channel
        do {
            try await channel.eventLoop.submit {
                guard !inbox.value.hasBytes else { throw WireFault.closed }
                let handler = try handler()
                if let last { channel.writeAndFlush(last, promise: nil) }
                try channel.pipeline.syncOperations.addHandler(handler, position: .first)
            }.get()
        } catch {
            throw .closed
        }
    }

    func close() { channel.close(mode: .all, promise: nil) }
}

/// The bytes that came and nobody has asked for yet. Lives on the loop of its channel.
final class WireInbox: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Bytes that are taken ahead.
    private static let bound = 256 << 10

    private var bytes = ByteBuffer()
    private var waiting: (promise: EventLoopPromise<ByteBuffer>, timer: Scheduled<Void>)?
    private var context: ChannelHandlerContext?
    private(set) var hasEnded = false
    private var isReading = false

    var hasBytes: Bool { bytes.readableBytes > 0 }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { readMore() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        end()
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        readMore()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        if bytes.readableBytes == 0 { bytes = piece } else { bytes.writeBuffer(&piece) }
        answer()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        readMore()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A side that has said all it will say has left: nobody who waits for an answer does that.
        if let event = event as? ChannelEvent, event == .inputClosed { end() }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end()
        context.close(promise: nil)
    }

    func take(_ promise: EventLoopPromise<ByteBuffer>, within time: TimeAmount) {
        guard waiting == nil else { return promise.fail(WireFault.closed) }
        if hasBytes { return give(to: promise) }
        guard !hasEnded, let loop = context?.eventLoop else { return promise.fail(WireFault.closed) }
        let inbox = NIOLoopBound(self, eventLoop: loop)
        let timer = loop.scheduleTask(in: time) { inbox.value.expire() }
        waiting = (promise, timer)
    }

    private func answer() {
        guard let (promise, timer) = waiting, hasBytes else { return }
        waiting = nil
        timer.cancel()
        give(to: promise)
    }

    private func give(to promise: EventLoopPromise<ByteBuffer>) {
        let given = bytes
        bytes = ByteBuffer()
        promise.succeed(given)
        readMore()
    }

    private func expire() {
        guard let (promise, _) = waiting else { return }
        waiting = nil
        promise.fail(WireFault.timedOut)
    }

    private func end() {
        hasEnded = true
        guard let (promise, timer) = waiting else { return }
        waiting = nil
        timer.cancel()
        promise.fail(WireFault.closed)
    }

    private func readMore() {
        guard !isReading, !hasEnded, bytes.readableBytes < Self.bound, let context else { return }
        isReading = true
        context.read()
    }
}
