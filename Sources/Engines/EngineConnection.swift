import Connections
import Glibc
import Vocabulary

extension ConnectionFault {
    /// An answer about a content that was not all read is none.
    static let early = ConnectionFault("it answered before it had read all")
}

/// A stream to an engine in another process, made by a dialer: behind the walls no process can make one itself.
///
/// Every call ends by the deadline that the connection was opened with, however slowly the other side drips. The
/// descriptor is owned, non-blocking and close-on-exec.
final class EngineConnection {
    private let descriptor: Int32
    private let deadline: Deadline

    /// Takes over a stream that is connected.
    init(descriptor: Int32, deadline: Deadline) {
        self.descriptor = descriptor
        self.deadline = deadline
    }

    deinit { close(descriptor) }

    /// Connects to the first address that takes it.
    static func open(_ target: EngineTarget, by deadline: Deadline) throws(ConnectionFault) -> EngineConnection {
        var last: ConnectionFault?
        for attempt in 0... {
            switch target.dialer.dial(target.address, attempt: attempt, by: deadline) {
            case .ended(let fault): throw last ?? fault
            case .failed(let fault): last = fault
            case .connecting(let descriptor):
                let connection = EngineConnection(descriptor: descriptor, deadline: deadline)
                do throws(ConnectionFault) {
                    try connection.establish()
                    return connection
                } catch {
                    last = error
                }
            }
        }
        throw ConnectionFault("\(target.address) has no address")
    }

    private func establish() throws(ConnectionFault) {
        _ = try wait(for: POLLOUT, "cannot connect")
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
            throw .system("cannot connect", errno)
        }
        guard code == 0 else { throw .system("cannot connect", code) }
    }

    /// Sends all bytes. `false` where the other side spoke before it had them all: its reply is then to be read.
    func send(_ bytes: UnsafeRawBufferPointer) throws(ConnectionFault) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let ready = try wait(for: POLLOUT | POLLIN, "it takes no more")
            if ready & POLLIN != 0 { return false }
            let count = Glibc.send(
                descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset, Int32(MSG_NOSIGNAL))
            if count < 0 {
                if errno == EAGAIN || errno == EINTR { continue }
                throw .system("it broke off while it was sent the content", errno)
            }
            offset += count
        }
        return true
    }

    func send(_ text: String) throws(ConnectionFault) -> Bool {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws(ConnectionFault) -> Bool {
        // `withUnsafeBytes` does not pass a typed error through.
        let result = bytes.withUnsafeBytes { buffer -> Result<Bool, ConnectionFault> in
            do throws(ConnectionFault) {
                return .success(try send(buffer))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// What has come, at most as much as the buffer holds; 0 where the other side has ended its stream.
    func receive(into buffer: inout [UInt8]) throws(ConnectionFault) -> Int {
        while true {
            _ = try wait(for: POLLIN, "no answer")
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count >= 0 { return count }
            if errno == EAGAIN || errno == EINTR { continue }
            throw .system("it broke off", errno)
        }
    }

    /// Says that nothing more will be sent.
    func endSending() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    private func wait(for events: Int32, _ otherwise: String) throws(ConnectionFault) -> Int32 {
        while true {
            guard !deadline.isPast else { throw ConnectionFault("\(otherwise) in time") }
            var poll = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            let count = Glibc.poll(&poll, 1, deadline.millisecondsLeft)
            if count > 0 { return Int32(poll.revents) }
            if count < 0, errno != EINTR { throw .system(otherwise, errno) }
        }
    }
}
