import Bytecode
import Cryptography
import Vocabulary
import Workers

/// Tries a bundle before it judges mail.
///
/// Purpose: nothing that is wrong with a policy reaches live mail. Takes: a bundle's bytes, the keys that are trusted, a
/// way to make workers. Gives: a report with every reason against it. Fails: never; what goes wrong is a refusal.
/// Limits: `AcceptanceLimits`, `BytecodeLimits`. Must not import: the compiler, or anything that parses mail.
public struct BundleAcceptance: Sendable {
    /// Makes the workers for a program: a bundle without tests and signature.
    public typealias PoolMaker = (_ program: [UInt8]) throws(WorkerError) -> WorkerPool

    private let trustedKeys: [VerifyingKey]
    private let needsTests: Bool
    private let limits: AcceptanceLimits
    private let bytecode: BytecodeLimits

    /// - Parameters:
    ///   - trustedKeys: whose bundles are taken; with none, none is.
    ///   - needsTests: whether a bundle that carries no tests is refused.
    public init(
        trustedKeys: [VerifyingKey], needsTests: Bool = false, limits: AcceptanceLimits = AcceptanceLimits(),
        bytecode: BytecodeLimits = BytecodeLimits()
    ) {
        self.trustedKeys = trustedKeys
        self.needsTests = needsTests
        self.limits = limits
        self.bytecode = bytecode
    }

    /// Signature first: a program of somebody unknown is not even looked at. Then the program, then its tests.
    ///
    /// Blocks for as long as the tests take.
    ///
    /// - Parameter makePool: makes the workers for the program it is given, a bundle without tests and signature. They
    ///   are not stopped here: who takes the bundle has them ready.
    public func check(
        _ bytes: [UInt8], makePool: PoolMaker
    ) -> AcceptanceReport {
        var report = AcceptanceReport()
        guard bytes.count <= bytecode.bundleBytes else {
            let reason = "it has \(bytes.count) bytes, more than \(bytecode.bundleBytes)"
            report.refusals.append(PolicyRefusal(.bundle, reason))
            return report
        }
        do throws(BundleFault) {
            report.digest = try Bundle.digest(of: bytes).hex
            let signature = try Bundle.signature(of: bytes)
            report.signer = signature?.keyID
            guard let signature, trustedKeys.contains(signature.key) else {
                report.refusals.append(PolicyRefusal(.signature, distrust(of: signature)))
                return report
            }
            report.policy = try Bundle.read(bytes, limits: bytecode).manifest.policy
            let tests = try Bundle.tests(of: bytes, limits: bytecode) ?? CarriedTests()
            if needsTests, tests.tests.isEmpty {
                let reason = "it carries no tests, which are asked for here; compile it --with-tests"
                report.refusals.append(PolicyRefusal(.bundle, reason))
                return report
            }
            try run(tests, of: Bundle.program(of: bytes), makePool, &report)
        } catch {
            report.refusals.append(PolicyRefusal(error.cause == .signature ? .signature : .bundle, error.reason))
        }
        return report
    }

    private func distrust(of signature: BundleSignature?) -> String {
        guard let signature else { return "it is not signed; sign it with a key that is trusted here" }
        return "it is signed with the key \(signature.keyID), which is not trusted here"
    }

    private func run(
        _ tests: CarriedTests, of program: [UInt8], _ makePool: PoolMaker,
        _ report: inout AcceptanceReport
    ) {
        do throws(WorkerError) {
            let pool = try makePool(program)
            // Also without tests: patterns are compiled in a worker, and may fail there.
            try pool.warmUp()
            let results = CarriedTestRun(pool: pool, seconds: limits.testSeconds).run(tests)
            report.testsRun = results.count { $0.wasRun }
            let refusals = results.flatMap(\.refusals)
            report.refusals += refusals.prefix(limits.refusals)
            if refusals.count > limits.refusals {
                report.refusals.append(PolicyRefusal(.test, "and \(refusals.count - limits.refusals) more"))
            }
        } catch {
            report.refusals.append(PolicyRefusal(.worker, error.reason))
        }
    }
}
