import Diagnostics

/// A policy whose tests could not be run: it has errors, or is not there.
public struct UnrunPolicy {
    /// As the output names it.
    let policy: String
    let reason: String
    /// Where the first error is.
    private let place: (file: String, line: Int)
    /// Each as `check --format json` has it.
    private let diagnostics: [String]
    /// The same for people, without colours.
    let details: String

    /// A policy that cannot be read.
    public init(_ policy: String, reason: String) {
        self.policy = policy
        self.reason = reason
        place = (policy, 1)
        diagnostics = []
        details = reason
    }

    /// A policy with errors.
    public init(_ policy: String, _ build: PolicyBuild) {
        self.policy = policy
        reason = "the policy has errors; its tests were not run"
        let span = build.diagnostics.first { $0.severity == .error }?.primary.span
        let file = span.flatMap { build.sources[$0.file] }
        place = (file?.path ?? policy, span.flatMap { file?.position(of: $0.start).line } ?? 1)
        diagnostics = build.objects
        details = build.text(coloured: false)
    }

    /// In the list that `test --format json` prints, with the keys of a test that is in error and the diagnostics.
    public var object: OrderedJSON {
        .object([
            ("name", .string(policy)), ("status", .string("error")), ("file", .string(place.file)),
            ("line", .number(place.line)), ("failures", .list([])), ("error", .string(reason)),
            ("elapsedMicroseconds", .number(0)), ("diagnostics", .list(diagnostics.map { .rendered($0) })),
        ])
    }

    /// The case that stands for it in JUnit XML.
    var junitCase: String {
        "    <testcase name=\"\(XMLText.escaped(policy))\" classname=\"\(XMLText.escaped(policy))\""
            + " file=\"\(XMLText.escaped(place.file))\" line=\"\(place.line)\" time=\"0.000000\""
            + JUnitReport.fault("error", reason, type: "policy", details)
    }
}
