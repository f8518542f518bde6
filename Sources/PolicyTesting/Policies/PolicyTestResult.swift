import Vocabulary

/// How a test came out.
public struct PolicyTestResult: Sendable {
    public enum Outcome: Sendable, Equatable {
        case passed
        case failed([Failure])
        /// The test could not be judged: its mail is missing, or it needs an engine that is not there.
        case error(String)
    }

    /// An expectation that did not hold.
    public struct Failure: Sendable, Equatable {
        public var place: SourcePlace
        /// What was expected and what came instead: `expected quarantine, got deliver`.
        public var message: String

        public init(place: SourcePlace, message: String) {
            self.place = place
            self.message = message
        }
    }

    public let name: String
    public let place: SourcePlace
    public let outcome: Outcome
    public let elapsedMicroseconds: Int

    public var isPassed: Bool { outcome == .passed }
}
