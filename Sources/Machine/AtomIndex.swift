import Bytecode
import Vocabulary

/// Tests of one operand against constants, answered together.
///
/// Ten thousand rules that each compare the sender's domain with a name of their own would be ten thousand comparisons.
/// Here the names are keys of one table: the first test that is asked looks the message's few values up and settles all
/// the others. What a test needs of its operand it needs of the same operand as the others, so nothing is fetched that
/// would not have been.
struct AtomIndex: Sendable {
    enum Kind: Hashable, Sendable {
        case equals
        case under
        case starts
        case ends
        /// Patterns of a group.
        case search(Int)
    }

    let kind: Kind
    let operand: Int
    /// All atoms it answers.
    private(set) var atoms: [Int] = []
    /// The atoms that hold for a key. For `under` the keys are domains, for `starts` and `ends` folded texts.
    private var byKey: [ComparisonKey: [Int]] = [:]
    private var lengths: Set<Int> = []
    /// The atoms that hold where a pattern is present.
    private var byPattern: [[Int]] = []

    /// Indexes for all operands that enough atoms test; an atom is in one index at most.
    static func indexes(of program: Program, scopes: [AtomScope], least: Int) -> [AtomIndex] {
        struct Place: Hashable {
            let kind: Kind
            let operand: Int
        }
        var numbers: [Place: Int] = [:]
        var indexes: [AtomIndex] = []
        for (atom, test) in program.atoms.enumerated() where scopes[atom].binders == 0 {
            // A score or setting has one value, or none that could be looked up.
            guard scopes[atom].computed == 0, let (kind, operand, keys) = keys(of: test, program) else { continue }
            let place = Place(kind: kind, operand: operand)
            let number = numbers[place] ?? indexes.count
            if number == indexes.count {
                numbers[place] = number
                indexes.append(AtomIndex(kind: kind, operand: operand))
            }
            indexes[number].add(atom, test, keys)
        }
        return indexes.filter { $0.atoms.count >= least }
    }

    private init(kind: Kind, operand: Int) {
        self.kind = kind
        self.operand = operand
    }

    /// The keys of a test that only has constants on its right; `nil` for tests that cannot be looked up.
    private static func keys(
        of test: AtomTest, _ program: Program
    ) -> (kind: Kind, operand: Int, keys: [ComparisonKey])? {
        switch test {
        case .equals(let left, let others, exactly: false):
            return constants(others, program) { ComparisonKey($0, exactly: false) }.map { (.equals, left, $0) }
        case .under(let left, let others):
            let keys = constants(others, program) { value in
                // Nothing but the empty name lies under the empty name; it is left to the plain comparison.
                if case .domain(let domain) = value, !domain.name.utf8.isEmpty { return .other(value) }
                return nil
            }
            return keys.map { (.under, left, $0) }
        case .starts(let left, let others, exactly: false):
            return constants(others, program, foldedText).map { (.starts, left, $0) }
        case .ends(let left, let others, exactly: false):
            return constants(others, program, foldedText).map { (.ends, left, $0) }
        case .search(let group, _):
            return (.search(group), program.patternGroups[group].operand, [])
        default: return nil
        }
    }

    private static func constants(
        _ operands: [Int], _ program: Program, _ key: (Value) -> ComparisonKey?
    ) -> [ComparisonKey]? {
        var keys: [ComparisonKey] = []
        for operand in operands {
            guard case .constant(let constant) = program.operands[operand], let key = key(program.constants[constant])
            else { return nil }
            keys.append(key)
        }
        return keys
    }

    /// Folded, and only if it is UTF-8: then bytes and scalars agree on where it starts and ends in a folded text.
    private static func foldedText(_ value: Value) -> ComparisonKey? {
        guard let text = value.searchableText, String(validating: text.utf8, as: UTF8.self) != nil else { return nil }
        return .text(text.folded)
    }

    private mutating func add(_ atom: Int, _ test: AtomTest, _ keys: [ComparisonKey]) {
        atoms.append(atom)
        for key in keys {
            byKey[key, default: []].append(atom)
            if case .text(let bytes) = key { lengths.insert(bytes.count) }
        }
        if case .search(_, let patterns) = test {
            for pattern in patterns {
                while byPattern.count <= pattern { byPattern.append([]) }
                byPattern[pattern].append(atom)
            }
        }
    }

    // MARK: Answering

    /// Tells each atom that is not simply unknown for what is missing, or false.
    func answer(_ inquiry: Inquiry, _ tell: (_ atom: Int, _ truth: Truth) -> Void) {
        let value = inquiry.resolve(operand)
        switch kind {
        case .equals:
            for case .some(let key) in value.keys { tellAll(byKey[key], tell) }
        case .under:
            for case .domain(let domain) in value.values { tellParents(of: domain, tell) }
        case .starts:
            for case .some(let text) in value.foldedTexts {
                for length in lengths where length <= text.count {
                    tellAll(byKey[.text(Array(text.prefix(length)))], tell)
                }
            }
        case .ends:
            for case .some(let text) in value.foldedTexts {
                for length in lengths where length <= text.count {
                    tellAll(byKey[.text(Array(text.suffix(length)))], tell)
                }
            }
        case .search(let group):
            let hits = inquiry.scan(group)
            let undecided = Truth.unknown(value.missing.union(.overLimit))
            for hit in hits {
                hit.forEachUndecided { pattern in
                    if pattern < byPattern.count { for atom in byPattern[pattern] { tell(atom, undecided) } }
                }
            }
            // Afterwards, because what is present in one text settles what is undecided in another.
            for hit in hits {
                hit.forEachPresent { pattern in if pattern < byPattern.count { tellAll(byPattern[pattern], tell) } }
            }
        }
    }

    private func tellAll(_ atoms: [Int]?, _ tell: (Int, Truth) -> Void) {
        for atom in atoms ?? [] { tell(atom, .yes) }
    }

    /// The domain itself and what follows each of its dots.
    private func tellParents(of domain: Domain, _ tell: (Int, Truth) -> Void) {
        let name = domain.name.utf8
        tellAll(byKey[.other(.domain(domain))], tell)
        for (index, byte) in name.enumerated() where byte == UInt8(ascii: ".") && index + 1 < name.count {
            let parent = Domain(Text(utf8: Array(name[(index + 1)...])))
            tellAll(byKey[.other(.domain(parent))], tell)
        }
    }
}
