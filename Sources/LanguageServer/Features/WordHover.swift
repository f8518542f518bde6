import Vocabulary

/// What the catalogue says of the words of conditions.
enum WordHover {
    static func text(of mention: Mention) -> String? {
        switch mention.role {
        case .fact(let fact, let members): describe(FactCatalogue.row(fact), members)
        case .symbol(let fact): symbol(mention.text, of: FactCatalogue.row(fact))
        case .fileType: FileType.named(mention.text).map(fileType)
        case .elements(let list):
            "elements `\(list.rawValue)`\n\n\(list.documentation)\n\nelements can be missing: \(reasons(list.possibleReasons))"
        case .adjective(let ofMessage):
            ofMessage
                ? Adjective.ofMessage.named(mention.text).map { describe(FactCatalogue.row($0.fact), []) }
                : "whether this element itself is \(mention.text)"
        case .reason: ReasonName(rawValue: mention.text).map(text(of:))
        case .direction: Direction(rawValue: mention.text).map(text(of:))
        case .binder, .name, .area, .label, .module, .alias, .argument: nil
        }
    }

    private static func describe(_ row: FactRow, _ members: [Member]) -> String {
        let name = ([row.writtenName] + members.map(\.rawValue)).joined(separator: ".")
        var lines = ["**\(name)**: \(FactNames.type(row, members).rawValue)", "", row.documentation, ""]
        lines.append("- known from: \(row.costClass.name)")
        lines.append("- absent: " + (row.canBeAbsent || members.contains(where: \.canBeAbsent) ? "possible" : "never"))
        lines.append("- unknown: " + (row.reasons.isEmpty ? "never" : "for \(reasons(row.reasons))"))
        if let unit = unit(row.type) { lines.append("- unit: \(unit)") }
        let further = Member.allCases.filter { $0.type(in: FactNames.type(row, members)) != nil }
        if !further.isEmpty { lines.append("- members: " + further.map { "`.\($0.rawValue)`" }.joined(separator: " ")) }
        if !row.symbols.isEmpty { lines.append("- values: " + row.symbols.map { "`\($0)`" }.joined(separator: " ")) }
        if row.takesArgument { lines.append("- a text follows its name") }
        if case .recipient = row.scope { lines.append("- judged for each recipient") }
        return lines.joined(separator: "\n")
    }

    static func unit(_ type: ValueType) -> String? {
        switch type {
        case .size: "`B KB MB GB` (by 1000), `KiB MiB GiB` (by 1024)"
        case .duration: "`seconds minutes hours days weeks`"
        default: nil
        }
    }

    /// `encrypted (archive, pdf), damaged`; all kinds of encryption as one word.
    static func reasons(_ reasons: Reasons) -> String {
        var words: [String] = []
        if reasons.isSuperset(of: .encrypted) {
            words.append("`encrypted`")
        } else {
            words += reasons.intersection(.encrypted).names.map { "`\($0)`" }
        }
        words += reasons.subtracting(.encrypted).names.map { "`\($0)`" }
        return words.joined(separator: ", ")
    }

    private static func symbol(_ word: String, of row: FactRow) -> String {
        "**\(word)**: a value of `\(row.writtenName)`\n\n\(row.documentation)"
    }

    private static func fileType(_ type: FileType) -> String {
        var lines = ["**\(type.name)**: a file type", "", type.documentation]
        if !type.parents.isEmpty {
            lines.append("- is also: " + type.parents.map { "`\($0.name)`" }.joined(separator: " "))
        }
        let kinds = FileType.all.filter { $0.parents.contains(type) }
        if !kinds.isEmpty { lines.append("- kinds: " + kinds.map { "`\($0.name)`" }.joined(separator: " ")) }
        if !type.extensions.isEmpty { lines.append("- usual endings: " + type.extensions.joined(separator: " ")) }
        return lines.joined(separator: "\n")
    }

    static func text(of reason: ReasonName) -> String {
        let text =
            switch reason {
            case .encrypted: "what lies behind encryption cannot be read"
            case .damaged: "the format is broken; readers may see something else, or nothing"
            case .ambiguous: "readers would see different contents"
            case .unsupported: "nothing here can open this format"
            case .overLimit: "a named limit was reached"
            case .engineDown: "an engine gave no answer"
            }
        return "**\(reason.rawValue)**: a reason for which something is unknown\n\n\(text)"
    }

    private static func text(of direction: Direction) -> String {
        let text =
            switch direction {
            case .inbound: "from outside to one of our domains"
            case .outbound: "to a domain that is not ours"
            case .internal: "from inside to one of our domains"
            }
        return "**\(direction.rawValue)**: \(text), judged for each recipient"
    }
}
