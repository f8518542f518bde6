/// What a file that was read anew changes: at once, or when the relay is started again.
public struct SettingsChange: Equatable, Sendable {
    /// The tables and keys that count from now on, as the file writes them.
    public var live: [String]
    /// Those that wait for a restart.
    public var atRestart: [String]
    /// What holds from now on: the new settings, with the old where a restart is needed.
    public var inForce: DaemonSettings

    /// Compares two settings.
    public static func between(_ old: DaemonSettings, _ new: DaemonSettings) -> SettingsChange {
        var change = SettingsChange(live: [], atRestart: [], inForce: new)
        change.compare(old, new)
        change.compareFixed(old, new)
        return change
    }

    /// Whether nothing differs.
    public var isEmpty: Bool { live.isEmpty && atRestart.isEmpty }

    private mutating func compare(_ old: DaemonSettings, _ new: DaemonSettings) {
        if old.relay.hostName != new.relay.hostName { live.append("host-name") }
        if old.relay.splitsOrganisations != new.relay.splitsOrganisations { live.append("split-organisations") }
        if old.relay.nextHop != new.relay.nextHop { live.append("next-hop") }
        if old.relay.routes != new.relay.routes { live.append("routes") }
        if old.relay.organisations != new.relay.organisations { live.append("organisation") }
        if old.relay.limits != new.relay.limits { live.append("limits") }
        if old.engines != new.engines { live.append("engines") }
        if old.workers.count != new.workers.count { live.append("workers.count") }
        if old.administration.tokens != new.administration.tokens { live.append("administration.token") }
        if old.log != new.log { live.append("log") }
    }

    /// What a running process cannot exchange: places that it listens at, and where its promises lie.
    private mutating func compareFixed(_ old: DaemonSettings, _ new: DaemonSettings) {
        if old.relay.listeners != new.relay.listeners { atRestart.append("listener") }
        if old.store != new.store { atRestart.append("store") }
        if old.workers.executable != new.workers.executable { atRestart.append("workers.executable") }
        var port = new.administration
        port.tokens = old.administration.tokens
        if port != old.administration { atRestart.append("administration") }
        inForce.relay.listeners = old.relay.listeners
        inForce.store = old.store
        inForce.workers.executable = old.workers.executable
        inForce.administration = old.administration
        inForce.administration.tokens = new.administration.tokens
    }
}
