import Vocabulary

extension SocketPlace {
    /// Bytes of a socket's path that the system takes (`sun_path`, less its end).
    private static let pathBytes = 107

    /// Reads what `description` writes; port 0 is one that the system chooses. `nil` for anything else.
    public init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/"), path.utf8.count <= Self.pathBytes, !path.utf8.contains(0) else { return nil }
            self = .local(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        var host = String(text[..<colon])
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        if isBracketed { host = String(host.dropFirst().dropLast()) }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits),
            isBracketed ? host.contains(":") && IPAddress(host) != nil : Self.isHost(host)
        else { return nil }
        self = .network(host: host, port: Int(port))
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Whether mail that is sent to the other place comes in here: the same socket, or a port at every address.
    public func receives(_ other: SocketPlace) -> Bool {
        switch (self, other) {
        case (.local(let own), .local(let path)): return own == path
        case (.network(let host, let port), .network(let otherHost, let otherPort)):
            guard port == otherPort, port != 0 else { return false }
            let own = Self.plain(host)
            let their = Self.plain(otherHost)
            if own == their { return true }
            // A name may stand for either family; an address at `0.0.0.0` or `::` is every one that the machine has.
            return Self.isEvery(own) && (Self.isLoopback(their) || Self.isEvery(their))
                || Self.isLoopback(own) && Self.isEvery(their)
        default: return false
        }
    }

    /// Whether only programs of this machine reach it.
    public var isLoopback: Bool {
        switch self {
        case .local: true
        case .network(let host, _): Self.isLoopback(Self.plain(host))
        }
    }

    /// The one way to write a host, so that texts can be compared.
    private static func plain(_ host: String) -> String {
        let name = host.lowercased()
        if name == "localhost" { return "127.0.0.1" }
        return IPAddress(name)?.description ?? (name.hasSuffix(".") ? String(name.dropLast()) : name)
    }

    private static func isEvery(_ host: String) -> Bool {
        host == "0.0.0.0" || host == "0:0:0:0:0:0:0:0"
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "0:0:0:0:0:0:0:1"
            || Network("127.0.0.0/8").map { net in
                IPAddress(host).map { net.contains($0) } ?? false
            } ?? false
    }
}
