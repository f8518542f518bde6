import Operation
import Quarantine

/// Opens connections to the usual hop and the routes.
struct HopDirectory: Sendable {
    let usual: HopSettings
    let routes: [String: HopSettings]
    let hostName: String
    let sockets: Sockets
    let limits: RelayLimits

    /// - Parameters:
    ///   - route: `nil` for the usual hop.
    ///   - client: what the hop may know of it, where it takes that from us.
    /// - Throws: `HopFault`.
    func open(_ route: String?, for client: ClientRecord?) async throws(HopFault) -> HopConnection {
        var settings = usual
        if let route {
            guard let named = routes[route] else {
                throw HopFault(.unreachable, "the policy asks for the route \(route), which the settings lack")
            }
            settings = named
        }
        let hop = try await HopConnection.open(settings, as: hostName, sockets: sockets, limits: limits)
        if let client, let line = EnvelopeCommands(capabilities: hop.capabilities).xforward(client) {
            let reply = try await hop.command(line)
            guard reply.isSuccess else {
                hop.close()
                throw HopFault(.unreachable, "it answers XFORWARD with \(reply.summary)")
            }
        }
        return hop
    }
}
