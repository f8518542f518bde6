import Acceptance
import Cryptography
import Foundation
import Operation
import Quarantine
import Relay
import Workers

/// The relay's own register of policies: tries what comes, keeps it, and exchanges the program between two messages.
///
/// The order is the promise: a bundle is tried first, its workers run before anything else knows of it, it is on the disk
/// before it judges, and until then the old one does. Requests are served one after another.
public actor PolicyKeeper: PolicyRegister {
    /// What an organisation may be sent, and by whom.
    public struct Organisation: Sendable {
        public var name: String
        public var trustedKeys: [VerifyingKey]

        public init(name: String, trustedKeys: [VerifyingKey]) {
            self.name = name
            self.trustedKeys = trustedKeys
        }
    }

    /// Makes the workers of a program and waits until they are ready.
    public typealias ProgramMaker = @Sendable (_ organisation: String, _ bundle: [UInt8]) throws -> ActiveProgram

    private let organisations: [Organisation]
    private let archive: PolicyArchive
    private let programs: ActivePrograms
    private let make: ProgramMaker
    private let release: String
    private let startedAt: Int64

    public init(
        _ organisations: [Organisation], archive: PolicyArchive, programs: ActivePrograms, release: String,
        startedAt: Int64, make: @escaping ProgramMaker
    ) {
        self.organisations = organisations
        self.archive = archive
        self.programs = programs
        self.release = release
        self.startedAt = startedAt
        self.make = make
    }

    /// The bundle that judged last, by what was pushed; `nil` where nothing was.
    ///
    /// - Throws: `StoreFault` where history or bundle cannot be read.
    public func pushed(to organisation: String) async throws -> [UInt8]? {
        guard let active = try await history(organisation).last(where: { $0.state == .active }) else { return nil }
        return try await archive.bundle(active.number, of: organisation)
    }

    public func propose(_ proposal: PolicyProposal) async -> PolicyOutcome {
        let name = proposal.organisation
        guard let organisation = organisations.first(where: { $0.name == name }) else {
            return refusal(name, "there is no organisation \(name)")
        }
        guard !proposal.isShadow else {
            return refusal(name, "this relay does not judge beside the active policy; push without --shadow")
        }
        do {
            var versions = try await history(name)
            let before = versions.last { $0.state == .active }?.number
            let (report, program) = await tried(proposal.bundle, organisation)
            guard report.isAccepted, let digest = report.digest, let program else {
                return PolicyOutcome(refused: report, organisation: name, previous: before)
            }
            if let same = versions.last(where: { $0.state == .active }), same.digest == digest {
                return PolicyOutcome(
                    .unchanged, organisation: name, version: same.number, previous: before, digest: digest,
                    signer: report.signer, testsRun: report.testsRun)
            }
            let number = (versions.map(\.number).max() ?? 0) + 1
            for index in versions.indices where versions[index].state == .active { versions[index].state = .past }
            versions.append(
                PolicyVersion(
                    number: number, digest: digest, signer: report.signer, author: proposal.author,
                    token: proposal.token, message: proposal.message, receivedAt: now, state: .active))
            try await archive.save(
                try encoded(versions), bundle: (number, proposal.bundle), of: name)
            programs.activate(program)
            return PolicyOutcome(
                .activated, organisation: name, version: number, previous: before, digest: digest,
                signer: report.signer, testsRun: report.testsRun)
        } catch {
            return refusal(name, "\(error)")
        }
    }

    public func versions(of organisation: String) async -> PolicyHistory? {
        guard organisations.contains(where: { $0.name == organisation }) else { return nil }
        let versions = (try? await history(organisation)) ?? []
        return PolicyHistory(organisation: organisation, versions: versions.reversed())
    }

    public func rollBack(_ request: PolicyRollback) async -> PolicyOutcome {
        let name = request.organisation
        guard organisations.contains(where: { $0.name == name }) else {
            return refusal(name, "there is no organisation \(name)")
        }
        do {
            var versions = try await history(name)
            let before = versions.last { $0.state == .active }?.number
            let wanted = request.version ?? versions.map(\.number).filter { $0 < before ?? 0 }.max()
            guard let index = versions.firstIndex(where: { $0.number == wanted }) else {
                return refusal(name, wanted.map { "there is no version \($0)" } ?? "there is no earlier version")
            }
            let program = try await made(name, try await archive.bundle(versions[index].number, of: name))
            for other in versions.indices where versions[other].state == .active { versions[other].state = .past }
            versions[index].state = .active
            try await archive.save(try encoded(versions), bundle: nil, of: name)
            programs.activate(program)
            return PolicyOutcome(
                .rolledBack, organisation: name, version: versions[index].number, previous: before,
                digest: versions[index].digest, signer: versions[index].signer)
        } catch {
            return refusal(name, "\(error)")
        }
    }

    public func status() async -> PoliciesInForce {
        var all: [OrganisationStatus] = []
        for organisation in organisations {
            let versions = (try? await history(organisation.name)) ?? []
            all.append(OrganisationStatus(name: organisation.name, active: versions.last { $0.state == .active }))
        }
        return PoliciesInForce(release: release, startedAt: startedAt, organisations: all)
    }

    // MARK: Parts

    private var now: Int64 { Int64(Date().timeIntervalSince1970) }

    private func refusal(_ organisation: String, _ reason: String) -> PolicyOutcome {
        PolicyOutcome(.refused, organisation: organisation, refusals: [PolicyRefusal(.request, reason)])
    }

    private func history(_ organisation: String) async throws -> [PolicyVersion] {
        guard let bytes = try await archive.history(of: organisation) else { return [] }
        return try JSONDecoder().decode([PolicyVersion].self, from: Data(bytes))
    }

    private func encoded(_ versions: [PolicyVersion]) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try [UInt8](encoder.encode(versions))
    }

    /// Trying waits for workers, and is done where nobody else waits for the thread.
    private func tried(
        _ bundle: [UInt8], _ organisation: Organisation
    ) async -> (AcceptanceReport, ActiveProgram?) {
        let make = make
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var program: ActiveProgram?
                let acceptance = BundleAcceptance(trustedKeys: organisation.trustedKeys)
                let report = acceptance.check(bundle) { (bytes: [UInt8]) throws(WorkerError) in
                    do {
                        let made = try make(organisation.name, bytes)
                        program = made
                        return made.pool
                    } catch {
                        throw error as? WorkerError ?? WorkerError(.refused, "\(error)")
                    }
                }
                continuation.resume(returning: (report, program))
            }
        }
    }

    private func made(_ organisation: String, _ bundle: [UInt8]) async throws -> ActiveProgram {
        let make = make
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try make(organisation, bundle) })
            }
        }
    }
}
