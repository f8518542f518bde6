import NIOConcurrencyHelpers
import NIOSSL
import Operation
import Vocabulary

/// What every session of a listener shares.
final class ListenerContext: Sendable {
    let settings: ListenerSettings
    let hostName: String
    let limits: RelayLimits
    let directory: OrganisationDirectory
    let splitsOrganisations: Bool
    let desk: MessageDesk
    let memory: MemoryBudget
    let tls: NIOSSLContext?
    private let trusted: [Network]
    private let retired = NIOLockedValueBox(false)

    /// - Throws: why certificate or key cannot be read.
    init(
        _ settings: ListenerSettings, relay: RelaySettings, directory: OrganisationDirectory, desk: MessageDesk,
        memory: MemoryBudget
    ) throws {
        self.settings = settings
        hostName = relay.hostName
        limits = relay.limits
        splitsOrganisations = relay.splitsOrganisations
        self.directory = directory
        self.desk = desk
        self.memory = memory
        tls = try settings.tls.map { try TLSContexts.server($0) }
        trusted = settings.trustedPeers.compactMap { Network($0) }
    }

    /// - Parameter address: `nil` for a client of a socket in the file system, which its permissions guard.
    func isTrusted(_ address: String?) -> Bool {
        guard let address else { return true }
        return IPAddress(address).map { address in trusted.contains { $0.contains(address) } } ?? false
    }

    /// Whether other settings are in force by now: sessions end after the message that they are at.
    var isRetired: Bool { retired.withLockedValue { $0 } }

    func retire() { retired.withLockedValue { $0 = true } }
}
