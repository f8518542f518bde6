import CTestTLS
import Foundation
import Glibc
import Synchronization

/// Why a talk over a socket came to nothing.
public enum WireFault: Error, Hashable, CustomStringConvertible {
    case noConnection(String)
    case timedOut(String)
    case closed
    case noReply(String)
    case noHandshake

    public var description: String {
        switch self {
        case .noConnection(let place): "nobody listens on \(place)"
        case .timedOut(let what): "timed out waiting for \(what)"
        case .closed: "the other side closed the connection"
        case .noHandshake: "the TLS handshake failed"
        case .noReply(let line): "not a line of a reply: \(line)"
        }
    }
}

/// One connected socket of a test: blocking, with a deadline on every read.
///
/// Used by one thread at a time; only `interrupt` may be called from another one.
final class Wire: @unchecked Sendable {
    let descriptor: Int32
    /// A closed descriptor's number may be another's by the time that somebody interrupts.
    private let isClosed = Mutex(false)
    /// What was received and not yet taken, from `taken` on.
    private var buffer: [UInt8] = []
    private var taken = 0
    private var room = [UInt8](repeating: 0, count: 1 << 16)
    /// Once STARTTLS was agreed on.
    private var tls: OpaquePointer?

    init(descriptor: Int32) {
        self.descriptor = descriptor
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        test_tls_free(tls)
        close()
    }

    static func connect(port: Int) throws -> Wire {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard Loopback.withAddress(port: port, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
            Glibc.close(descriptor)
            throw WireFault.noConnection("127.0.0.1:\(port)")
        }
        return Wire(descriptor: descriptor)
    }

    static func connect(path: String) throws -> Wire {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard Loopback.withAddress(path: path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
            Glibc.close(descriptor)
            throw WireFault.noConnection(path)
        }
        return Wire(descriptor: descriptor)
    }

    // MARK: Reading

    /// A line without its line end.
    func line(within seconds: Double) throws -> [UInt8] {
        let deadline = Deadline(seconds)
        var searched = taken
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                var line = Array(buffer[taken..<end])
                if line.last == 0x0D { line.removeLast() }
                taken = end + 1
                return line
            }
            let waiting = buffer.count - taken
            guard try fill(deadline, "a line") else { throw WireFault.closed }
            searched = taken + waiting
        }
    }

    /// What is there, at most `count` bytes; empty once the other side has ended.
    func some(_ count: Int, within seconds: Double) throws -> [UInt8] {
        if taken == buffer.count, try !fill(Deadline(seconds), "bytes") { return [] }
        let end = min(buffer.count, taken + count)
        defer { taken = end }
        return Array(buffer[taken..<end])
    }

    /// Exactly so many bytes.
    func exactly(_ count: Int, within seconds: Double) throws -> [UInt8] {
        let deadline = Deadline(seconds)
        while buffer.count - taken < count {
            guard try fill(deadline, "\(count) bytes") else { throw WireFault.closed }
        }
        defer { taken += count }
        return Array(buffer[taken..<taken + count])
    }

    /// Gives back what was read too far; the next read begins with it.
    func unread(_ bytes: some Collection<UInt8>) {
        buffer = Array(bytes) + buffer[taken...]
        taken = 0
    }

    /// - Returns: false once the other side has ended.
    private func fill(_ deadline: Deadline, _ what: String) throws -> Bool {
        guard isReadable(deadline) else { throw WireFault.timedOut(what) }
        if taken > 0 {
            buffer.removeFirst(taken)
            taken = 0
        }
        let got = room.withUnsafeMutableBytes { room in
            tls.map { Int(test_tls_read($0, room.baseAddress, Int32(room.count))) }
                ?? recv(descriptor, room.baseAddress, room.count, 0)
        }
        if got > 0 { buffer += room[..<got] }
        return got > 0
    }

    private func isReadable(_ deadline: Deadline) -> Bool {
        if let tls, test_tls_pending(tls) > 0 { return true }
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, deadline.milliseconds) > 0
    }

    /// Waits until the other side ends or `interrupt` is called, reading nothing.
    ///
    /// - Returns: whether that came in time.
    @discardableResult
    func waitForEnd(within seconds: Double) -> Bool {
        let hangUp = Int16(0x2000)  // POLLRDHUP, which Glibc's module does not show.
        var poll = pollfd(fd: descriptor, events: hangUp, revents: 0)
        return Glibc.poll(&poll, 1, Deadline(seconds).milliseconds) > 0
    }

    // MARK: TLS

    /// Goes over to TLS as the server. What the client sent in clear behind STARTTLS is dropped (RFC 3207 6).
    func secure(as certificate: TestCertificate) throws {
        try goOver { test_tls_accept(descriptor, certificate.chain, certificate.key) }
    }

    /// Goes over to TLS as the client.
    ///
    /// - Parameter authority: a PEM file; any certificate is taken where it is `nil`.
    func secure(expecting name: String, authority: String?) throws {
        try goOver { test_tls_connect(descriptor, name, authority) }
    }

    private func goOver(_ handshake: () -> OpaquePointer?) throws {
        buffer = []
        taken = 0
        tls = handshake()
        guard tls != nil else { throw WireFault.noHandshake }
    }

    // MARK: Writing and ending

    func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let got = bytes.withUnsafeBytes { buffer in
                let place = buffer.baseAddress.map { $0 + sent }
                let count = bytes.count - sent
                return tls.map { Int(test_tls_write($0, place, Int32(count))) }
                    ?? send(descriptor, place, count, Int32(MSG_NOSIGNAL))
            }
            guard got > 0 else { throw WireFault.closed }
            sent += got
        }
    }

    func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Says that nothing more will be written; reading goes on.
    func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends both directions; a read that waits returns.
    func interrupt() {
        isClosed.withLock { isClosed in
            if !isClosed { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    func close() {
        isClosed.withLock { isClosed in
            if !isClosed { Glibc.close(descriptor) }
            isClosed = true
        }
    }

    /// Ends the connection by a reset, as the death of a process with unread bytes does.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        close()
    }
}

/// A moment by which something must have happened.
struct Deadline {
    private let end: ContinuousClock.Instant

    init(_ seconds: Double) { end = .now + .seconds(seconds) }

    var isOver: Bool { ContinuousClock.now >= end }

    /// For `poll`, never below zero.
    var milliseconds: Int32 {
        let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
        return Int32(max(0, min(left.rounded(.up), 1_000_000_000)))
    }
}
