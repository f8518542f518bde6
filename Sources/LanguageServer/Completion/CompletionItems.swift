import Semantics
import Syntax
import Vocabulary

/// One thing that may be written.
struct CompletionItem {
    enum Kind: Int {
        case text = 1
        case function = 3
        case field = 5
        case variable = 6
        case module = 9
        case unit = 11
        case keyword = 14
        case snippet = 15
        case enumMember = 20
    }

    var label: String
    var kind: Kind
    var detail = ""
    var documentation = ""
    /// What is written instead of the label.
    var insertion: String?
    var isSnippet = false
}

/// Gathers what is wanted and matches the letters typed so far, up to the bound: of ten thousand names that match no more
/// are made into entries than the answer has room for.
struct CompletionItems {
    let word: String
    let view: ProjectView
    let file: ParsedFile?
    let path: String
    let takesSnippets: Bool
    let limit: Int
    /// Names that begin as typed.
    private var begins: [CompletionItem] = []
    private var others: [CompletionItem] = []
    /// Whether a name that matches found no room.
    private var isCut = false
    private var labels: Set<String> = []

    init(word: String, view: ProjectView, file: ParsedFile?, path: String, takesSnippets: Bool, limit: Int) {
        self.word = word
        self.view = view
        self.file = file
        self.path = path
        self.takesSnippets = takesSnippets
        self.limit = limit
    }

    mutating func add(_ label: String, _ kind: CompletionItem.Kind, _ detail: String = "", _ documentation: String = "")
    {
        add(CompletionItem(label: label, kind: kind, detail: detail, documentation: documentation))
    }

    mutating func add(_ item: CompletionItem) {
        if takes(item.label) { append(item) }
    }

    /// The entries, those first that begin as typed; the rest keeps the order of the grammar.
    var items: [CompletionItem] { Array((begins + others).prefix(limit)) }

    /// Whether there are more.
    var isIncomplete: Bool { isCut || begins.count + others.count > limit }

    /// Whether a label matches, stands nowhere yet, and may come to stand in the answer.
    private mutating func takes(_ label: String) -> Bool {
        guard Fuzzy.matches(label, word) else { return false }
        guard (Fuzzy.begins(label, word) ? begins.count : others.count) < limit else {
            isCut = true
            return false
        }
        return labels.insert(label).inserted
    }

    private mutating func append(_ item: CompletionItem) {
        if Fuzzy.begins(item.label, word) { begins.append(item) } else { others.append(item) }
    }

    mutating func add(_ want: Want, moduleNames: () -> [String], moduleFile: (String) -> ParsedFile?) {
        switch want {
        case .declarations: addDeclarations()
        case .words(let words):
            for one in words { add(one, .keyword, "", KeywordTable.documentation[one] ?? "") }
        case .terms(let bound): addTerms(bound)
        case .relations(let fact, let bound): addRelations(fact, bound)
        case .values(let fact, let bound): addValues(fact, bound)
        case .names(let kinds): addNames(kinds)
        case .containers(let bound):
            for element in bound { if let name = element.name { add(name, .variable, "an element in sight") } }
            for type in FileType.all { add(type.name, .enumMember, "file type", type.documentation) }
        case .elementWords:
            for list in ElementListName.allCases { add(list.singular, .keyword, "element", list.documentation) }
        case .elementLists: addLists()
        case .facts: for row in FactNames.rows([]) { addFact(row) }
        case .exactly(let fact, let bound): if type(of: fact, bound) ?? .text == .text { add("exactly", .keyword) }
        case .lists(let fact, let bound): addLists(of: type(of: fact, bound))
        case .unitsOf(let fact, let bound): addUnits(type(of: fact, bound))
        case .units(let type): addUnits(type)
        case .areas: addAreas()
        case .labels:
            for file in view.files {
                for label in file.index.labels.sorted() where label != word { add(label, .enumMember, "label") }
            }
        case .modules: for name in moduleNames() { add(name, .module, "module") }
        case .arguments(let module): addArguments(module, moduleFile)
        case .reasons:
            for name in ReasonName.allCases { add(name.rawValue, .enumMember, "reason", WordHover.text(of: name)) }
        case .encryptionKinds:
            for kind in EncryptionKind.allCases { add(kind.rawValue, .enumMember, "kind of encryption") }
        case .directions: for direction in Direction.allCases { add(direction.rawValue, .enumMember, "direction") }
        case .warnings: addWarnings()
        case .types:
            for type in ListType.allCases { add(type.rawValue, .enumMember, "type") }
        case .placeholders(let isOfTemplate):
            for placeholder in TemplatePlaceholder.allCases where isOfTemplate || !placeholder.isOfTemplatesOnly {
                add(placeholder.rawValue, .variable, "placeholder")
            }
            if !isOfTemplate { addNames([.setting, .score]) }
        }
    }

    private mutating func addDeclarations() {
        for one in LanguageWords.declarations where takes(one) {
            var item = CompletionItem(label: one, kind: .keyword, documentation: KeywordTable.documentation[one] ?? "")
            if takesSnippets, let snippet = SnippetTable.declarations[one] {
                item.insertion = snippet
                item.isSnippet = true
                item.kind = .snippet
            }
            append(item)
        }
    }

    private mutating func addTerms(_ bound: [BoundElement]) {
        if let dot = word.lastIndex(of: ".") { addMembers(String(word[..<dot]), bound) }
        for element in bound {
            guard let name = element.name else { continue }
            add(name, .variable, "an element in sight")
            guard word.hasPrefix(name + ".") else { continue }
            for row in FactCatalogue.rows where row.scope == .element(element.list.kind) {
                addFact(row, prefix: name + ".")
            }
        }
        for row in FactNames.rows(bound.map(\.list)) { addFact(row) }
        if let last = bound.last, last.list.kind == .part {
            for one in Adjective.ofPart { add(one.word, .field, "Bool", "whether this element is \(one.word)") }
        }
        add("message", .field, "", "`message is encrypted`, `message is signed`: any node, at any depth")
        addNames([.define, .parameter, .setting, .score])
        for one in ["any", "every", "no", "all", "at", "not", "count", "sum", "inside"] {
            add(one, .keyword, "", KeywordTable.documentation[one] ?? "")
        }
    }

    private mutating func addFact(_ row: FactRow, prefix: String = "") {
        add(
            prefix + row.writtenName, .field, row.type.rawValue,
            row.documentation)
    }

    /// The fact that a name means here.
    private func fact(_ name: String, _ bound: [BoundElement]) -> (row: FactRow, members: [Member])? {
        var words = name.split(separator: ".").map(String.init)
        if let element = bound.last(where: { $0.name == words.first }), words.count > 1 {
            words.removeFirst()
            return FactNames.find(words, in: [.element(element.list.kind)])
        }
        let inner = bound.last.map { [FactScope.element($0.list.kind)] } ?? []
        return FactNames.find(words, in: inner + [.message, .recipient])
    }

    private func type(of name: String, _ bound: [BoundElement]) -> ValueType? {
        fact(name, bound).map { FactNames.type($0.row, $0.members) }
    }

    private mutating func addMembers(_ owner: String, _ bound: [BoundElement]) {
        guard let (row, members) = fact(owner, bound) else { return }
        let type = FactNames.type(row, members)
        for member in Member.allCases {
            guard let result = member.type(in: type), row.type != .text || row.fact == .subject else { continue }
            add(owner + "." + member.rawValue, .field, result.rawValue, "the \(member.rawValue) of `\(owner)`")
        }
    }

    private mutating func addRelations(_ name: String, _ bound: [BoundElement]) {
        if let (row, members) = fact(name, bound) {
            let type = FactNames.type(row, members)
            let words: [String]
            switch type {
            case .bool: words = []
            case .text:
                words = ["is", "contains", "matches", "mentions", "starts", "ends", "in", "exists", "not", "otherwise"]
            case .address: words = ["is", "in", "contains", "matches", "exists", "not", "otherwise"]
            case .domain: words = ["is", "under", "in", "looks", "contains", "exists", "not", "otherwise"]
            case .int, .decimal, .size, .duration, .time: words = ["<", "<=", ">", ">=", "is", "exists", "otherwise"]
            case .fileType, .encryption, .symbol: words = ["is", "exists", "not"]
            case .ip, .hash: words = ["is", "in", "exists", "not"]
            }
            for one in words { add(one, .keyword, "", KeywordTable.documentation[one] ?? "") }
        } else {
            for one in ["is"] + LanguageWords.relations {
                add(one, .keyword, "", KeywordTable.documentation[one] ?? "")
            }
        }
    }

    private mutating func addValues(_ name: String, _ bound: [BoundElement]) {
        if name == "message" {
            for one in Adjective.ofMessage {
                add(one.word, .enumMember, "", FactCatalogue.row(one.fact).documentation)
            }
            return
        }
        guard let (row, members) = fact(name, bound) else { return addNames([.parameter]) }
        switch FactNames.type(row, members) {
        case .fileType: for type in FileType.all { add(type.name, .enumMember, "file type", type.documentation) }
        case .encryption: for kind in EncryptionKind.allCases { add(kind.rawValue, .enumMember, "kind of encryption") }
        case .symbol: for symbol in row.symbols { add(symbol, .enumMember, "value of \(row.writtenName)") }
        case .bool:
            add("true", .keyword)
            add("false", .keyword)
        default: addNames([.parameter, .setting])
        }
    }

    private mutating func addLists() {
        for list in ElementListName.allCases { add(list.rawValue, .field, "elements", list.documentation) }
        if let dot = word.lastIndex(of: "."), let list = ElementListName(rawValue: String(word[..<dot])) {
            for row in FactCatalogue.rows where row.scope == .element(list.kind) {
                addFact(row, prefix: list.rawValue + ".")
            }
        }
        add("recipients", .field, "Address", FactCatalogue.row(.recipients).documentation)
        add("recipients.domain", .field, "Domain", "the domains of the recipients")
    }

    private mutating func addUnits(_ type: ValueType?) {
        for unit in Unit.allCases {
            if type == .size, unit.bytes == nil { continue }
            if type == .duration, unit.seconds == nil { continue }
            if type == .int || type == .decimal { continue }
            add(unit.rawValue, .unit, unit.bytes == nil ? "duration" : "size")
        }
    }

    mutating func addNames(_ kinds: [NameKind], where fits: (Declaration) -> Bool = { _ in true }) {
        let scope = file.map(view.scope(of:)) ?? ""
        for file in view.files(of: scope) { addNames(of: file, kinds, prefix: "", where: fits) }
        for (prefix, module) in view.imported(into: scope) {
            for file in view.files(of: module) {
                addNames(of: file, kinds.filter { $0 != .parameter }, prefix: prefix + ".", where: fits)
            }
        }
    }

    private mutating func addNames(
        of file: ParsedFile, _ kinds: [NameKind], prefix: String, where fits: (Declaration) -> Bool
    ) {
        for declared in file.index.declared where kinds.contains(declared.kind) {
            let label = prefix.isEmpty ? declared.name.text : prefix + declared.name.text
            guard fits(file.tree.declarations[declared.declaration]), takes(label) else { continue }
            append(
                CompletionItem(
                    label: label, kind: declared.kind == .rule ? .function : .variable, detail: declared.kind.phrase,
                    documentation: title(of: declared, file)))
        }
    }

    private func title(of declared: DeclaredName, _ file: ParsedFile) -> String {
        guard case .rule(let node) = file.tree.declarations[declared.declaration] else { return "" }
        return node.title?.value ?? ""
    }

    private mutating func addAreas() {
        var names: Set<String> = []
        for file in view.files {
            names.formUnion(file.index.areas.keys)
            for mention in file.index.mentions {
                if case .area = mention.role, file.index.declaration(of: mention.text) == nil {
                    names.insert(mention.text)
                }
            }
        }
        // The word being typed stands in the text as an area already.
        names.remove(word)
        for name in names.sorted() { add(name, .variable, "quarantine area") }
        addNames([.parameter])
    }

    /// The module may not be in sight: an import whose arguments are being typed is faulty as yet.
    private mutating func addArguments(_ module: String, _ moduleFile: (String) -> ParsedFile?) {
        for file in [moduleFile(module)].compactMap(\.self) {
            for case .parameter(let node) in file.tree.declarations {
                add(node.name.text, .variable, "default " + file.source.text(node.value.span))
            }
        }
    }
}
