import Diagnostics
import Vocabulary

/// A policy taken through the compiler: what it says of it, the bundle, and the tests.
public struct PolicyBuild {
    /// A rule as `compile` lists it.
    public struct Rule: Sendable {
        public let name: String
        /// Steps that one judgement takes at most.
        public let worstCost: Int
    }

    public let diagnostics: [Diagnostic]
    /// `nil` when there are errors.
    public let bundle: [UInt8]?
    public let rules: [Rule]
    /// Steps for a message with the most recipients.
    public let worstCost: Int?
    public let tests: [PolicyTestCase]
    /// With the paths an author can open.
    private let sources: SourceSet

    public init(_ folder: PolicyFolder, patterns: any PatternChecker) {
        diagnostics = []
        bundle = nil
        rules = []
        worstCost = nil
        tests = []
        sources = SourceSet()
    }

    public var errors: Int { diagnostics.filter { $0.severity == .error }.count }
    public var warnings: Int { diagnostics.filter { $0.severity == .warning }.count }

    /// The diagnostics for people, without a line end at the end; empty when there are none.
    public func text(coloured: Bool) -> String {
        var text = TextRenderer(sources: sources, coloured: coloured).render(diagnostics)
        while text.last == "\n" { text.removeLast() }
        return text
    }

    /// The diagnostics as JSON objects.
    public var objects: [String] {
        let renderer = JSONRenderer(sources: sources)
        return diagnostics.map(renderer.object)
    }
}
