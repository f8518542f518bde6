import Foundation
import Synchronization
import Vocabulary

/// What was loaded from files, loaded anew when these change.
///
/// There is never a moment without one: the old one serves until the new one is ready, and goes on serving if the new
/// one cannot be loaded. Who still works with the old one keeps it alive.
final class Watched<Loaded: Sendable>: Sendable {
    private struct State {
        var current: Loaded
        /// The files as they were when `current`, or what failed in its place, was loaded.
        var stamps: Set<FileStamp>
        var nextLook: ContinuousClock.Instant
        var isLoading = false
        var fault: EngineFault?
    }

    private let paths: [String]
    private let secondsBetweenLooks: Int
    private let load: @Sendable () throws(EngineFault) -> Loaded
    private let state: Mutex<State>

    /// Loads for the first time.
    init(
        _ paths: [String], secondsBetweenLooks: Int, load: @escaping @Sendable () throws(EngineFault) -> Loaded
    ) throws(EngineFault) {
        self.paths = paths
        self.secondsBetweenLooks = secondsBetweenLooks
        self.load = load
        // Before loading: what changes meanwhile is seen at the next look.
        let stamps = FileStamp.all(of: paths)
        state = Mutex(
            State(current: try load(), stamps: stamps, nextLook: .now + .seconds(secondsBetweenLooks)))
    }

    /// What serves now. Looks at the files from time to time, and has them loaded on a thread of its own.
    var current: Loaded {
        lookForChanges()
        return state.withLock { $0.current }
    }

    /// Why the newest files could not be loaded.
    var fault: EngineFault? { state.withLock { $0.fault } }

    private func lookForChanges() {
        let isDue = state.withLock { state in
            guard !state.isLoading, state.nextLook <= .now else { return false }
            state.nextLook = .now + .seconds(secondsBetweenLooks)
            return true
        }
        guard isDue else { return }
        let stamps = FileStamp.all(of: paths)
        let isChanged = state.withLock { state in
            guard state.stamps != stamps, !state.isLoading else { return false }
            state.isLoading = true
            return true
        }
        guard isChanged else { return }
        Thread.detachNewThread { [self] in
            let result: Result<Loaded, EngineFault>
            do throws(EngineFault) {
                result = .success(try load())
            } catch {
                result = .failure(error)
            }
            // The old one is let go outside the lock: taking an engine apart takes a while.
            let old: Loaded? = state.withLock { state in
                state.isLoading = false
                state.stamps = stamps
                guard case .success(let new) = result else {
                    if case .failure(let fault) = result { state.fault = fault }
                    return nil
                }
                state.fault = nil
                let old = state.current
                state.current = new
                return old
            }
            withExtendedLifetime(old) {}
        }
    }
}

/// libclamav with the signatures of a folder, loaded anew when the folder changes.
public final class WatchedClamAV: AntivirusEngine {
    public let name: String
    private let watched: Watched<ClamAVEngine>

    /// Loads the signatures.
    ///
    /// - Throws: `EngineFault` where they cannot be loaded.
    public init(
        _ name: String, signatures folder: String, clamAV: ClamAVLimits, limits: EngineLimits = EngineLimits()
    ) throws(EngineFault) {
        self.name = name
        watched = try Watched([folder], secondsBetweenLooks: limits.reloadCheckSeconds) { () throws(EngineFault) in
            try ClamAVEngine(name, signatures: folder, limits: clamAV)
        }
    }

    public var signatures: SignatureState {
        watched.fault.map(watched.current.signatures.noting) ?? watched.current.signatures
    }

    public func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer { watched.current.scan(bytes, name: name) }
}

/// YARA rules of files, compiled anew when these change.
public final class WatchedYara: Sendable {
    private let watched: Watched<YaraRules>

    /// Compiles the rules.
    ///
    /// - Throws: `EngineFault` where they do not compile.
    public init(
        _ name: String, files: [String], bounds: EngineBounds, limits: EngineLimits = EngineLimits()
    ) throws(EngineFault) {
        watched = try Watched(files, secondsBetweenLooks: limits.reloadCheckSeconds) { () throws(EngineFault) in
            try YaraRules(name, files: files, bounds: bounds)
        }
    }

    /// The rules that serve now: to be kept for the whole of a message.
    public var rules: YaraRules { watched.current }

    public var signatures: SignatureState { watched.fault.map(rules.signatures.noting) ?? rules.signatures }
}

extension SignatureState {
    /// With a word on newer ones that cannot be loaded.
    fileprivate func noting(_ fault: EngineFault) -> SignatureState {
        var state = self
        state.version = (version.map { $0 + ", " } ?? "") + "newer files cannot be loaded: \(Excerpt.of(fault.cause))"
        return state
    }
}
