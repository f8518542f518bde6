import Diagnostics
import Syntax
import Vocabulary

/// What the checker made of a policy.
public struct CheckResult: Sendable {
    /// The policy, unless there was an error.
    public let policy: TypedPolicy?
    /// Everything found, the parser's faults included, by file and place.
    public let diagnostics: [Diagnostic]
    /// The files, to render the diagnostics with.
    public let sources: SourceSet

    /// Whether there is an error among the diagnostics.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Checks a policy: names, types, absence, and that everything that may be unknown has an answer.
///
/// Purpose: turn trees into a `TypedPolicy` or say, all in one run, why that cannot be. A faulty name or condition
/// becomes a placeholder that silences what follows from it.
/// Takes: a `LoadedPolicy` and a `PatternChecker`. Fails: never. Limits: `SemanticsLimits`.
public struct Checker {
    private let patterns: any PatternChecker
    private let suffixes: (any PublicSuffixReader)?
    private let limits: SemanticsLimits

    /// - Parameter suffixes: what reads the list of public suffixes; without it `.registrable` is a fault.
    public init(
        patterns: any PatternChecker, suffixes: (any PublicSuffixReader)? = nil,
        limits: SemanticsLimits = SemanticsLimits()
    ) {
        self.patterns = patterns
        self.suffixes = suffixes
        self.limits = limits
    }

    /// Loads and checks a policy.
    public func check(_ sources: any PolicySources) -> CheckResult {
        check(PolicyLoader.load(sources, limits: limits))
    }

    /// Checks a policy that is loaded.
    public func check(_ loaded: LoadedPolicy) -> CheckResult {
        let context = CheckContext(loaded, patterns: patterns, suffixes: suffixes, limits: limits)
        context.declareModules()
        let header = context.checkHeader()
        context.checkLists()
        context.checkDictionaries()
        let templates = context.checkTemplates()
        let areas = context.checkAreas()
        context.checkDefines()
        context.checkComputed()
        var rules = context.checkRules()
        context.resolveAnswers(of: &rules)
        context.checkRoutes(rules)
        let index = RuleIndex(rules)
        let exemptions = context.checkExemptions(index)
        let tests = context.checkTests(index)
        context.checkTemplateLanguages()
        context.checkUnused(templates: templates)
        context.checkIdle(rules, exemptions)
        context.checkShadows(rules, exemptions)
        context.checkAuthenticationServers(rules, exemptions)
        context.checkUnusedComputed()
        context.checkThresholds()
        context.checkScripts()

        let parsed = context.levelled(loaded.diagnostics)
        let diagnostics = context.broken.withoutFollowing(
            parsed, context.diagnostics.withoutDenials(beside: parsed), most: limits.faultsOfBrokenDeclaration
        ).sortedByPlace()
        var policy: TypedPolicy?
        if !diagnostics.contains(where: { $0.severity == .error }), let header {
            policy = context.assemble(
                header, rules: rules, exemptions: exemptions, templates: templates, areas: areas, tests: tests)
        }
        return CheckResult(policy: policy, diagnostics: diagnostics, sources: loaded.sources)
    }
}

extension CheckContext {
    /// Puts the typed policy together, everything in the order of names.
    func assemble(
        _ header: CheckedHeader, rules: [CheckedRule], exemptions: [TypedExemption], templates: [MessageTemplate],
        areas: [QuarantineArea], tests: [TypedTest]
    ) -> TypedPolicy {
        var typed = rules.compactMap(\.typed)
        var lifting = exemptions.sorted { $0.name < $1.name }
        var computed = usedComputed
        let formulas =
            typed.flatMap(\.formulas) + lifting.map(\.when) + computed.flatMap { $0.rows.map(\.when) }
        let (sets, renumbering) = self.sets.finished(
            used: formulas.reduce(into: []) { $0.formUnion($1.setNumbers) })
        for index in typed.indices {
            typed[index] = typed[index].mappingFormulas { $0.renumberingSets(renumbering) }
        }
        for index in lifting.indices { lifting[index].when = lifting[index].when.renumberingSets(renumbering) }
        for index in computed.indices {
            for row in computed[index].rows.indices {
                computed[index].rows[row].when = computed[index].rows[row].when.renumberingSets(renumbering)
            }
        }
        var policy = TypedPolicy(
            name: header.name, edition: 1, description: header.description, organisation: organisation,
            rules: typed.sorted { $0.name < $1.name }, exemptions: lifting, sets: sets, dictionaries: dictionaries,
            computed: computed, templates: templates.sorted { $0.name < $1.name },
            areas: areas.sorted { $0.name < $1.name }, limits: header.limits,
            tests: tests.sorted { ($0.name, $0.place.file, $0.place.line) < ($1.name, $1.place.file, $1.place.line) },
            suffixes: self.suffixes.list)
        policy.answerRows = answerRows.sorted {
            ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column)
        }
        return policy
    }
}
