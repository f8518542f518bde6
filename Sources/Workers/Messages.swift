import Foundation
import Vocabulary

/// How a worker is set up, once, before its first message.
public struct WorkerConfiguration: Equatable, Sendable, Codable {
    /// What facts of engines rest on.
    public var engines: EngineConfiguration
    /// Whether the engines are only to be tried, so that one which cannot be loaded is no fault of the set-up.
    public var isTrial: Bool
    public var limits: WorkerLimits

    public init(
        engines: EngineConfiguration = EngineConfiguration(), isTrial: Bool = false,
        limits: WorkerLimits = WorkerLimits()
    ) {
        self.isTrial = isTrial
        self.engines = engines
        self.limits = limits
    }
}

/// What to do with the attached bundle and how to set the worker up.
struct ConfigureRequest: Codable {
    var configuration: WorkerConfiguration
    /// Whether a bundle is attached; a worker without one can only inspect.
    var hasBundle: Bool
    /// `Release.identity` of the pool.
    var release: String? = Release.identity
}

/// A worker's word that it is set up.
public struct WorkerReadiness: Equatable, Sendable, Codable {
    /// The antivirus engines that answer, and the age of their signatures.
    public var engines: [SignatureState]?
    /// The walls that stand around it: `system calls (seccomp)`.
    public var walls: [String]?
    /// `Release.identity` of the worker.
    var release: String? = Release.identity

    public init(engines: [SignatureState], walls: [String]) {
        self.engines = engines
        self.walls = walls
    }
}

/// How the engines that a worker was asked to try stood it.
public struct EngineTrialReply: Equatable, Sendable, Codable {
    public var engines: [TriedEngine]

    public init(engines: [TriedEngine]) { self.engines = engines }
}

/// What to report of the attached mail.
public struct InspectRequest: Equatable, Sendable, Codable {
    public var withText: Bool

    public init(withText: Bool) { self.withText = withText }
}

/// How to judge the attached mail.
public struct DecideRequest: Equatable, Sendable, Codable {
    public var envelope: Envelope
    /// What nobody told and the worker fills in from header fields, marking it as guessed.
    public var guess: EnvelopeGuesses
    public var assumptions: [Assumption]
    /// What is to be told of the conditions; `nil` for nothing.
    public var observation: ObservationRequest?
    /// Whether notices, the texts of disclaimers and a summary of the message are to be written.
    public var writes: Bool
    /// The server in front whose Received field tells who the client is; `nil` for none.
    public var edge: EdgeTrust?
    /// What our own trace fields bear, to be counted in the summary.
    public var mark: String?

    public init(
        envelope: Envelope, guess: EnvelopeGuesses = [], assumptions: [Assumption] = [],
        observation: ObservationRequest? = nil, writes: Bool = false, edge: EdgeTrust? = nil, mark: String? = nil
    ) {
        self.envelope = envelope
        self.guess = guess
        self.assumptions = assumptions
        self.observation = observation
        self.writes = writes
        self.edge = edge
        self.mark = mark
    }
}

/// A worker's own word that it cannot do what was asked.
public struct WorkerFault: Error, Equatable, Sendable, Codable {
    /// In words, without a full stop.
    public var reason: String

    public init(_ reason: String) { self.reason = reason }
}

/// JSON of the protocol. Both ends are one release, so its shape needs no versions.
enum Wire {
    static func encode(_ value: some Encodable) -> [UInt8] {
        // Encoding fails only for numbers that JSON lacks; none of our types has one.
        (try? JSONEncoder().encode(value)).map { Array($0) } ?? []
    }

    static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) -> T? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
