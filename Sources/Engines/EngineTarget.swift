import Glibc
import Vocabulary

/// Where an engine listens, looked up once: a process without access to name servers can still connect.
struct EngineTarget: Sendable {
    let address: EngineAddress
    /// Socket addresses to try in their order; the fault where there is none.
    let resolved: Result<[[UInt8]], ConnectionFault>

    init(_ address: EngineAddress) {
        self.address = address
        resolved =
            switch address {
            case .unix(let path): Self.local(path)
            case .tcp(let host, let port): Self.network(host, port)
            }
    }

    private static func local(_ path: String) -> Result<[[UInt8]], ConnectionFault> {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
            return .failure(ConnectionFault("the path of the socket is too long: \(path)"))
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return .success([withUnsafeBytes(of: address) { Array($0) }])
    }

    private static func network(_ host: String, _ port: Int) -> Result<[[UInt8]], ConnectionFault> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &list)
        guard code == 0, let list else {
            let reason = String(cString: gai_strerror(code))
            return .failure(ConnectionFault("the host \(host) cannot be looked up: \(reason)"))
        }
        defer { freeaddrinfo(list) }
        var found: [[UInt8]] = []
        var next: UnsafeMutablePointer<addrinfo>? = list
        while let entry = next {
            let buffer = UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            found.append(Array(buffer))
            next = entry.pointee.ai_next
        }
        return .success(found)
    }
}
