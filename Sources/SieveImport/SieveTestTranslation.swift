import Diagnostics

/// Turns tests into conditions of a policy.
enum SieveTestTranslation {
    /// - Throws: `SieveObstacle` for what has no meaning in a policy.
    static func condition(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        switch test.name {
        case "allof": return .and(try conditions(test.tests))
        case "anyof": return .or(try conditions(test.tests))
        case "not":
            guard let operand = test.tests.first else { throw SieveObstacle(test.line, "`not`", "a test is missing") }
            return .not(try condition(operand))
        // Mail always has a recipient.
        case "true": return .test("recipient exists", guarded: nil)
        case "false": return .not(.test("recipient exists", guarded: nil))
        case "header": return try header(test)
        case "address": return try address(test)
        case "envelope": return try envelope(test)
        case "exists": return try exists(test)
        case "size": return try size(test)
        case "body": return try body(test)
        case "date", "currentdate": return try time(test)
        case "virustest": return try virus(test)
        case "spamtest":
            throw SieveObstacle(
                test.line, "`spamtest`", "test the field your spam filter adds: `header \"X-Spam-Score\" as number > 5`"
            )
        default:
            throw SieveObstacle(test.line, "the test `\(test.name)`", "policies have nothing that answers to it")
        }
    }

    private static func conditions(_ tests: [SieveTest]) throws(SieveObstacle) -> [PolicyCondition] {
        var all: [PolicyCondition] = []
        for test in tests { all.append(try condition(test)) }
        return all
    }

    private static func any(
        _ names: [String], _ make: (String) throws(SieveObstacle) -> PolicyCondition
    ) throws(SieveObstacle) -> PolicyCondition {
        var all: [PolicyCondition] = []
        for name in names { all.append(try make(name)) }
        return all.count == 1 ? all[0] : .or(all)
    }

    private static func lists(
        _ match: SieveMatch, _ test: SieveTest
    ) throws(SieveObstacle) -> (names: [String], keys: [String]) {
        guard match.lists.count == 2, !match.lists[0].isEmpty, !match.lists[1].isEmpty else {
            throw SieveObstacle(test.line, "`\(test.name)`", "it takes two lists, of names and of keys")
        }
        return (match.lists[0], match.lists[1])
    }

    // MARK: Fields

    /// The fact that a header field's text is.
    private static func fact(field name: String, _ test: SieveTest) throws(SieveObstacle) -> String {
        guard PolicyWord.isFieldName(name) else {
            throw SieveObstacle(
                test.line, "`\(test.name)` of \(PolicyText.quoted(name))", "no header field is called so")
        }
        return switch name.lowercased() {
        case "subject": "subject"
        case "received": "received"
        default: "header \(PolicyText.quoted(name))"
        }
    }

    private static func header(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        let (names, keys) = try lists(match, test)
        if match.tags.contains("mime") { return try mime(test, match, names, keys) }
        if case .count(let order) = match.kind {
            return try any(names) { name throws(SieveObstacle) in
                guard name.lowercased() == "received" else {
                    throw SieveObstacle(test.line, "`:count` of \(name)", "of header fields only Received is counted")
                }
                return try count("received", order, keys, test)
            }
        }
        return try any(names) { name throws(SieveObstacle) in
            let fact = try fact(field: name, test)
            return try match.condition(fact, keys, guarded: fact, line: test.line)
        }
    }

    private static func count(
        _ list: String, _ order: String, _ keys: [String], _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        guard keys.count == 1, let number = Int64(keys[0]) else {
            throw SieveObstacle(test.line, "`:count`", "it is compared with one number")
        }
        return try SieveMatch.ordered("count of \(list)", order, number, guarded: nil, line: test.line)
    }

    /// Tests of the parts' own fields (RFC 5703) become tests of parts.
    private static func mime(
        _ test: SieveTest, _ match: SieveMatch, _ names: [String], _ keys: [String]
    ) throws(SieveObstacle) -> PolicyCondition {
        guard match.tags.contains("anychild") else {
            throw SieveObstacle(test.line, "`:mime` without `:anychild`", "write a condition on `any part where (…)`")
        }
        let inside = try any(names) { name throws(SieveObstacle) in
            let parameters = match.tagTexts["param"]?.map { $0.lowercased() } ?? []
            switch (name.lowercased(), parameters) {
            case ("content-type", []) where match.tags.contains("type") || match.tags.contains("subtype"):
                let keys = keys.map { match.tags.contains("type") ? "\($0)/*" : "*/\($0)" }
                guard case .equal = match.kind else { break }
                return try Self.any(keys) { key throws(SieveObstacle) in
                    .test(
                        "declared-type "
                            + (key.hasPrefix("*")
                                ? "ends with \(PolicyText.quoted(String(key.dropFirst())))"
                                : "starts with \(PolicyText.quoted(String(key.dropLast())))"),
                        guarded: "declared-type")
                }
            case ("content-type", []):
                return try match.condition("declared-type", keys, guarded: "declared-type", line: test.line)
            case ("content-type", ["name"]), ("content-disposition", ["filename"]):
                return try match.condition("name", keys, guarded: "name", line: test.line)
            case ("content-disposition", []):
                return try match.condition("name", keys, guarded: "name", line: test.line)
            case ("content-id", []):
                return try match.condition("content-id", keys, guarded: "content-id", line: test.line)
            default: break
            }
            throw SieveObstacle(test.line, "`:mime` test of \(name)", "parts have name, declared-type and content-id")
        }
        return .test("any part where (\(inside.written()))", guarded: nil)
    }

    // MARK: Addresses

    private static func address(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        let (names, keys) = try lists(match, test)
        return try any(names) { name throws(SieveObstacle) in
            let field = name.lowercased()
            guard ["from", "to", "cc", "reply-to"].contains(field) else {
                throw SieveObstacle(test.line, "`address` of \(name)", "mailboxes are read from From, To, Cc, Reply-To")
            }
            if case .count(let order) = match.kind { return try count(field, order, keys, test) }
            return try mailbox(field, match, keys, test)
        }
    }

    private static func mailbox(
        _ fact: String, _ match: SieveMatch, _ keys: [String], _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        if match.tags.contains("domain") {
            return try match.condition("\(fact).domain", keys, guarded: fact, line: test.line)
        }
        if match.tags.contains("localpart") || match.tags.contains("user") {
            return try match.condition("\(fact).local", keys, guarded: fact, line: test.line)
        }
        if match.tags.contains("detail") {
            return try match.condition("\(fact).detail", keys, guarded: "\(fact).detail", line: test.line)
        }
        if case .equal = match.kind, let key = keys.first(where: { !PolicyWord.isAddress($0) }) {
            throw SieveObstacle(test.line, "`\(test.name)` with \"\(key)\"", "that is no address, so it never matches")
        }
        return try match.condition(fact, keys, guarded: fact, line: test.line)
    }

    private static func envelope(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        let (names, keys) = try lists(match, test)
        return try any(names) { name throws(SieveObstacle) in
            switch name.lowercased() {
            case "from":
                if case .equal = match.kind, keys == [""] { return .not(.test("sender exists", guarded: nil)) }
                if case .count(let order) = match.kind { return try count("sender", order, keys, test) }
                return try mailbox("sender", match, keys, test)
            case "to":
                if case .count(let order) = match.kind { return try count("recipients", order, keys, test) }
                let condition = try mailbox("recipient", match, keys, test)
                // A recipient is never absent.
                if case .test(let text, guarded: "recipient") = condition { return .test(text, guarded: nil) }
                return condition
            default:
                throw SieveObstacle(test.line, "`envelope` part \(name)", "the envelope has from and to")
            }
        }
    }

    // MARK: The rest

    private static func exists(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        guard let names = match.lists.first, !names.isEmpty, !match.tags.contains("mime") else {
            throw SieveObstacle(test.line, "`exists`", "only the message's own header fields can be asked for")
        }
        var all: [PolicyCondition] = []
        for name in names { all.append(.test("\(try fact(field: name, test)) exists", guarded: nil)) }
        return all.count == 1 ? all[0] : .and(all)
    }

    private static func size(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        guard let bytes = match.numbers.first, let tag = match.tags.first, ["over", "under"].contains(tag) else {
            throw SieveObstacle(test.line, "`size`", "it takes `:over` or `:under` and a number")
        }
        return .test("message.size \(tag == "over" ? ">" : "<") \(PolicyWord.size(bytes))", guarded: nil)
    }

    private static func body(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        guard let keys = match.lists.first, !keys.isEmpty else {
            throw SieveObstacle(test.line, "`body`", "it takes a list of keys")
        }
        if let content = match.tagTexts["content"], content != ["text"] {
            throw SieveObstacle(test.line, "`body :content`", "only text is read here; see `any file where (text …)`")
        }
        if match.tags.contains("raw") {
            throw SieveObstacle(test.line, "`body :raw`", "policies see bodies decoded, never as they were transferred")
        }
        return try any(["body.text", "body.html"]) { fact throws(SieveObstacle) in
            try match.condition(fact, keys, guarded: fact, line: test.line)
        }
    }

    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// The hour and the weekday of arrival (RFC 5260).
    private static func time(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        guard test.name == "currentdate", match.lists.count == 2, let part = match.lists[0].first?.lowercased() else {
            throw SieveObstacle(
                test.line, "`\(test.name)`", "only the time of arrival can be tested: `received-at.hour`")
        }
        let keys = match.lists[1]
        switch (part, match.kind) {
        case ("weekday", .equal):
            let days = keys.compactMap { key in Int(key).flatMap { (0..<7).contains($0) ? weekdays[$0] : nil } }
            guard days.count == keys.count else { break }
            let choice = days.count == 1 ? days[0] : "any of (\(days.joined(separator: ", ")))"
            return .test("received-at.weekday is \(choice)", guarded: nil)
        case ("hour", .value(let order)):
            guard keys.count == 1, let hour = Int64(keys[0]) else { break }
            return try SieveMatch.ordered("received-at.hour", order, hour, guarded: nil, line: test.line)
        case ("hour", .equal):
            let hours = keys.compactMap { Int($0) }
            guard hours.count == keys.count else { break }
            let choice = hours.count == 1 ? "\(hours[0])" : "any of (\(hours.map(String.init).joined(separator: ", ")))"
            return .test("received-at.hour is \(choice)", guarded: nil)
        default: break
        }
        throw SieveObstacle(test.line, "`currentdate` by \(part)", "policies know the hour and the weekday of arrival")
    }

    /// RFC 5235: 1 is clean, 3 and above are found or likely.
    private static func virus(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test)
        let level = match.lists.first?.first.flatMap { Int($0) }
        let infected = PolicyCondition.test("virus", guarded: nil)
        switch (match.kind, level) {
        case (.value("ge"), .some(2...5)), (.value("gt"), .some(1...4)), (.equal, .some(5)), (.value("eq"), .some(5)):
            return infected
        case (.equal, .some(1)), (.value("eq"), .some(1)), (.value("le"), .some(1)), (.value("lt"), .some(2)):
            return .not(infected)
        default:
            throw SieveObstacle(test.line, "`virustest`", "policies know whether a virus was found: `virus`")
        }
    }
}
