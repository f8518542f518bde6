import Diagnostics

/// Follows a script as an interpreter would and notes under which conditions each action is reached.
struct SieveWalk {
    /// Actions of one block that are reached together.
    struct Rule {
        let line: Int
        /// All must hold.
        let conditions: [PolicyCondition]
        /// One that holds excuses.
        var excuses: [PolicyCondition]
        var actions: [String]
        /// The line of a command that keeps the message whatever else is done with it.
        var keptAt: Int?
        /// Whether the script ends behind them.
        var endsScript = false
    }

    /// The conditions around a place.
    private struct Path {
        var conditions: [PolicyCondition] = []
        /// Conditions under which control went elsewhere before.
        var excuses = SieveExcuses()

        /// All that has to hold on the path.
        var all: [PolicyCondition] { conditions + excuses.conditions.map { .not($0) } }
    }

    private(set) var rules: [Rule] = []
    private(set) var ledger: StopLedger
    private(set) var areas: Set<String> = []
    private var folders: FolderNames
    private var variables = SieveVariables(requiredBy: [])
    private(set) var remarks: [ImportedPolicy.Remark] = []
    private let limits: SieveLimits
    private let tests: SieveTestTranslation
    /// Tags that ask for nothing a policy lacks, by command; those of `notify` have a text each. Any other tag's meaning
    /// would be lost with the tag.
    private static let tags: [String: Set<String>] = [
        "keep": [], "discard": [], "reject": [], "ereject": [], "redirect": ["copy"], "fileinto": ["copy", "create"],
        "addheader": ["last"], "deleteheader": [], "notify": ["from", "importance", "options", "message"],
    ]
    /// Tags that concern what a mailbox or the way to it makes of an action, which is done without them.
    private static let asides: Set<String> = [
        "flags", "specialuse", "mailboxid", "fcc", "notify", "ret", "bytimerelative", "bytimeabsolute", "bymode",
        "bytrace",
    ]

    init(
        limits: SieveLimits, canBeName: @escaping (String) -> Bool = { _ in true },
        isAddress: @escaping (String) -> Bool = { _ in true }
    ) {
        self.limits = limits
        tests = SieveTestTranslation(isAddress: isAddress)
        ledger = StopLedger(limits: limits)
        folders = FolderNames(canBeName: canBeName)
    }

    mutating func run(_ commands: [SieveCommand]) {
        variables = SieveVariables(requiredBy: commands)
        var path = Path()
        _ = walk(commands, &path)
        var dispositions = SieveDispositions(rules, ledger, keeps: limits.plainExcuses)
        dispositions.settle()
        rules = dispositions.rules
        for loss in dispositions.losses { remark(loss.line, loss.what, loss.why) }
        dropAreas()
    }

    private mutating func remark(_ line: Int, _ what: String, _ why: String) {
        if remarks.count < limits.remarks { remarks.append(.init(line: line, what: what, why: why)) }
    }

    /// Walks a block; what stops in it is added to the path's excuses.
    ///
    /// - Returns: whether control never reaches the block's end.
    private mutating func walk(_ commands: [SieveCommand], _ path: inout Path) -> Bool {
        var rule: Int?
        var index = 0
        while index < commands.count {
            let command = commands[index]
            index += 1
            switch command.name {
            case "if":
                var branches = [command]
                while index < commands.count, ["elsif", "else"].contains(commands[index].name) {
                    branches.append(commands[index])
                    index += 1
                }
                rule = nil
                chain(branches, &path)
            case "elsif", "else":
                remark(command.line, "`\(command.name)`", "it stands behind no `if`")
            // A `return` (RFC 6609) outside of included scripts is a `stop`.
            case "stop", "return":
                if let rule { rules[rule].endsScript = true }
                return true
            default:
                guard !losesTag(command) else { continue }
                let keeps = isKeep(command)
                let action = keeps ? nil : action(command)
                guard keeps || action != nil else { continue }
                let place = rule ?? rules.count
                if place == rules.count {
                    rules.append(
                        Rule(
                            line: command.line, conditions: path.conditions, excuses: path.excuses.conditions,
                            actions: []))
                    rule = place
                }
                if let action { rules[place].actions.append(action) }
                if keeps { rules[place].keptAt = rules[place].keptAt ?? command.line }
            }
        }
        return false
    }

    private mutating func chain(_ branches: [SieveCommand], _ path: inout Path) {
        var earlier = SieveExcuses()
        var stops: [PolicyCondition] = []
        for (number, branch) in branches.enumerated() {
            var condition: PolicyCondition?
            if branch.name != "else" {
                guard branch.tests.count == 1, let test = branch.tests.first else {
                    remark(branch.line, "`\(branch.name)`", "it takes one test")
                    return
                }
                do throws(SieveObstacle) {
                    if let found = variables.reference(in: test) {
                        throw SieveObstacle(found.line, "`\(found.text)`", SieveVariables.why(found.text))
                    }
                    condition = try tests.condition(test)
                } catch {
                    remark(error.line, error.what, error.why)
                    let why = "they depend on a test that has no meaning here"
                    let isLast = !branches[number...].contains { Self.canStop($0.block ?? []) }
                    remark(
                        branch.line, "the branch at line \(branch.line) and those that hang on it",
                        isLast ? why : why + "; what stands behind is done also where they would `stop`")
                    break
                }
            }
            var inner = Path(
                conditions: path.conditions + (condition.map { [$0] } ?? []),
                excuses: SieveExcuses(around: path.excuses.conditions + earlier.conditions))
            let ends = walk(branch.block ?? [], &inner)
            // What the branch adds to the way to its stop, seen from the block around it.
            let own = Path(conditions: condition.map { [$0] } ?? [], excuses: earlier).all
            if ends {
                stops.append(own.count == 1 ? own[0] : .and(own))
            } else {
                for stop in inner.excuses.own { stops.append(.and(own + [stop])) }
            }
            if let condition { ledger.add(condition, to: &earlier) }
        }
        for stop in stops { ledger.add(stop, to: &path.excuses) }
    }

    /// Whether a block can end the script. Blocks nest within the parser's bound.
    private static func canStop(_ block: [SieveCommand]) -> Bool {
        block.contains { ["stop", "return"].contains($0.name) || canStop($0.block ?? []) }
    }

    // MARK: Actions

    /// Whether a command puts the message into the inbox, `:copy` or not.
    private func isKeep(_ command: SieveCommand) -> Bool {
        if command.name == "keep" { return true }
        guard command.name == "fileinto", case .texts(let folder)? = command.arguments.last else { return false }
        return folder.map { $0.uppercased() } == ["INBOX"]
    }

    /// The action of a policy that a command is; `nil` where it is none or has been remarked on.
    private mutating func action(_ command: SieveCommand) -> String? {
        let texts = command.arguments.compactMap { argument -> [String]? in
            if case .texts(let texts) = argument { return texts }
            return nil
        }
        if let reference = variables.reference(in: command.arguments) {
            remark(command.line, "`\(command.name)` with `\(reference)`", SieveVariables.why(reference))
            return nil
        }
        let isCopy = command.arguments.contains(.tag("copy"))
        // Texts of tags, `:flags "\\Seen"`, stand before it.
        let first = (["redirect", "fileinto"].contains(command.name) ? texts.last : texts.first)?.first
        switch (command.name, first) {
        case ("require", _):
            return nil
        case ("set", _):
            remark(command.line, "`set`", SieveVariables.why(""))
            return nil
        case ("discard", _):
            return "discard"
        case ("reject", let reason?), ("ereject", let reason?):
            let words = reason.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
            return "reject \(PolicyText.quoted(words.isEmpty ? "Refused" : withoutPlaces(words, command)))"
        case ("redirect", let address?):
            guard tests.isAddress(address) else {
                remark(command.line, "`redirect` to \(PolicyText.quoted(address))", "that is no mail address")
                return nil
            }
            return "\(isCopy ? "copy" : "redirect") to \(PolicyText.quoted(address))"
        case ("fileinto", let folder?):
            return quarantine(folder, command.line, isCopy: isCopy)
        case ("addheader", let name?):
            guard texts.count > 1, let value = texts[1].first else { break }
            guard isField(name, command) else { return nil }
            return "add header \(PolicyText.quoted(name)) \(PolicyText.quoted(withoutPlaces(value, command)))"
        case ("deleteheader", let name?):
            if texts.count > 1 {
                remark(command.line, "`deleteheader` by value", "a field is removed whole")
                return nil
            }
            guard isField(name, command) else { return nil }
            return "remove header \(PolicyText.quoted(name))"
        case ("notify", _?):
            return notice(command)
        default: break
        }
        remark(command.line, "`\(command.name)`", SieveNames.why(command: command.name))
        return nil
    }

    /// Whether a command has a tag that no action of a policy answers to. Such tags, and those that it is done without,
    /// are remarked on.
    private mutating func losesTag(_ command: SieveCommand) -> Bool {
        guard let known = Self.tags[command.name] else { return false }
        for case .tag(let tag) in command.arguments where !known.contains(tag) {
            let isAside = Self.asides.contains(tag)
            let why =
                switch (command.name, isAside) {
                case ("deleteheader", _): "a field is removed whole"
                case (_, true): "it concerns the mailbox or the way there; the action is done without it"
                default: SieveNames.why(tag: tag)
                }
            remark(command.line, "`\(command.name)` with `:\(tag)`", why)
            if !isAside { return true }
        }
        return false
    }

    private mutating func quarantine(_ folder: String, _ line: Int, isCopy: Bool) -> String? {
        if isCopy {
            remark(line, "`fileinto :copy`", "an area holds mail back; `copy to` sends a second one")
            return nil
        }
        let area = folders.area(of: folder)
        areas.insert(area)
        return "quarantine \(area)"
    }

    private mutating func notice(_ command: SieveCommand) -> String? {
        // The method (RFC 5435, section 3.1): the only text that no tag has taken.
        var method = ""
        var arguments = command.arguments[...]
        while let argument = arguments.popFirst() {
            if case .tag = argument { _ = arguments.popFirst() }
            if case .texts(let texts) = argument { method = texts.first ?? "" }
        }
        guard method.hasPrefix("mailto:") else {
            remark(command.line, "`notify` by \(method)", "notices are sent by mail: `notify \"a@b.example\"`")
            return nil
        }
        if command.arguments.contains(.tag("message")) {
            remark(command.line, "`notify :message`", "a template of the policy writes notices: `notify … using …`")
        }
        let mailbox = String(method.dropFirst("mailto:".count).prefix { $0 != "?" })
        guard tests.isAddress(mailbox) else {
            remark(command.line, "`notify` of \(PolicyText.quoted(mailbox))", "that is no mail address")
            return nil
        }
        return "notify \(PolicyText.quoted(mailbox))"
    }

    /// A text without `{word}`, which in a policy stands for something, and in Sieve for itself.
    private mutating func withoutPlaces(_ text: String, _ command: SieveCommand) -> String {
        guard let start = text.firstIndex(of: "{"), text[start...].contains("}") else { return text }
        remark(
            command.line, "the braces in the text of `\(command.name)`",
            "`{word}` stands for something in a policy; parentheses are written")
        return String(text.map { $0 == "{" ? "(" : $0 == "}" ? ")" : $0 })
    }

    private mutating func isField(_ name: String, _ command: SieveCommand) -> Bool {
        if PolicyWord.isFieldName(name) { return true }
        remark(command.line, "`\(command.name)` of \(PolicyText.quoted(name))", "no header field is called so")
        return false
    }

    // MARK: What policies refuse

    /// Takes excuses out that the policy's checker refuses. Each stands at every place behind one of the script; the first
    /// of them is remarked on.
    mutating func remove(_ refused: [RuleExcuse: String]) {
        var told: Set<String> = []
        for excuse in refused.keys.sorted(by: >) {
            rules[excuse.rule].excuses.remove(at: excuse.number)
        }
        for (excuse, reason) in refused.sorted(by: { $0.key < $1.key }) where told.insert(reason).inserted {
            remark(
                rules[excuse.rule].line,
                "what stands before the actions from line \(rules[excuse.rule].line) on and ends the script",
                "policies refuse this: \(reason)")
        }
    }

    /// Takes out rules that the policy's checker refuses, and those that ask for refused rows, each with its reason.
    mutating func remove(_ refused: [Int: String], _ rows: [StopRow: String]) {
        var refused = refused
        let first = ledger.remove(Array(rows.keys))
        if let reason = rows.min(by: { $0.key < $1.key })?.value {
            for (number, rule) in rules.enumerated() where refused[number] == nil {
                if (rule.conditions + rule.excuses).contains(where: { $0.asks(for: first) }) {
                    refused[number] = reason
                }
            }
        }
        for (number, reason) in refused.sorted(by: { $0.key < $1.key }) {
            remark(
                rules[number].line, "the actions from line \(rules[number].line) on", "policies refuse this: \(reason)")
        }
        rules = rules.enumerated().filter { refused[$0.offset] == nil }.map(\.element)
        dropAreas()
    }

    /// Leaves the areas that a rule names.
    private mutating func dropAreas() {
        let actions = Set(rules.flatMap(\.actions))
        areas = areas.filter { actions.contains("quarantine \($0)") }
    }
}
