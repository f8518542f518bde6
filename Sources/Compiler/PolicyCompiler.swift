import Bytecode
import Diagnostics
import Semantics
import Vocabulary

/// The files of a policy, handed in by whoever may read files.
public typealias PolicySources = Semantics.PolicySources
/// A file as it was read.
public typealias PolicyFile = Semantics.PolicyFile
/// A policy held in memory.
public typealias PolicyInMemory = Semantics.PolicyInMemory
/// A `test` block of a policy that passed every check.
public typealias PolicyTest = Semantics.TypedTest
/// Why the bytes of a list cannot be had.
public typealias ListFault = Semantics.ListFault
/// Bounds on what a policy is made of.
public typealias SemanticsLimits = Semantics.SemanticsLimits
/// The shapes of domains and addresses as a policy may write them.
public typealias DomainSyntax = Semantics.DomainSyntax
/// Where modules and lists are found.
public typealias PolicyPlaces = Semantics.PolicyPlaces

/// The one way from policy text to a bundle.
///
/// Purpose of the room: join parser and checker, generate code, bound its cost.
/// Takes: a provider of sources and a `PatternChecker`. Gives: bundle, summary, tests, diagnostics.
/// Fails: never; faults are diagnostics. Limits: `CostLimits`. Must not import: anything that runs programs.
public struct PolicyCompiler {
    private let patterns: any PatternChecker
    private let suffixes: (any PublicSuffixReader)?
    private let limits: CostLimits

    /// - Parameter suffixes: what reads the list of public suffixes; without it `.registrable` is a fault.
    public init(
        patterns: any PatternChecker, suffixes: (any PublicSuffixReader)? = nil, limits: CostLimits = CostLimits()
    ) {
        self.patterns = patterns
        self.suffixes = suffixes
        self.limits = limits
    }

    /// Checks a policy and its costs without giving out a bundle: the diagnostics are those of `compile`.
    public func check(_ sources: any PolicySources) -> CompileResult {
        var result = compile(sources)
        result.bundle = nil
        return result
    }

    /// Compiles a policy. The same sources give the same bytes.
    public func compile(_ sources: any PolicySources) -> CompileResult {
        let checked = Checker(patterns: patterns, suffixes: suffixes).check(sources)
        var result = CompileResult(sources: checked.sources, diagnostics: checked.diagnostics)
        guard let policy = checked.policy else { return result }
        result.tests = policy.tests
        do throws(GenerationFault) {
            let program = try CodeGenerator.generate(policy, limits: limits)
            let faults = CostAnalysis(policy: policy, limits: program.manifest.limits, cost: { Self.cost(policy, $0) })
                .faults(of: program, in: checked.sources)
            guard faults.isEmpty else {
                result.diagnostics = (result.diagnostics + faults).sortedByPlace()
                return result
            }
            let bundle = Bundle.write(program)
            result.bundle = bundle
            result.clauses = PolicyClauses(policy, in: checked.sources)
            result.summary = ProgramSummary(of: program, bundleBytes: bundle.count)
        } catch {
            result.diagnostics.append(CompilerDiagnostics.nestedTooDeeply(checked.sources.span(of: error.place)))
            result.diagnostics = result.diagnostics.sortedByPlace()
        }
        return result
    }
}

extension PolicyCompiler {
    /// What a policy costs at worst with some limits; `nil` where no program can be made of it.
    private static func cost(_ policy: TypedPolicy, _ limits: CostLimits) -> UInt64? {
        do throws(GenerationFault) {
            return try CodeGenerator.generate(policy, limits: limits).manifest.worstCaseCost
        } catch {
            return nil
        }
    }
}

/// What became of a policy.
public struct CompileResult: Sendable {
    /// The bundle; `nil` when there is an error.
    public var bundle: [UInt8]?
    public var summary: ProgramSummary?
    /// The policy's own tests.
    public var tests: [PolicyTest] = []
    /// The tests of the conditions; none when there is an error.
    public var clauses = PolicyClauses()
    /// Everything found, by file and place.
    public var diagnostics: [Diagnostic]
    /// The files, to render the diagnostics with.
    public var sources: SourceSet

    init(sources: SourceSet, diagnostics: [Diagnostic]) {
        self.sources = sources
        self.diagnostics = diagnostics
    }

    /// Whether there is an error among the diagnostics.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// What `compile` prints of a program.
public struct ProgramSummary: Sendable, Equatable {
    /// A rule and what it costs at worst.
    public struct Rule: Sendable, Equatable {
        public let name: String
        /// Steps at worst of its own conditions; for each recipient if `isForEachRecipient`.
        public let cost: UInt64
        public let isForEachRecipient: Bool
    }

    public let policy: String
    public let rules: [Rule]
    public let exemptions: Int
    public let instructions: Int
    public let bundleBytes: Int
    /// Steps at worst for a message with as many recipients as the limits allow.
    public let worstCaseCost: UInt64
    /// The facts that only an engine can answer.
    public let engines: [Vocabulary.Fact]

    public init(of program: Program, bundleBytes: Int) {
        policy = program.manifest.policy
        rules = program.rules.map {
            Rule(
                name: $0.name, cost: $0.cost,
                isForEachRecipient: program.formulas[$0.when].level == .recipient)
        }
        exemptions = program.exemptions.count
        instructions = program.code.count
        self.bundleBytes = bundleBytes
        worstCaseCost = program.manifest.worstCaseCost
        engines = program.manifest.engines
    }
}

extension SourceSet {
    /// The span of a place; the start of the first file where the set does not have it.
    public func span(of place: SourcePlace) -> SourceSpan {
        guard let file = files.first(where: { $0.path == place.file }),
            file.lineStarts.indices.contains(place.line - 1)
        else { return SourceSpan(file: FileID(0), start: 0, end: 0) }
        var offset = file.lineStarts[place.line - 1]
        var column = 1
        while column < place.column, offset < file.bytes.count {
            offset += 1
            while offset < file.bytes.count, file.bytes[offset] & 0xc0 == 0x80 { offset += 1 }
            column += 1
        }
        return SourceSpan(file: file.id, start: offset, end: min(file.bytes.count, offset + place.length))
    }
}
