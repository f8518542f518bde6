import Vocabulary

/// The address of a link, taken apart as browsers do (WHATWG, URL Standard), but for two things: nothing is refused that
/// some client may still open, and the parts stay as they were written where the standard would only escape them.
///
/// What obscures an address is nothing here either: capitals, missing or leaning slashes, tabs and line ends, names and
/// passwords before the host, escaped letters, addresses of hosts in other notations.
struct WebAddress: Equatable {
    /// Lower-case, without its colon.
    var scheme: [UInt8]
    /// What stands before the at-sign of the host.
    var user: [UInt8]?
    var host = HostReading.none
    /// Absent where it is the scheme's own.
    var port: [UInt8]?
    var path: [UInt8] = []
    var query: [UInt8]?
    var fragment: [UInt8]?
    /// Whether a host, or an empty place for one, stands before the path.
    var isHierarchical = true

    /// Schemes whose addresses all have a host, behind any number of slashes of either kind.
    static let webPorts: [[UInt8]: [UInt8]] = [
        Array("http".utf8): Array("80".utf8), Array("https".utf8): Array("443".utf8),
        Array("ftp".utf8): Array("21".utf8), Array("ws".utf8): Array("80".utf8), Array("wss".utf8): Array("443".utf8),
    ]
    private static let file = Array("file".utf8)
    private static let data = Array("data".utf8)
    /// What a client that shows mail in a page of its own takes for `//host/…`.
    private static let usual = Array("https".utf8)

    private var isWeb: Bool { Self.webPorts[scheme] != nil }
    /// Whether a backslash is a slash.
    private var leans: Bool { isWeb || scheme == Self.file }

    /// Takes an address apart. Linear in its length.
    ///
    /// - Parameters:
    ///   - written: as it stands in the mail; its length must have been bounded.
    ///   - base: what it is relative to, where the page says so.
    /// - Returns: `nil` for what leads nowhere: an empty address, a place in the page itself, a path without a base.
    init?(_ written: some Collection<UInt8>, base: WebAddress? = nil) {
        var bytes = written.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
        // An address of the web without a host leads nowhere, and nothing stands beside it.
        let base = base.flatMap { $0.isWeb && $0.host == .none ? nil : $0 }
        if let colon = Self.endOfScheme(bytes) {
            self.init(scheme: bytes[..<colon].map(Self.lowercased), bytes[(colon + 1)...], base)
        } else if Self.slashes(bytes) >= 2 {
            // Two backslashes are a network share to the clients of one system.
            let isShare = bytes.starts(with: [0x5C, 0x5C]) && base == nil
            self.init(scheme: isShare ? Self.file : base?.scheme ?? Self.usual, bytes, base)
        } else if let base, base.isHierarchical {
            self = base
            resolve(bytes)
        } else if DomainShape.leads(bytes) {
            // Some clients take what begins with a domain for its page.
            self.init(scheme: Array("http".utf8), [0x2F, 0x2F] + bytes, nil)
        } else {
            return nil
        }
    }

    private init(scheme: [UInt8], _ rest: ArraySlice<UInt8>, _ base: WebAddress?) {
        self.scheme = scheme
        if isWeb {
            let slashes = Self.slashes(rest)
            if slashes < 2, let base, base.scheme == scheme {
                self = base
                resolve(rest)
            } else {
                readHost(rest.dropFirst(slashes))
            }
        } else if scheme == Self.file {
            // Three slashes begin a path of the reader's own machine; four and more are a share again.
            let slashes = Self.slashes(rest)
            if slashes == 2 || slashes >= 4 {
                readHost(rest.dropFirst(slashes))
            } else {
                readPath(rest.dropFirst(max(0, slashes - 1)))
            }
        } else if rest.starts(with: [0x2F, 0x2F]) {
            readHost(rest.dropFirst(2))
        } else {
            isHierarchical = false
            // What follows the comma of a `data:` address is content, not an address.
            readPath(scheme == Self.data ? rest.prefix { $0 != UInt8(ascii: ",") } : rest)
        }
    }

    /// Where the colon of a scheme stands. One letter is a drive, not a scheme.
    private static func endOfScheme(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first, isLetter(first) else { return nil }
        for (place, byte) in zip(bytes.indices, bytes) {
            if byte == UInt8(ascii: ":") { return place > bytes.startIndex + 1 && !isPort(bytes, place) ? place : nil }
            guard isLetter(byte) || isDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E else { return nil }
        }
        return nil
    }

    /// Whether a colon stands between a domain and a port, as in `www.shop.example:8080/`.
    private static func isPort(_ bytes: ArraySlice<UInt8>, _ colon: Int) -> Bool {
        bytes[..<colon].contains(UInt8(ascii: ".")) && bytes[(colon + 1)...].first.map(isDigit) == true
    }

    /// Slashes in front, of either kind.
    private static func slashes(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.prefix { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.count
    }

    // MARK: - Host

    /// Reads what stands behind the slashes: user, host and port, then the path.
    private mutating func readHost(_ rest: ArraySlice<UInt8>) {
        let leans = self.leans
        func isEnd(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
        let end = rest.firstIndex { isEnd($0) || (leans && $0 == UInt8(ascii: "\\")) } ?? rest.endIndex
        var place = rest[..<end]
        if let at = place.lastIndex(of: UInt8(ascii: "@")) {
            user = Self.unescaped(place[..<at])
            place = place[(at + 1)...]
        }
        let hostEnd =
            place.first == UInt8(ascii: "[")
            ? place.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? place.endIndex
            : place.firstIndex(of: UInt8(ascii: ":")) ?? place.endIndex
        let port = place[hostEnd...].dropFirst()
        if !port.isEmpty, Array(port) != Self.webPorts[scheme] { self.port = Array(port) }
        host = leans ? HostReading(place[..<hostEnd]) : HostReading(plain: place[..<hostEnd])
        // A port or a user without a host: browsers open nothing. Left out, it would make the path the host's place.
        if isWeb, host == .none, end > rest.startIndex {
            host = .broken(port.isEmpty && !place.isEmpty ? [UInt8(ascii: ":")] : [])
            if !port.isEmpty { self.port = Array(port) }
        }
        // To a browser the host ends at a backslash; to others it stands behind an at-sign that follows.
        if end < rest.endIndex, rest[end] == UInt8(ascii: "\\"),
            rest[end...].prefix(while: { !isEnd($0) }).contains(UInt8(ascii: "@"))
        {
            host = .ambiguous
        }
        readPath(rest[end...])
    }

    // MARK: - Path

    /// Reads path, query and fragment.
    ///
    /// - Parameter folder: the path that a relative one starts from; what an address gave, so without dots.
    private mutating func readPath(_ rest: ArraySlice<UInt8>, in folder: ArraySlice<UInt8> = []) {
        var rest = rest
        if let sign = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = Self.normalized(rest[(sign + 1)...])
            rest = rest[..<sign]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = Self.normalized(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        let own = Self.normalized(rest)
        path = leans ? Self.path(own, in: folder) : folder + own
    }

    /// Takes a reference relative to this address, which is the base's until then.
    private mutating func resolve(_ reference: ArraySlice<UInt8>) {
        let before = path
        query = nil
        fragment = nil
        guard let first = reference.first else { return }
        let isAbsolute = first == UInt8(ascii: "/") || (leans && first == UInt8(ascii: "\\"))
        if isAbsolute || first == UInt8(ascii: "?") {
            readPath(reference)
            if !isAbsolute { path = before }
        } else {
            // Behind a host alone stands the topmost folder (RFC 3986, 5.2.3).
            let folder = before.lastIndex(of: UInt8(ascii: "/")).map { before[...$0] } ?? [UInt8(ascii: "/")]
            readPath(reference, in: folder)
        }
    }

    /// The address as it is shown and compared.
    var serialized: [UInt8] {
        var bytes = scheme + [UInt8(ascii: ":")]
        if isHierarchical {
            bytes += [UInt8(ascii: "/"), UInt8(ascii: "/")]
            if let user { bytes += Self.escaped(user: user) + [UInt8(ascii: "@")] }
            bytes += host.written
            if let port { bytes += [UInt8(ascii: ":")] + port }
        }
        bytes += path
        if let query { bytes += [UInt8(ascii: "?")] + query }
        if let fragment { bytes += [UInt8(ascii: "#")] + fragment }
        return bytes
    }
}
