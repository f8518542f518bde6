import Diagnostics
import Syntax

/// What a declared name stands for.
struct DeclarationHover {
    let file: ParsedFile
    /// The module, `""` for the policy.
    let prefix: String
    let cost: CheckOutcome.Cost?

    private static let shownEntries = 8

    func text(of declared: DeclaredName) -> String {
        let home = prefix.isEmpty ? "" : " of `\(prefix)`"
        let head = "\(declared.kind.phrase) `\(declared.name.text)`\(home)"
        let body = body(of: file.tree.declarations[declared.declaration])
        return ([head] + (body.isEmpty ? [] : ["", body]) + comment(above: declared.span)).joined(separator: "\n")
    }

    func text(ofModule name: String) -> String {
        var lines = ["module `\(name)`"]
        if let first = file.tree.comments.first, file.lines.line(of: first.span.start) == 0 {
            lines += ["", Self.words(first.text)]
        }
        var parameters: [String] = []
        var rules: [String] = []
        for declaration in file.tree.declarations {
            if case .parameter(let node) = declaration {
                parameters.append("- `\(node.name.text)` = `\(file.source.text(node.value.span))`")
            }
            if case .rule(let node) = declaration { rules.append("`\(node.name.text)`") }
        }
        if !parameters.isEmpty { lines += ["", "parameters and their defaults:"] + parameters }
        if !rules.isEmpty { lines += ["", "rules: " + rules.joined(separator: " ")] }
        return lines.joined(separator: "\n")
    }

    private func body(of declaration: Declaration) -> String {
        switch declaration {
        case .policy, .importing, .uninspectable, .test: return ""
        case .parameter(let node): return "default: `\(file.source.text(node.value.span))`"
        case .list(let node): return list(node)
        case .dictionary(let node):
            let threshold = node.thresholds.first.map { ", threshold \(file.source.text($0.span))" } ?? ""
            let first = node.entries.prefix(Self.shownEntries).map { file.source.text($0.span) }
            return "\(count(node.entries.count))\(threshold)\n" + code(first, of: node.entries.count)
        case .define(let node):
            let element = node.element.map { "for \($0.text) " } ?? ""
            return code([element + "= " + oneLine(node.condition.span)], of: 1)
        case .setting(let node):
            return code(node.rows.prefix(Self.shownEntries).map { oneLine($0.span) }, of: node.rows.count)
        case .area(let node):
            return node.fields.isEmpty ? "" : code(node.fields.map { oneLine($0.span) }, of: node.fields.count)
        case .rule(let node): return rule(node)
        case .exempt(let node): return code(["when " + oneLine(node.condition.span)], of: 1)
        case .score(let node):
            return code(node.lines.prefix(Self.shownEntries).map { oneLine($0.span) }, of: node.lines.count)
        case .template(let node):
            return node.versions.map { "- \($0.language.text): \($0.subject.value)" }.joined(separator: "\n")
        }
    }

    private func list(_ node: ListDeclaration) -> String {
        let type = node.elementType.map { "of \($0.text), " } ?? ""
        switch node.contents {
        case .external(let kind, let place): return type + "from \(kind.text) `\(place?.value ?? "")`"
        case .inline(let texts):
            let first = texts.prefix(Self.shownEntries).map { file.source.text($0.span) }
            return "\(type)\(count(texts.count))\n" + code(first, of: texts.count)
        }
    }

    private func rule(_ node: RuleDeclaration) -> String {
        var lines: [String] = []
        if let title = node.title { lines.append(title.value) }
        if node.isMandatory { lines.append("- mandatory: cannot be exempted") }
        for clause in node.clauses {
            switch clause.kind {
            case .on, .label, .then: lines.append("- `\(oneLine(clause.span))`")
            default: break
            }
        }
        if let cost {
            lines.append("- at most \(cost.steps) steps\(cost.isForEachRecipient ? " a recipient" : "")")
        }
        return lines.joined(separator: "\n")
    }

    private func count(_ number: Int) -> String { "\(number) entr\(number == 1 ? "y" : "ies")" }

    private func code(_ lines: [String], of total: Int) -> String {
        let rest = total > lines.count ? ["…"] : []
        return (["```lazaret"] + lines + rest + ["```"]).joined(separator: "\n")
    }

    /// The text of a place with its line ends made blanks, cut where it is long.
    private func oneLine(_ span: SourceSpan) -> String {
        let words = file.source.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > 400 ? words.prefix(400) + "…" : words
    }

    /// The comment right above a declaration.
    private func comment(above span: SourceSpan) -> [String] {
        var line = file.lines.line(of: span.start) - 1
        var lines: [String] = []
        for comment in file.tree.comments.reversed() where comment.span.end <= span.start {
            guard file.lines.line(of: comment.span.start) == line else { break }
            let isAlone = file.lines.range(ofLine: line, in: file.source.bytes).lowerBound == comment.span.start
            guard isAlone else { break }
            lines.insert(Self.words(comment.text), at: 0)
            line -= 1
        }
        return lines.isEmpty ? [] : ["", lines.joined(separator: "\n")]
    }

    private static func words(_ comment: String) -> String {
        String(comment.drop { $0 == "#" || $0 == " " })
    }
}
