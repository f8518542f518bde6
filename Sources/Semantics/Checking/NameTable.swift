import Diagnostics
import Syntax

/// What a declared name is.
enum SymbolKind: String {
    case list
    case dictionary
    case define
    case setting
    case rule
    case exemption
    case score
    case template

    /// With its article, as diagnostics say it.
    var phrase: String {
        switch self {
        case .list: "a group or list"
        case .dictionary: "a dictionary"
        case .define: "a define"
        case .setting: "a setting"
        case .rule: "a rule"
        case .exemption: "an exemption"
        case .score: "a score"
        case .template: "a template"
        }
    }
}

/// A declared name and where it is declared.
struct Symbol {
    let kind: SymbolKind
    /// With the module's prefix.
    let name: String
    let span: SourceSpan
    let declaration: Declaration
    let scope: ModuleScope
}

/// All names of a policy: one space for everything that can be named, so that no reader has to ask which is meant.
final class NameTable {
    private(set) var symbols: [String: Symbol] = [:]
    /// Full names that are declared twice. What one of them was to mean is not known, so its uses say nothing.
    private(set) var doubled: Set<String> = []
    /// Full names of lists, defines and templates that something mentions.
    var used: Set<String> = []
    /// Full names of scores and settings that something mentions.
    var usedComputed: Set<String> = []

    /// Adds a symbol; gives the one that already bears the name.
    func add(_ symbol: Symbol) -> Symbol? {
        if let first = symbols[symbol.name] {
            doubled.insert(symbol.name)
            return first
        }
        symbols[symbol.name] = symbol
        return nil
    }

    /// What a name means in a scope: a module sees only its own, the policy also `module.name`.
    func symbol(_ name: String, in scope: ModuleScope) -> Symbol? { symbols[scope.fullName(name)] }

    /// All symbols of a kind by name.
    func all(_ kind: SymbolKind) -> [Symbol] {
        symbols.values.filter { $0.kind == kind }.sorted { $0.name < $1.name }
    }

    /// The names that a scope could have meant, as it would write them.
    func visibleNames(_ kinds: [SymbolKind], in scope: ModuleScope) -> [String] {
        symbols.values.filter { kinds.contains($0.kind) && $0.name.hasPrefix(scope.prefix) }
            .map { String($0.name.dropFirst(scope.prefix.count)) }.sorted()
    }
}
