/// Where an engine in another process listens.
public enum EngineAddress: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The path of a local socket.
    case unix(String)
    /// A name or an address of a host, and a port.
    case tcp(host: String, port: Int)

    /// `unix:/run/clamav/clamd.ctl`, `127.0.0.1:3310`, `[::1]:3310`.
    public var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }

    /// Reads what `description` writes; also a path alone. `nil` for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") || text.hasPrefix("/") {
            let path = text.hasPrefix("/") ? text : String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/") else { return nil }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else {
            return nil
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        guard !host.isEmpty, isPlain else { return nil }
        self = .tcp(host: host, port: port)
    }
}
