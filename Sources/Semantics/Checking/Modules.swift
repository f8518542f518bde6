import Diagnostics
import Syntax
import Vocabulary

extension CheckContext {
    /// Makes the scopes of the policy, its modules and theirs, and enters every declared name.
    func declareModules() {
        let policy = ModuleScope(prefix: "", trees: loaded.trees)
        modules = [policy]
        bindParameters(of: policy, arguments: [], importer: policy)
        var next = 0
        while next < modules.count, declareImports(of: modules[next]) { next += 1 }
        for module in modules { declareNames(of: module) }
    }

    /// Returns whether there may be more.
    private func declareImports(of importer: ModuleScope) -> Bool {
        var imports: [String: SourceSpan] = [:]
        for case .importing(let node) in importer.declarations {
            guard modules.count <= limits.modules else {
                hasFaultyImport = true
                report(SemanticsDiagnostics.tooManyModules(node.module.span, limit: limits.modules))
                return false
            }
            declareImport(node, importer, &imports)
        }
        return true
    }

    private func declareImport(
        _ node: ImportDeclaration, _ importer: ModuleScope, _ imports: inout [String: SourceSpan]
    ) {
        guard let tree = loaded.modules[node.module.text] else {
            let nearest = Nearest.to(node.module.text, among: loaded.moduleNames)
            hasFaultyImport = true
            report(SemanticsDiagnostics.unknownModule(node.module, nearest: nearest))
            return
        }
        if let start = importer.chain.firstIndex(of: node.module.text) {
            hasFaultyImport = true
            report(SemanticsDiagnostics.importCycle(node.module, Array(importer.chain[start...])))
            return
        }
        guard importer.chain.count < limits.importDepth else {
            hasFaultyImport = true
            report(SemanticsDiagnostics.importTooDeep(node.module, importer.chain, limit: limits.importDepth))
            return
        }
        guard let name = node.alias ?? node.module.segments.last else { return }
        if let first = imports[name.text] {
            hasFaultyImport = true
            report(SemanticsDiagnostics.importedTwice(node, name, first: first))
            return
        }
        imports[name.text] = name.span
        let module = ModuleScope(
            prefix: importer.fullName(name.text) + ".", trees: [tree], importSpan: node.span,
            chain: importer.chain + [node.module.text])
        modules.append(module)
        bindParameters(of: module, arguments: node.arguments, importer: importer)
    }

    // MARK: - Parameters

    private func bindParameters(of module: ModuleScope, arguments: [Argument], importer: ModuleScope) {
        var declared: [String: ParameterDeclaration] = [:]
        for case .parameter(let node) in module.declarations {
            if let first = declared[node.name.text] {
                report(SemanticsDiagnostics.declaredTwice(node.name, kind: "a parameter", first: first.name.span))
                continue
            }
            declared[node.name.text] = node
            module.parameters[node.name.text] = .init(value: node.value, importer: nil, declared: node.name)
        }
        var given: [String: SourceSpan] = [:]
        for argument in arguments {
            guard let parameter = declared[argument.name.text] else {
                let nearest = Nearest.to(argument.name.text, among: declared.keys)
                reportMissing(
                    SemanticsDiagnostics.unknownParameter(
                        argument.name, nearest: nearest, known: declared.keys.sorted()))
                continue
            }
            if let first = given[argument.name.text] {
                report(SemanticsDiagnostics.argumentTwice(argument.name, first: first))
                continue
            }
            given[argument.name.text] = argument.name.span
            // An argument may be a parameter of the module that imports.
            let (value, scope) = self.value(argument.value, importer)
            // Of a parameter with a fault of syntax, or before one, the default may not be whole.
            guard parameter.value.shape == value.shape || broken.mayContain(parameter.name.span) else {
                report(
                    SemanticsDiagnostics.argumentOfOther(
                        argument, text(argument.value.span), parameter, text(parameter.value.span)))
                doubtedDefaults.insert(parameter.value.span)
                continue
            }
            module.parameters[argument.name.text] = .init(
                value: value, importer: scope, declared: parameter.name)
        }
    }

    // MARK: - Names

    private func declareNames(of module: ModuleScope) {
        for declaration in module.declarations {
            if !module.isPolicy, let diagnostic = notInModule(declaration) {
                report(diagnostic)
                continue
            }
            guard let kind = declaration.symbolKind, let name = declaration.name else { continue }
            if kind.isUsedInConditions, FactCatalogue.isTaken(name.text) {
                report(SemanticsDiagnostics.nameOfFact(name, kind: kind.phrase))
                continue
            }
            if kind == .score || kind == .setting, TemplatePlaceholder(rawValue: module.fullName(name.text)) != nil {
                report(SemanticsDiagnostics.nameOfPlaceholder(name, kind: kind.phrase))
            }
            if let parameter = module.parameters[name.text] {
                report(SemanticsDiagnostics.declaredTwice(name, kind: kind.phrase, first: parameter.declared.span))
                continue
            }
            let symbol = Symbol(
                kind: kind, name: module.fullName(name.text), span: name.span, declaration: declaration, scope: module)
            if let first = names.add(symbol) {
                report(SemanticsDiagnostics.declaredTwice(name, kind: kind.phrase, first: first.span))
            }
        }
    }

    /// What a module must leave to the policy that imports it.
    private func notInModule(_ declaration: Declaration) -> Diagnostic? {
        switch declaration {
        case .policy(let node): SemanticsDiagnostics.notInModule(node.name.span, "a policy header")
        case .uninspectable(let node):
            SemanticsDiagnostics.notInModule(
                SourceSpan(file: node.span.file, start: node.span.start, end: node.span.start + 13),
                "answers for the whole policy")
        default: nil
        }
    }
}

extension SymbolKind {
    fileprivate var isUsedInConditions: Bool {
        switch self {
        case .define, .setting, .score, .list: true
        case .dictionary, .rule, .exemption, .template: false
        }
    }
}

extension Declaration {
    /// What its name is; `nil` for declarations whose names live apart.
    var symbolKind: SymbolKind? {
        switch self {
        case .list: .list
        case .dictionary: .dictionary
        case .define: .define
        case .setting: .setting
        case .rule: .rule
        case .exempt: .exemption
        case .score: .score
        case .template: .template
        case .policy, .importing, .parameter, .area, .uninspectable, .test: nil
        }
    }
}
