import ArgumentParser
import PolicyTesting
import Vocabulary
import Workers

enum CoverageFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case lcov
    case html
}

/// `--coverage` and what belongs to it.
struct CoverageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Tell which values every test of the conditions took; into this file, or - for standard output.",
            valueName: "file"))
    var coverage: String?

    @Option(help: "The form of the coverage: text (where none is said), json, lcov or html.")
    var coverageFormat: CoverageFormat?

    @Option(
        help: ArgumentHelp(
            "Fail where less than this share of the values was seen, from 0 to 100.", valueName: "percent"))
    var coverageMinimum: Double?

    mutating func validate() throws {
        if coverageFormat != nil, coverage == nil {
            throw ValidationError("--coverage-format needs --coverage FILE, the file to write; - is standard output")
        }
        if let coverageMinimum, !(0...100).contains(coverageMinimum) {
            throw ValidationError("--coverage-minimum takes percent, from 0 to 100")
        }
    }

    /// Whether coverage is to be gathered.
    var isOn: Bool { coverage != nil || coverageMinimum != nil }

    /// What is asked of a worker for one mail.
    func request(_ parts: DecideParts) -> DecideRequest {
        DecideRequest(
            envelope: parts.envelope, guess: parts.guess,
            observation: isOn ? ObservationRequest(withCoverage: true) : nil)
    }

    /// The policies with what was seen of them.
    typealias Policies = [(policy: String, coverage: Coverage, build: PolicyBuild)]

    /// Writes the coverage where it belongs and says the total; whether it reaches the minimum.
    ///
    /// - Throws: `CommandFailure` when the file cannot be written.
    func write(_ policies: Policies, to results: Output, paint: Paint) throws(CommandFailure) -> Bool {
        guard isOn else { return true }
        if let coverage {
            let text = document(policies, paint: coverage == "-" ? paint : Paint(isOn: false))
            if coverage == "-" {
                results.write(Array(text.utf8))
            } else {
                try Output.write(Array(text.utf8), replacing: coverage)
            }
        }
        let total = policies.reduce(Coverage.Marks()) { $0.adding($1.coverage.total) }
        guard let coverageMinimum, Double(total.permille) < coverageMinimum * 10 else { return true }
        Output.complain("lazaret: coverage \(total.share) is below the minimum of \(Self.percent(coverageMinimum)) %")
        return false
    }

    private func document(_ policies: Policies, paint: Paint) -> String {
        switch coverageFormat ?? .text {
        case .json: return CoverageJSON.object(policies).pretty + "\n"
        case .lcov: return CoverageLcov.text(policies)
        case .html: return CoveragePage.text(policies)
        case .text:
            let lines = policies.flatMap { policy, coverage, build in
                (policies.count > 1 ? [policy] : [])
                    + CoverageText.lines(coverage, build: build, paint: paint)
            }
            return lines.joined(separator: "\n") + "\n"
        }
    }

    private static func percent(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
