import Bytecode
import NIOConcurrencyHelpers
import Vocabulary
import Workers

/// A program in force, with the workers that run it. Messages that began under it end under it: it lives until the last of
/// them lets go.
public final class ActiveProgram: Sendable {
    public let organisation: String
    /// What names the bundle, signed or not, in hexadecimal digits.
    public let digest: String
    public let pool: WorkerPool
    let areas: [String: QuarantineArea]

    /// Verifies a bundle and prepares its workers.
    ///
    /// - Throws: `BundleFault` for one that may not run; `WorkerError` where no worker gets ready.
    public init(
        organisation: String, bundle: [UInt8], executable: String, workers: Int, configuration: WorkerConfiguration
    ) throws {
        let program = try Bundle.read(bundle)
        self.organisation = organisation
        digest = try Bundle.digest(of: bundle).hex
        areas = Dictionary(program.areas.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        pool = WorkerPool(executable: executable, size: workers, bundle: bundle, configuration: configuration)
        try pool.warmUp()
    }

    deinit { pool.stop() }
}

/// The program of each organisation. Exchanged in one step: a message asks once.
public final class ActivePrograms: Sendable {
    private let programs = NIOLockedValueBox<[String: ActiveProgram]>([:])

    public init() {}

    public subscript(organisation: String) -> ActiveProgram? { programs.withLockedValue { $0[organisation] } }

    /// Puts a program in the place of its organisation's last one.
    ///
    /// - Returns: the last one.
    @discardableResult
    public func activate(_ program: ActiveProgram) -> ActiveProgram? {
        programs.withLockedValue { $0.updateValue(program, forKey: program.organisation) }
    }

    public var all: [ActiveProgram] {
        programs.withLockedValue { $0.values.sorted { $0.organisation < $1.organisation } }
    }
}
