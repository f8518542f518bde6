import Foundation
import Synchronization

/// An SMTP or LMTP server on a port of loopback that records what it is sent and does what a script says.
///
/// It reads by code of its own, so that it doesn't share the faults of what it tests.
public final class ScriptedHop: Sendable {
    private let record: HopRecord
    private let listener: WireListener

    public init(_ script: HopScript = HopScript()) {
        let record = HopRecord(script)
        self.record = record
        listener = WireListener { wire, number in
            var session = HopSession(record: record, wire: wire, number: number)
            session.run()
        }
    }

    deinit { listener.stop() }

    public var port: Int { listener.port }

    /// How many connections were made.
    public var connections: Int { listener.count }

    /// All transactions, in the order of their MAIL commands.
    public var transactions: [HopTransaction] { record.state.withLock { $0.transactions.map(\.transaction) } }

    /// Those whose message was taken.
    public var delivered: [HopTransaction] { transactions.filter { $0.outcome == .delivered } }

    /// Every command and reply, `3> MAIL …` and `3< 250 …` for the third connection.
    public var transcript: [String] { record.state.withLock { $0.transcript } }

    /// The script from here on; sessions that are open go over to it.
    public var script: HopScript {
        get { record.state.withLock { $0.script } }
        set { record.state.withLock { $0.script = newValue } }
    }

    /// Adds a rule to the script (see `HopScript.on`).
    public func on(_ stage: HopStage, for address: String? = nil, _ act: HopAct, times: Int? = nil) {
        record.state.withLock { $0.script.on(stage, for: address, act, times: times) }
    }

    /// Goes back to doing the usual.
    public func forgetRules() { record.state.withLock { $0.script.rules = [] } }

    /// Forgets what was recorded.
    public func forgetTransactions() {
        record.state.withLock { $0.transactions.removeAll { $0.transaction.outcome != .underWay } }
    }

    /// Waits until so many messages were delivered here.
    ///
    /// - Returns: those messages.
    /// - Throws: `WireFault.timedOut`.
    @discardableResult
    public func wait(for count: Int, seconds: Double = 20) async throws -> [HopTransaction] {
        do {
            try await RelaySupport.wait(for: "\(count) messages", seconds: seconds) { self.delivered.count >= count }
        } catch is WireFault {
            throw WireFault.timedOut("\(count) messages; \(delivered.count) came; \(transcript.suffix(40))")
        }
        return delivered
    }

    /// Ends the listener and every session.
    public func stop() {
        record.state.withLock { $0.isStopped = true }
        listener.stop()
    }
}

/// What the sessions of a hop share.
final class HopRecord: Sendable {
    struct State {
        var script: HopScript
        var isStopped = false
        var transactions: [(id: Int, transaction: HopTransaction)] = []
        var lastID = 0
        var transcript: [String] = []
    }

    let state: Mutex<State>

    init(_ script: HopScript) { state = Mutex(State(script: script)) }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// The act of the script at a stage; used up where the script counts it.
    func act(_ stage: HopStage, _ address: String?) -> HopAct? {
        state.withLock { $0.script.take(stage, address) }
    }

    func begin(_ transaction: HopTransaction) -> Int {
        state.withLock { state in
            state.lastID += 1
            state.transactions.append((state.lastID, transaction))
            return state.lastID
        }
    }

    func update(_ id: Int, _ change: (inout HopTransaction) -> Void) {
        state.withLock { state in
            guard let index = state.transactions.firstIndex(where: { $0.id == id }) else { return }
            change(&state.transactions[index].transaction)
        }
    }

    func note(_ line: String) { state.withLock { $0.transcript.append(line) } }
}
