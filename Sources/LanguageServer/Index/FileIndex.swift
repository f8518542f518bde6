import Diagnostics
import Syntax
import Vocabulary

/// What a name in a policy stands for.
enum NameKind: String, Sendable {
    case policy, parameter, group, list, dictionary, define, setting, area, rule, exemption, score, template

    var phrase: String {
        switch self {
        case .exemption: "exemption"
        case .area: "quarantine area"
        default: rawValue
        }
    }
}

/// A name where it is declared.
struct DeclaredName: Sendable {
    let kind: NameKind
    let name: Name
    /// The whole declaration.
    let span: SourceSpan
    /// Which declaration of the tree it is.
    let declaration: Int
}

/// An element that a quantifier has in sight.
struct Binder: Sendable, Hashable {
    /// `file`, `url`, …
    let list: ElementListName
    /// The name behind `as`.
    let name: Name?
}

/// What a mention is meant to be, as far as its place tells.
enum MentionRole: Sendable {
    /// A fact of the catalogue, with the members behind it.
    case fact(Vocabulary.Fact, [Member])
    /// A word for one of a fact's values.
    case symbol(of: Vocabulary.Fact)
    /// A type of file.
    case fileType
    /// A list of elements, in the singular or plural.
    case elements(ElementListName)
    /// `encrypted` or `signed`, of the message or of an element.
    case adjective(ofMessage: Bool)
    /// The name of a bound element.
    case binder(Name)
    /// Something the policy declares, or a parameter.
    case name
    case area
    case label
    case module
    /// The name behind an import's `as`.
    case alias
    /// A parameter of the module that an import names.
    case argument(ofModule: String)
    case reason
    case direction
}

/// A place where something is named that is not declared there.
struct Mention: Sendable {
    let role: MentionRole
    /// The names as written; only the first where members follow.
    let segments: [Name]
    let span: SourceSpan

    var text: String { segments.map(\.text).joined(separator: ".") }
}

/// Everything named in one file, without regard to any other: made once for each state of its text.
struct FileIndex: Sendable {
    struct Import: Sendable {
        let module: String
        let modulePlace: SourceSpan
        let prefix: Name
    }

    var declared: [DeclaredName] = []
    /// In the order of their places.
    var mentions: [Mention] = []
    var imports: [Import] = []
    let hasHeader: Bool
    /// Whether something stands there that only a policy may hold, not a module.
    var isPolicy = false
    private(set) var byName: [String: Int] = [:]
    private(set) var areas: [String: Int] = [:]
    private(set) var labels: Set<String> = []

    init(_ tree: SourceTree, of source: SourceFile) {
        var builder = IndexBuilder(source: source)
        builder.add(tree)
        hasHeader = tree.hasHeader
        declared = builder.declared
        mentions = builder.mentions.sorted { $0.span.start < $1.span.start }
        imports = builder.imports
        for (index, entry) in declared.enumerated().reversed() {
            switch entry.kind {
            case .area: areas[entry.name.text] = index
            case .policy: break
            default: byName[entry.name.text] = index
            }
        }
        for mention in mentions { if case .label = mention.role { labels.insert(mention.text) } }
        isPolicy =
            hasHeader
            || tree.declarations.contains {
                switch $0 {
                case .uninspectable, .importing, .test: true
                default: false
                }
            }
    }

    func declaration(of name: String) -> DeclaredName? { byName[name].map { declared[$0] } }

    /// The mention or declaration at an offset; a cursor right behind a name is still on it.
    func mention(at offset: Int) -> Mention? {
        var low = 0
        var high = mentions.count
        while low < high {
            let middle = (low + high) / 2
            if mentions[middle].span.start <= offset { low = middle + 1 } else { high = middle }
        }
        // Spans do not nest, but the one before may be that of a faulty place without length.
        for index in stride(from: low - 1, through: max(0, low - 3), by: -1) where index >= 0 {
            if mentions[index].span.end >= offset { return mentions[index] }
        }
        return nil
    }

    func declared(at offset: Int) -> DeclaredName? {
        declared.first { $0.name.span.start <= offset && offset <= $0.name.span.end }
    }
}

/// A file in one state of its text, with all that follows from the text alone.
struct ParsedFile: Sendable {
    let path: String
    let source: SourceFile
    let lines: LineMap
    let characters: CharacterCounts
    let tree: SourceTree
    let index: FileIndex

    init(path: String, bytes: [UInt8]) {
        self.path = path
        source = SourceFile(path: path, bytes: bytes)
        lines = LineMap(bytes)
        characters = CharacterCounts(bytes)
        tree = Parser.parse(file: source).tree
        index = FileIndex(tree, of: source)
    }
}
