import Bytecode
import Vocabulary

/// A program made ready to judge messages.
///
/// Purpose of the room: run a verified program over a message's facts and tell the decision with its reasons.
/// Takes: a `Program`, a `PatternChecker`, a `FactSource`, an `Envelope`. Gives: `Decision`s.
/// Fails: `LoadFault` when made ready; never when it runs, a breakdown is a decision to defer with its `trap`.
/// Limits: `MachineLimits`. Must not import: anything that knows policy text.
///
/// Immutable and shared by threads; each message gets its own `Inquiry` and `Execution`.
public final class LoadedProgram: Sendable {
    public let program: Program
    let limits: MachineLimits
    let facts: [LoadedFact]
    let constants: [Resolved]
    let scanners: [any TextScanner]
    let suffixes: (any PublicSuffixes)?
    let characters: any CharacterTables
    let atoms: [LoadedAtom]
    let indexes: [AtomIndex]
    let hasRecipientFormulas: Bool
    /// Whether anything but the direction can make decisions for two recipients differ.
    let tellsRecipientsApart: Bool
    /// Atoms and operands to forget when the recipient changes.
    let recipientAtoms: [Int]
    let recipientOperands: [Int]
    let operandScopes: [AtomScope]
    /// Exemptions that lift undetermined verdicts.
    let liftingExemptions: [Int]

    /// Verifies a program and builds a scanner for each operand whose texts it searches.
    ///
    /// - Parameter suffixes: what reads public suffixes; needed for a program that has some.
    /// - Throws: `LoadFault` if the program is not verified, or a pattern or its public suffixes cannot be used.
    public init(
        _ program: Program, patterns: any PatternChecker, suffixes: (any PublicSuffixReader)? = nil,
        limits: MachineLimits = MachineLimits()
    ) throws(LoadFault) {
        do throws(BundleFault) {
            try Verifier.verify(program)
        } catch {
            throw .bundle(error)
        }
        var scanners: [any TextScanner] = []
        for group in program.patternGroups {
            // An empty dictionary leaves a group without patterns, which no library compiles.
            if group.patterns.isEmpty {
                scanners.append(EmptyScanner())
                continue
            }
            do throws(PatternFault) {
                scanners.append(try patterns.makeScanner(group.patterns))
            } catch {
                throw .pattern(error)
            }
        }
        self.suffixes = try Self.read(program.suffixes, suffixes)
        self.program = program
        self.limits = limits
        self.scanners = scanners
        characters = patterns
        let constants = program.constants.map { Resolved(FactValue.known($0)) }
        for case .looksLike(_, let others) in program.atoms {
            for case .constant(let constant) in others.map({ program.operands[$0] }) {
                constants[constant].prepareSkeletons(patterns)
            }
        }
        self.constants = constants
        facts = program.facts.map { LoadedFact($0) }
        let scopes = program.atomScopes()
        let indexes = AtomIndex.indexes(of: program, scopes: scopes, least: limits.leastIndexedAtoms)
        var indexOfAtom: [Int: Int] = [:]
        for (number, index) in indexes.enumerated() {
            for atom in index.atoms { indexOfAtom[atom] = number }
        }
        self.indexes = indexes
        atoms = program.atoms.indices.map {
            LoadedAtom($0, scope: scopes[$0], of: program, index: indexOfAtom[$0])
        }
        hasRecipientFormulas = program.formulas.contains { $0.level == .recipient }
        recipientAtoms = scopes.indices.filter { scopes[$0].usesRecipient }
        operandScopes = program.operandScopes()
        recipientOperands = operandScopes.indices.filter { [operandScopes] in operandScopes[$0].usesRecipient }
        let written = program.consequences + program.answerTables.flatMap(\.consequences)
        tellsRecipientsApart =
            program.formulas.contains { $0.level == .recipient }
            || written.contains { [operandScopes] form in
                form.operands.contains { operandScopes[$0].usesRecipient }
            }
        liftingExemptions = program.exemptions.indices.filter { !program.exemptions[$0].unknown.isEmpty }
    }
}

extension LoadedProgram {
    private static func read(
        _ list: PublicSuffixList?, _ reader: (any PublicSuffixReader)?
    ) throws(LoadFault) -> (any PublicSuffixes)? {
        guard let list else { return nil }
        do throws(PublicSuffixFault) {
            guard let reader else { throw PublicSuffixFault(line: nil) }
            return try reader.read(list)
        } catch {
            throw .suffixes(error)
        }
    }
}

/// Why a program cannot be made ready.
public enum LoadFault: Error, Equatable, Sendable {
    case bundle(BundleFault)
    case pattern(PatternFault)
    case suffixes(PublicSuffixFault)
}

extension LoadFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .bundle(let fault): fault.description
        case .pattern(let fault): "a pattern of the bundle cannot be used: \(fault.message)"
        case .suffixes: "the public suffixes of the bundle cannot be used"
        }
    }
}

/// A fact with what its row in the catalogue says of it.
struct LoadedFact: Sendable {
    enum Subject: Sendable {
        case message
        case recipient
        case part(binder: Int)
        case url(binder: Int)
    }

    let reference: FactReference
    let subject: Subject

    init(_ reference: FactReference) {
        self.reference = reference
        let scope = FactCatalogue.row(reference.fact).scope
        if scope == .recipient {
            subject = .recipient
        } else if let binder = reference.binder {
            subject = scope == .element(.url) ? .url(binder: binder) : .part(binder: binder)
        } else {
            subject = .message
        }
    }
}

/// A test with what can be prepared for it.
struct LoadedAtom: Sendable {
    let test: AtomTest
    /// Whether its truth is kept until the message or the recipient changes.
    let isRemembered: Bool
    let steps: UInt64
    /// For `equals` with constants only: their keys.
    let keys: Set<ComparisonKey>?
    /// The index that answers it with others.
    let index: Int?
    /// Whether it asks for a score or setting.
    let usesComputed: Bool
    /// The scores and settings it asks for.
    let computed: [Int]

    init(_ number: Int, scope: AtomScope, of program: Program, index: Int?) {
        self.index = index
        test = program.atoms[number]
        isRemembered = scope.binders == 0
        steps = scope.steps
        usesComputed = scope.computed > 0
        computed = usesComputed ? Self.computed(of: test, program) : []
        keys = Self.keys(of: test, program)
    }

    private static func computed(of test: AtomTest, _ program: Program) -> [Int] {
        let operands: [Int] =
            switch test {
            case .compare(let left, _, let right): [left, right]
            case .equals(let left, let others, _), .contains(let left, let others, _), .starts(let left, let others, _),
                .ends(let left, let others, _), .under(let left, let others), .looksLike(let left, let others):
                [left] + others
            default: []
            }
        return operands.compactMap { if case .computed(let number) = program.operands[$0] { number } else { nil } }
    }

    private static func keys(of test: AtomTest, _ program: Program) -> Set<ComparisonKey>? {
        guard case .equals(_, let others, let exactly) = test else { return nil }
        var keys: Set<ComparisonKey> = []
        for other in others {
            guard case .constant(let constant) = program.operands[other],
                let key = ComparisonKey(program.constants[constant], exactly: exactly)
            else { return nil }
            keys.insert(key)
        }
        return keys
    }
}

/// What two values share exactly if `Value.isSame` holds; file types have none, because they are compared by lattice.
enum ComparisonKey: Hashable, Sendable {
    case text([UInt8])
    case address([UInt8])
    case other(Value)

    init?(_ value: Value, exactly: Bool) {
        switch value {
        case .text(let text): self = .text(exactly ? text.utf8 : text.folded)
        case .address(let address): self = .address(address.folded)
        case .fileType: return nil
        default: self = .other(value)
        }
    }
}

/// Finds nothing.
private struct EmptyScanner: TextScanner {
    func scan(_ text: [UInt8]) -> PatternHits { PatternHits() }

    func matches(of pattern: Int, in text: [UInt8], limit: Int) -> PatternMatches { PatternMatches() }
}
