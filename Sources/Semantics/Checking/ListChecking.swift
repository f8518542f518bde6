import Diagnostics
import Syntax
import Vocabulary

/// A group or list with its entries.
struct ResolvedList {
    /// With the module's prefix.
    var name: String
    var type: ValueType
    var entries: [String]

    /// The entries of domains without the `*.` that `policy.domains` may have: what lies under such a domain, and what
    /// imitates it, is asked of the domain.
    var plainEntries: [String] {
        type == .domain ? entries.map { OwnDomain($0).domain.name.string } : entries
    }
}

extension CheckContext {
    /// Reads the entries of every group and list.
    func checkLists() {
        for symbol in names.all(.list) {
            guard case .list(let node) = symbol.declaration else { continue }
            let list = resolve(node, name: symbol.name)
            if !broken.contain(symbol.span) { resolvedLists[symbol.name] = list }
        }
    }

    /// A list that a condition mentions; `nil` where its declaration is faulty.
    func use(list symbol: Symbol) -> ResolvedList? {
        names.used.insert(symbol.name)
        return resolvedLists[symbol.name]
    }

    private func resolve(_ node: ListDeclaration, name: String) -> ResolvedList? {
        guard let type = elementType(of: node) else { return nil }
        switch node.contents {
        case .inline(let texts):
            let entries = texts.compactMap { text -> String? in
                if let entry = Self.entry(text.value, type) {
                    if type == .ip { warnOfHostBits(text) }
                    if type == .address { regard(text.value, at: text.span) }
                    return entry
                }
                report(SemanticsDiagnostics.badListEntry(text, type: type, isGroup: node.elementType == nil))
                return nil
            }
            warnRepeated(texts)
            return entries.count == texts.count ? ResolvedList(name: name, type: type, entries: entries) : nil
        case .external(let kind, let path):
            return readFile(kind, path, node, type).map { ResolvedList(name: name, type: type, entries: $0) }
        }
    }

    /// Warns of a network that is written by one of its hosts.
    func warnOfHostBits(_ text: TextLiteral) {
        guard let network = Network(text.value), network.hasHostBits else { return }
        warn(SemanticsDiagnostics.hostBits(text, base: network.base), in: currentLevels)
    }

    private func warnRepeated(_ texts: [TextLiteral]) {
        var seen: [String: SourceSpan] = [:]
        for text in texts {
            if let first = seen[text.value] {
                warn(SemanticsDiagnostics.repeatedEntry(text, first: first))
            } else {
                seen[text.value] = text.span
            }
        }
    }

    private func elementType(of node: ListDeclaration) -> ValueType? {
        guard let name = node.elementType else { return .address }
        guard let type = ListType(rawValue: name.text) else {
            report(SemanticsDiagnostics.unknownListType(name))
            return nil
        }
        return type.valueType
    }

    /// An entry as the set writes it; `nil` where it is no value of the type.
    private static func entry(_ text: String, _ type: ValueType) -> String? {
        switch type {
        case .address: DomainSyntax.isAddressPattern(text) ? text : nil
        case .domain: DomainSyntax.domain(text)?.name.string
        case .fileType: FileType.named(text)?.name
        case .hash: HexadecimalDigest.bytes(text).map { Vocabulary.Value.hexadecimal($0) }
        case .ip: Network(text) == nil ? nil : text
        default: text.isEmpty ? nil : text
        }
    }

    // MARK: - from file

    private func readFile(
        _ kind: Name, _ path: TextLiteral?, _ node: ListDeclaration, _ type: ValueType
    ) -> [String]? {
        guard kind.text == "file" else {
            report(SemanticsDiagnostics.unknownListSource(kind))
            return nil
        }
        guard let path else {
            report(SemanticsDiagnostics.listPathMissing(kind))
            return nil
        }
        guard ListPath.isBelowRoot(path.value) else {
            report(SemanticsDiagnostics.listOutsideRoot(path))
            return nil
        }
        switch loaded.lists[.init(file: node.span.file, path: path.value)] ?? .failure(.missing) {
        case .success(let bytes): return entries(of: bytes, path, type)
        case .failure(.missing): report(SemanticsDiagnostics.listFileMissing(path))
        case .failure(.unreadable(let reason)): report(SemanticsDiagnostics.listFileUnreadable(path, reason))
        case .failure(.tooLarge):
            report(SemanticsDiagnostics.listTooLarge(path, most: "\(limits.listBytes) bytes"))
        }
        return nil
    }

    /// One entry a line; a `#` at the start of a line or after white space begins a comment.
    private func entries(of bytes: [UInt8], _ path: TextLiteral, _ type: ValueType) -> [String]? {
        var entries: [String] = []
        var faults: [(line: Int, text: String)] = []
        let hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
        let lines = bytes.dropFirst(hasMark ? 3 : 0).split(separator: 0x0a, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let text = Self.uncommented(line)
            if text.isEmpty { continue }
            if let entry = Self.entry(text, type) {
                if type == .address { regard(text, at: path.span) }
                entries.append(entry)
            } else {
                faults.append((index + 1, text))
            }
        }
        if entries.count > limits.listEntries {
            report(SemanticsDiagnostics.listTooLarge(path, most: "\(limits.listEntries) entries"))
            return nil
        }
        guard faults.isEmpty else {
            report(SemanticsDiagnostics.badLinesInFile(path, type: type, faults))
            return nil
        }
        return entries
    }

    private static func uncommented(_ line: ArraySlice<UInt8>) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
        var kept = line
        var before: UInt8 = 0x20
        for (index, byte) in zip(line.indices, line) {
            if byte == UInt8(ascii: "#"), isSpace(before) {
                kept = line[..<index]
                break
            }
            before = byte
        }
        kept = kept.drop(while: isSpace)
        while let last = kept.last, isSpace(last) { kept = kept.dropLast() }
        return String(decoding: kept, as: UTF8.self)
    }
}
