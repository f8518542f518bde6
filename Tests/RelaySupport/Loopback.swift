import Foundation
import Glibc
import Synchronization

/// Addresses of this machine that tests listen on.
public enum Loopback {
    static func withAddress<Result>(
        port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    static func withAddress<Result>(
        path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8.prefix(107)) + [0]
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }

    /// A port that nobody listens on, below those that the system gives out by itself: one that is free stays free,
    /// unless another test asks in the same moment.
    public static func freePort() -> Int {
        while true {
            let port = Int.random(in: 20_000..<32_000)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            if withAddress(port: port, { bind(descriptor, $0, $1) }) == 0 { return port }
        }
    }

    /// Whether somebody listens on the port.
    public static func isListening(_ port: Int) -> Bool { (try? Wire.connect(port: port)) != nil }
}

/// Listens on loopback and hands every connection to a function, each on a thread of its own.
final class WireListener: Sendable {
    let port: Int
    private let descriptor: Int32
    private let state = Mutex(State())

    private struct State {
        var isStopped = false
        var isListening = true
        var count = 0
        var open: [Int: Wire] = [:]
    }

    /// - Parameter path: of a socket in the file system; a port of 127.0.0.1 where it is `nil`.
    init(path: String? = nil, _ serve: @escaping @Sendable (Wire, Int) -> Void) {
        let family = path == nil ? AF_INET : AF_UNIX
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let bound =
            path.map { Loopback.withAddress(path: $0) { bind(descriptor, $0, $1) } }
            ?? Loopback.withAddress(port: 0) { bind(descriptor, $0, $1) }
        precondition(bound == 0 && listen(descriptor, 128) == 0, "no listener")
        self.descriptor = descriptor
        port = path == nil ? Self.port(of: descriptor) : 0
        Thread.detachNewThread { [self] in accept(serve) }
    }

    private static func port(of descriptor: Int32) -> Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private func accept(_ serve: @escaping @Sendable (Wire, Int) -> Void) {
        defer {
            state.withLock { state in
                state.isListening = false
                close(descriptor)
            }
        }
        while true {
            let connected = Glibc.accept(descriptor, nil, nil)
            guard connected >= 0 else { return }
            let wire = Wire(descriptor: connected)
            let number = state.withLock { state in
                state.count += 1
                state.open[state.count] = wire
                return state.isStopped ? nil : state.count
            }
            guard let number else { return }
            Thread.detachNewThread { [self] in
                serve(wire, number)
                state.withLock { state in
                    state.open[number] = nil
                    wire.close()
                }
            }
        }
    }

    /// How many connections were made so far.
    var count: Int { state.withLock { $0.count } }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Ends the listener and every connection.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            for wire in state.open.values { wire.interrupt() }
            if state.isListening { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }
}
