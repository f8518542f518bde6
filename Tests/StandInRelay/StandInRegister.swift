import Acceptance
import Administration
import Cryptography
import Dispatch
import Foundation
import Workers

/// A register of policies in memory, which tries bundles as a relay does.
public actor StandInRegister: PolicyRegister {
    private let acceptance: BundleAcceptance
    private let worker: String?
    private var versions: [String: [PolicyVersion]]
    /// What came, in its order.
    public private(set) var proposals: [PolicyProposal] = []

    /// - Parameter worker: the executable that tries bundles; with `nil` none can be tried.
    public init(organisations: [String] = ["acme"], trusted: [VerifyingKey], worker: String?) {
        acceptance = BundleAcceptance(trustedKeys: trusted)
        self.worker = worker
        versions = Dictionary(uniqueKeysWithValues: organisations.map { ($0, []) })
    }

    public func propose(_ proposal: PolicyProposal) async -> PolicyOutcome {
        proposals.append(proposal)
        let name = proposal.organisation
        let before = versions[name]?.first { $0.state == .active }?.number
        guard versions[name] != nil else { return refusal(name, "there is no organisation \(name)") }
        let report = await tried(proposal.bundle)
        guard report.isAccepted, let digest = report.digest else {
            return PolicyOutcome(refused: report, organisation: name, previous: before)
        }
        let state: PolicyVersion.State = proposal.isShadow ? .shadow : .active
        retire(state, in: name)
        let version = PolicyVersion(
            number: (versions[name]?.count ?? 0) + 1, digest: digest, signer: report.signer, author: proposal.author,
            token: proposal.token, message: proposal.message, receivedAt: 1_700_000_000, state: state)
        versions[name]?.append(version)
        return PolicyOutcome(
            proposal.isShadow ? .shadowed : .activated, organisation: name, version: version.number, previous: before,
            digest: digest, signer: report.signer, testsRun: report.testsRun)
    }

    public func versions(of organisation: String) -> PolicyHistory? {
        versions[organisation].map { PolicyHistory(organisation: organisation, versions: $0.reversed()) }
    }

    public func rollBack(_ request: PolicyRollback) -> PolicyOutcome {
        let name = request.organisation
        guard let all = versions[name] else { return refusal(name, "there is no organisation \(name)") }
        let before = all.first { $0.state == .active }?.number
        let number = request.version ?? (before ?? 0) - 1
        guard let index = all.firstIndex(where: { $0.number == number }) else {
            return refusal(name, "there is no version \(number)")
        }
        retire(.active, in: name)
        versions[name]?[index].state = .active
        return PolicyOutcome(
            .rolledBack, organisation: name, version: number, previous: before, digest: all[index].digest,
            signer: all[index].signer)
    }

    public func status() -> PoliciesInForce {
        PoliciesInForce(
            release: "stand-in 1", startedAt: 1_700_000_000,
            organisations: versions.keys.sorted().map { name in
                let shadow = versions[name]?.first { $0.state == .shadow }
                return OrganisationStatus(
                    name: name, active: versions[name]?.first { $0.state == .active }, shadow: shadow,
                    shadowJudged: shadow.map { _ in 120 }, shadowDiffering: shadow.map { _ in 3 })
            })
    }

    private func refusal(_ organisation: String, _ reason: String) -> PolicyOutcome {
        PolicyOutcome(.refused, organisation: organisation, refusals: [PolicyRefusal(.request, reason)])
    }

    private func retire(_ state: PolicyVersion.State, in organisation: String) {
        versions[organisation] = versions[organisation]?.map { version in
            var version = version
            if version.state == state { version.state = .past }
            return version
        }
    }

    /// Trying blocks, and is done where nobody else waits for the thread.
    private func tried(_ bundle: [UInt8]) async -> AcceptanceReport {
        let (acceptance, worker) = (acceptance, worker)
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var pool: WorkerPool?
                let report = acceptance.check(bundle) { (program: [UInt8]) throws(WorkerError) in
                    guard let worker else { throw WorkerError(.unavailable, "there is no worker here") }
                    let made = WorkerPool(executable: worker, size: 1, bundle: program)
                    pool = made
                    return made
                }
                pool?.stop()
                continuation.resume(returning: report)
            }
        }
    }
}
