/// Sockets that were opened for us, so that no connection is refused while we are not there: systemd's protocol
/// (`sd_listen_fds(3)`).
public struct InheritedSockets: Equatable, Sendable {
    /// The first descriptor that is handed over.
    private static let first: Int32 = 3

    /// Descriptors by the name of their listener (`FileDescriptorName=` of the socket's unit).
    public let descriptors: [String: Int32]

    /// - Parameters:
    ///   - environment: `LISTEN_PID`, `LISTEN_FDS` and `LISTEN_FDNAMES` of it.
    ///   - process: our own number. What was meant for another process, our parent, is not ours.
    public init(environment: [String: String], process: Int32) {
        guard environment["LISTEN_PID"].flatMap({ Int32($0) }) == process,
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...Int32(256)).contains(count)
        else {
            descriptors = [:]
            return
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        var descriptors: [String: Int32] = [:]
        for index in 0..<count {
            let name = Int(index) < names.count ? String(names[Int(index)]) : ""
            // Of two with one name the first is taken: the other would be nobody's.
            if descriptors[name] == nil { descriptors[name] = Self.first + index }
        }
        self.descriptors = descriptors
    }

    /// Names that no listener has: a unit that does not fit the file.
    public func strangers(to listeners: [ListenerSettings]) -> [String] {
        let names = Set(listeners.map(\.name))
        return descriptors.keys.filter { !names.contains($0) }.sorted()
    }
}
