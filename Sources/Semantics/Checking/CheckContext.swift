import Diagnostics
import Syntax
import Vocabulary

/// What one run of the checker shares: the texts, the names, and what was found so far.
///
/// A class, because every stage adds to it; it lives for one run on one thread.
final class CheckContext {
    let loaded: LoadedPolicy
    let patterns: any PatternChecker
    let suffixReader: (any PublicSuffixReader)?
    let limits: SemanticsLimits
    let names = NameTable()
    let sets = SetRegistry()
    /// Declarations with a fault of syntax.
    let broken: BrokenDeclarations

    /// Whether an import failed: names behind it may be those of what was not found.
    var hasFaultyImport = false
    /// Dictionaries whose entries together come to less than their threshold, with what is to be said of it.
    var thresholdsOutOfReach: [String: Diagnostic] = [:]
    /// Dictionaries that some condition asks for in the total of several texts.
    var countedInTotal: Set<String> = []
    /// Defaults of parameters that were given something of another kind: nobody knows which of the two was meant.
    var doubtedDefaults: Set<SourceSpan> = []
    /// Whether the header names an administrator by what is no address, which has been told.
    var hasFaultyAdministrator = false
    /// The policy's own declarations and each imported module's, the policy first.
    var modules: [ModuleScope] = []
    var organisation = Organisation()
    var levels = WarningLevels()
    var dictionaries: [TypedDictionary] = []
    var dictionaryNumbers: [String: Int] = [:]
    var defines: [String: CheckedDefine] = [:]
    var checkedComputed: [String: CheckedComputed] = [:]
    var keptComputed: [ComputedKey: KeptComputed] = [:]
    var readComputed: [ComputedUse: ComputedReference] = [:]
    var naturalTypes: [String: ValueType?] = [:]
    /// The rows of scores and settings that rest on an identity which nothing proves.
    var doubtfulRows: [ComputedReference: [TypedComputed.Row]] = [:]
    /// Defines, scores and settings being checked, outermost first: one that meets itself
    /// there is recursive.
    var definesInProgress: [Symbol] = []
    /// How many use one another in a row from what each of these uses, as far as it is known.
    var rows: [Int] = []
    /// The same of those that have been looked into, themselves counted; by name.
    var defineRows: [String: Int] = [:]
    var resolvedLists: [String: ResolvedList] = [:]
    var areas: [String: SourceSpan] = [:]
    /// Names under our domains that those do not cover and that were warned of.
    var uncoveredDomains: Set<String> = []
    /// Rows of answers, of the policy and of its rules.
    var answerRows: [SourcePlace] = []
    /// The public suffixes, once a condition has asked for them.
    var suffixes = SuffixesAtHand.notAsked
    /// Areas that something names.
    var usedAreas: Set<String> = []
    /// The first use of each area, by its name in small letters.
    var areaSpellings: [String: (name: String, span: SourceSpan)] = [:]
    /// Templates that disclaimers name.
    var disclaimers: Set<String> = []
    /// Templates that notices name.
    var noticeTemplates: Set<String> = []

    /// The levels of the rule that is being checked.
    var currentLevels: WarningLevels?

    private var bag: DiagnosticBag
    private var reported: Set<Diagnostic> = []
    private var mutes = 0
    private var reportedNames: Set<String> = []
    private var spans: [SourcePlace: SourceSpan] = [:]

    init(
        _ loaded: LoadedPolicy, patterns: any PatternChecker, suffixes: (any PublicSuffixReader)? = nil,
        limits: SemanticsLimits
    ) {
        suffixReader = suffixes
        self.loaded = loaded
        self.patterns = patterns
        self.limits = limits
        broken = BrokenDeclarations(loaded)
        bag = DiagnosticBag()
    }

    /// Whether the policy's header has a fault of syntax.
    private lazy var isHeaderBroken = loaded.trees.flatMap(\.declarations).contains { declaration in
        if case .policy(let header) = declaration { broken.contain(header.name.span) } else { false }
    }

    /// The conditions of defines by their places.
    lazy var definedConditions = PlaceIndex(loaded) { declaration in
        if case .define(let node) = declaration { node.condition } else { nil as Expression? }
    }

    /// Whether the parser found nothing to say. After a fault of syntax what is missing may only have been skipped.
    var isComplete: Bool { loaded.isComplete }
    var hasErrors: Bool { bag.hasErrors || !isComplete }
    var diagnostics: [Diagnostic] { bag.sorted }

    func report(_ diagnostic: Diagnostic) {
        // One place can be looked at twice: a module that is imported twice, a name tried in two ways.
        guard mutes == 0, !doubtedDefaults.contains(diagnostic.primary.span) else { return }
        if reported.insert(diagnostic).inserted { bag.add(diagnostic) }
    }

    /// Says that something is missing, unless a fault of syntax may have hidden it.
    func reportMissing(_ diagnostic: Diagnostic) {
        if isComplete { report(diagnostic) }
    }

    /// Says once that something is missing which several places ask for.
    func reportMissing(once what: String, _ diagnostic: Diagnostic) {
        if mutes == 0, reportedNames.insert("missing " + what).inserted { reportMissing(diagnostic) }
    }

    /// Says once that nothing bears a name: a name wrong where it is declared is wrong at every use.
    ///
    /// Each costs a look at every name there is, for the one that was meant, so those past the bound are not made.
    /// A module that nobody imports is one mistake however many of its names are used, and none where an import failed.
    func reportUnknown(
        _ kind: String, _ name: String, in scope: ModuleScope, _ diagnostic: @autoclosure () -> Diagnostic
    ) {
        guard isComplete, mutes == 0, reportedNames.count < limits.unknownNames else { return }
        // Labels are no names of a module: one that nothing bears may be of a module that is missing.
        if kind == "label", hasFaultyImport { return }
        var mistake = kind + " " + name
        if let module = unknownModule(of: name, in: scope, mayBeFact: kind == "name") {
            if hasFaultyImport { return }
            mistake = "import " + module
        }
        if reportedNames.insert(mistake).inserted { bag.add(diagnostic()) }
    }

    /// Says that a name means something of another kind.
    func reportWrongKind(_ name: some Written, _ symbol: Symbol, expected: String) {
        if names.doubled.contains(symbol.name) { return }
        report(SemanticsDiagnostics.wrongKind(name, symbol, expected: expected))
    }

    /// The first segment of a name of several, where no module of the scope is called so, nor a fact where one may be
    /// meant.
    private func unknownModule(of name: String, in scope: ModuleScope, mayBeFact: Bool) -> String? {
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let first = name[..<dot]
        let prefix = scope.fullName(first + ".")
        let isKnown =
            modules.contains { $0.prefix == prefix }
            || mayBeFact
                && FactCatalogue.rows.contains { $0.writtenName == first || $0.writtenName.hasPrefix(first + ".") }
        return isKnown ? nil : String(first)
    }

    /// Gives a warning, unless policy or rule allows it; where one of them denies it, an error.
    func warn(_ diagnostic: Diagnostic, in rule: WarningLevels? = nil) {
        if let levelled = levelled(diagnostic, in: rule) { report(levelled) }
    }

    /// A warning as policy and rule want it: `nil` where it is allowed, an error where it is denied.
    func levelled(_ diagnostic: Diagnostic, in rule: WarningLevels?) -> Diagnostic? {
        let name = diagnostic.code.name
        guard diagnostic.severity < .error else { return diagnostic }
        // Of a header with a fault of syntax the word that allows it may be missing.
        if isHeaderBroken { return nil }
        if rule?.allowed.contains(name) == true || levels.allowed.contains(name) { return nil }
        var diagnostic = diagnostic
        let isDenied = rule?.denied.contains(name) == true || levels.denied.contains(name)
        if isDenied { diagnostic.severity = .error }
        return diagnostic
    }

    /// Runs without reporting: for what was reported where it is declared.
    func muted<Result>(_ body: () -> Result) -> Result {
        mutes += 1
        defer { mutes -= 1 }
        return body()
    }

    /// The place of a span in words that survive the run, remembered for the way back.
    func place(_ span: SourceSpan) -> SourcePlace {
        guard let file = loaded.sources[span.file] else {
            return SourcePlace(file: "", line: 1, column: 1, length: 0)
        }
        let position = file.position(of: span.start)
        let place = SourcePlace(
            file: file.path, line: position.line, column: position.column, length: span.end - span.start)
        spans[place] = span
        return place
    }

    /// The span that a place was made from.
    func span(_ place: SourcePlace) -> SourceSpan {
        spans[place] ?? SourceSpan(file: FileID(0), start: 0, end: 0)
    }

    /// The text of a span as written.
    func text(_ span: SourceSpan) -> String { loaded.sources[span.file]?.text(span) ?? "" }
}

/// Which named warnings are silenced or made errors.
struct WarningLevels {
    var allowed: Set<String> = []
    var denied: Set<String> = []

    /// Takes the level clauses of a policy or rule.
    mutating func add(_ level: WarningLevel, _ context: CheckContext) {
        let name = level.warning.text
        guard SemanticsDiagnostics.warningNames.contains(name) else {
            context.report(SemanticsDiagnostics.unknownWarning(level.warning))
            return
        }
        if level.allowedBecause != nil { allowed.insert(name) } else { denied.insert(name) }
    }
}

/// The policy's own declarations or those of one module.
final class ModuleScope {
    /// `""` for the policy, `"viruses."` for a module, `"all.viruses."` for a module's module.
    let prefix: String
    let trees: [SourceTree]
    /// Those of all trees: one array, for many ask for it.
    let declarations: [Declaration]
    /// Where it is imported.
    let importSpan: SourceSpan?
    /// The dotted names of the modules that lead here, itself the last; empty for the policy.
    let chain: [String]
    /// The values of the module's parameters.
    var parameters: [String: Parameter] = [:]

    /// What a parameter stands for: the default in the module's terms, or the argument in the importer's.
    struct Parameter {
        let value: Syntax.Value
        /// Where the argument was written; `nil` for the default. A module that held itself would never go.
        let importer: ModuleScope?
        let declared: Name
    }

    /// Where what a parameter of this module stands for has its names from.
    func scope(of parameter: Parameter) -> ModuleScope { parameter.importer ?? self }

    init(prefix: String, trees: [SourceTree], importSpan: SourceSpan? = nil, chain: [String] = []) {
        self.prefix = prefix
        self.trees = trees
        declarations = trees.flatMap(\.declarations)
        self.importSpan = importSpan
        self.chain = chain
    }

    var isPolicy: Bool { prefix.isEmpty }

    /// The name as seen from the policy.
    func fullName(_ name: String) -> String { prefix + name }

    /// A name in a place that takes the name of an area, group, template or the like, parameters replaced.
    func resolving(_ name: Name) -> (name: Name, scope: ModuleScope) {
        if let parameter = parameters[name.text], case .name(let given) = parameter.value {
            // The place of use stays, so that diagnostics point at it.
            var replaced = name
            replaced.text = given.text
            return (replaced, scope(of: parameter))
        }
        return (name, self)
    }
}
