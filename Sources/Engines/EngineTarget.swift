import Connections
import Vocabulary

/// Where an engine listens, and who makes the connections to it.
struct EngineTarget: Sendable {
    let address: EngineAddress
    let dialer: any Dialer
}
