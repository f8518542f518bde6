import CDescriptors
import Glibc
import Vocabulary

/// One address as the kernel takes it: the bytes of a `sockaddr`.
struct SocketAddress: Equatable, Sendable {
    private let bytes: [UInt8]

    private var family: Int32 {
        Int32(bytes.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) })
    }

    /// Every socket address of a server, in the order in which they are to be tried; blocks while a name is looked up.
    static func all(of address: EngineAddress) throws(ConnectionFault) -> [SocketAddress] {
        switch address {
        case .unix(let path): [try local(path)]
        case .tcp(let host, let port): try network(host, port)
        }
    }

    /// A stream that is on its way: non-blocking, so that nobody waits here.
    ///
    /// - Returns: its descriptor, close-on-exec, which the caller closes.
    func connecting() throws(ConnectionFault) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw .system("no socket", errno) }
        let result = bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: sockaddr.self) { pointer in
                connect(descriptor, pointer.baseAddress, socklen_t(bytes.count))
            }
        }
        // A local socket whose queue is full says EAGAIN; nothing tells when there is room, so it counts as refused.
        if result == 0 || errno == EINPROGRESS { return descriptor }
        let code = errno
        close(descriptor)
        throw .system("cannot connect", code)
    }

    private static func local(_ path: String) throws(ConnectionFault) -> SocketAddress {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
            throw ConnectionFault("the path of the socket is too long: \(path)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return SocketAddress(bytes: withUnsafeBytes(of: address) { Array($0) })
    }

    private static func network(_ host: String, _ port: Int) throws(ConnectionFault) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0, let list else {
            throw ConnectionFault("the host \(host) cannot be looked up: \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = list
        while let entry = next {
            let buffer = UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            found.append(SocketAddress(bytes: Array(buffer)))
            next = entry.pointee.ai_next
        }
        return found
    }
}
