import Bytecode
import Connections
import Engines
import Glibc
import Inspection
import Lexical
import Machine
import Message
import Suffixes
import Vocabulary

/// Joins a verified program, the message's facts and the engines: what a worker runs.
///
/// Used on one thread; loaded once and then asked about many messages.
public final class MessageJudge {
    private let program: LoadedProgram?
    private let settings: InspectionSettings
    private let typer: FileTyper

    /// Loads a bundle and the engines.
    ///
    /// - Parameters:
    ///   - bundle: the bytes of an `.lzb`; `nil` for a judge that only inspects.
    ///   - engines: what facts of engines rest on; where there is none, they are unknown.
    ///   - dialer: who makes the connections to engines in other processes.
    /// - Throws: `BundleFault` for a bundle that does not verify, `PatternFault` for one whose patterns do not
    ///   compile, `EngineFault` for signatures or file types that cannot be loaded.
    public init(
        bundle: [UInt8]?, engines: EngineConfiguration = EngineConfiguration(),
        dialer: any Dialer = DirectDialer(), limits: InspectionLimits = InspectionLimits()
    ) throws {
        program = try bundle.map { bytes in
            try LoadedProgram(Bundle.read(bytes), patterns: PatternLibrary(), suffixes: SuffixLibrary())
        }
        let set = try EngineSet(engines, dialer: dialer)
        self.engines = set.states
        settings = InspectionSettings(
            limits: limits, antivirus: set.antivirus, yara: set.yara, spam: set.spam, upstreams: set.upstreams,
            authenticationServers: program?.program.organisation.authenticationServers ?? [],
            timeZone: program?.program.organisation.timeZone ?? "UTC")
        typer = try FileTyper()
    }

    /// Tries engines, one result for each.
    public static func trial(of engines: EngineConfiguration, dialer: any Dialer) -> [TriedEngine] {
        EngineTrial.run(engines, dialer: dialer)
    }

    /// Whether there is a program to decide with.
    public var hasProgram: Bool { program != nil }

    /// What the program knows for the texts that its decisions ask for; `nil` without one.
    public var words: PolicyWords? { program?.program.words }

    /// What is known of the engines from the start: of those in this process the age of their signatures.
    public let engines: [SignatureState]

    /// Everything inspection sees of a message.
    public func inspect(_ bytes: [UInt8], withText: Bool) -> InspectionReport {
        InspectedMessage(bytes, envelope: Envelope(), settings: settings, typer: typer).report(withText: withText)
    }

    /// Judges a message for every recipient of its envelope.
    ///
    /// - Parameters:
    ///   - envelope: what is known of the transaction.
    ///   - guess: what may be filled in from the header, marked as guessed.
    ///   - assumptions: facts to take as given, for a policy's tests.
    ///   - observation: what is to be told of the conditions.
    public func decide(
        _ bytes: [UInt8], envelope: Envelope, guess: EnvelopeGuesses = [], assumptions: [Assumption] = [],
        observation: ObservationRequest? = nil
    ) -> Judgement {
        judge(bytes, envelope: envelope, guess: guess, assumptions: assumptions, observation: observation).judgement
    }

    /// As `decide`, with what the message was found to be, for whoever carries the decisions out.
    ///
    /// - Parameter edge: the server in front whose Received field tells who the client is; `nil` for none.
    public func judge(
        _ bytes: [UInt8], envelope: Envelope, guess: EnvelopeGuesses = [], assumptions: [Assumption] = [],
        observation: ObservationRequest? = nil, edge: EdgeTrust? = nil
    ) -> JudgedMessage {
        let clock = ContinuousClock()
        let start = clock.now
        let parsed = ParsedMessage(MessageBytes(bytes))
        let reading = edge.map { EdgeReader($0).read(parsed.header) }
        var complete = EnvelopeGuess.complete(
            EdgeReader.complete(envelope, with: reading), guess, from: parsed.header,
            organisation: program?.program.organisation)
        // Mail without any date is judged as of now.
        complete.receivedAt = Self.arrival(assumptions) ?? complete.receivedAt ?? Int64(time(nil))
        let message = InspectedMessage(parsed, envelope: complete, settings: settings, typer: typer)
        let facts: any FactSource = assumptions.isEmpty ? message : AssumedFacts(assumptions, over: message)
        let decisions = program?.decide(facts: facts, envelope: complete) ?? []
        var judgement = Judgement(
            decisions: decisions, envelope: complete,
            missingEngines: message.missingEngines.sorted { $0.rawValue < $1.rawValue },
            elapsedMicroseconds: (clock.now - start).wholeMicroseconds, engines: message.engineAccounts)
        // After the decisions, whose evaluation asks less: what is looked at only for this is no part of them.
        judgement.observation = observation.flatMap { request in
            program?.observe(facts: facts, envelope: complete, request) { Array(message.missingEngines) }
        }
        judgement.edge = reading
        return JudgedMessage(
            judgement: judgement, message: parsed, facts: facts, hasVirus: message.foundVirus)
    }

    /// The arrival that a test assumes: its hour and day follow from it.
    private static func arrival(_ assumptions: [Assumption]) -> Int64? {
        guard case .number(let seconds)? = assumptions.last(where: { $0.fact == .receivedAt })?.value.values.first
        else {
            return nil
        }
        return seconds
    }
}

/// A judgement, and the message as it was read for it.
public struct JudgedMessage {
    public let judgement: Judgement
    public let message: ParsedMessage
    /// The facts that were judged, assumed ones among them.
    public let facts: any FactSource
    /// Whether an antivirus engine that was asked found something.
    public let hasVirus: Bool
}
