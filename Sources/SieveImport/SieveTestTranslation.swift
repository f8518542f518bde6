import Diagnostics

/// Turns tests into conditions of a policy.
struct SieveTestTranslation {
    /// Whether a text is a mail address.
    let isAddress: (String) -> Bool

    /// - Throws: `SieveObstacle` for what has no meaning in a policy.
    func condition(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let operands: ClosedRange<Int> =
            switch test.name {
            case "allof", "anyof": 1...Int.max
            case "not": 1...1
            default: 0...0
            }
        guard operands.contains(test.tests.count) else {
            throw SieveObstacle(test.line, "`\(test.name)`", "it does not take \(test.tests.count) tests")
        }
        switch test.name {
        case "allof": return .and(try conditions(test.tests))
        case "anyof": return .or(try conditions(test.tests))
        case "not": return .not(try condition(test.tests[0]))
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
            throw SieveObstacle(test.line, "the test `\(test.name)`", SieveNames.why(test: test.name))
        }
    }

    private func conditions(_ tests: [SieveTest]) throws(SieveObstacle) -> [PolicyCondition] {
        var all: [PolicyCondition] = []
        for test in tests { all.append(try condition(test)) }
        return all
    }

    private func lists(
        _ match: SieveMatch, _ test: SieveTest
    ) throws(SieveObstacle) -> (names: [String], keys: [String]) {
        guard match.lists.count == 2, !match.lists[0].isEmpty, !match.lists[1].isEmpty else {
            throw SieveObstacle(test.line, "`\(test.name)`", "it takes two lists, of names and of keys")
        }
        return (match.lists[0], match.lists[1])
    }

    // MARK: Fields

    /// The fact that a header field's text is.
    private func fact(field name: String, _ test: SieveTest) throws(SieveObstacle) -> String {
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

    private func header(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: ["mime", "anychild", "type", "subtype", "contenttype", "param"])
        let (names, keys) = try lists(match, test)
        if match.tags.contains("mime") { return try SievePartTranslation(test, match).condition(names, keys) }
        guard match.tags.isEmpty, match.tagTexts.isEmpty else {
            throw SieveObstacle(test.line, "`header` of parts without `:mime`", "such options belong to `:mime`")
        }
        if case .count(let order) = match.kind {
            if let name = names.first(where: { $0.lowercased() != "received" }) {
                throw SieveObstacle(test.line, "`:count` of \(name)", "of header fields only Received is counted")
            }
            return try SieveCount.condition(of: names.map { _ in "received" }, order, keys, match, test)
        }
        return try PolicyCondition.any(names) { name throws(SieveObstacle) in
            let fact = try fact(field: name, test)
            return try match.condition(fact, keys, guarded: fact, line: test.line)
        }
    }

    // MARK: Addresses

    private static let addressParts: Set<String> = ["all", "localpart", "domain", "user", "detail"]

    private func addresses(_ test: SieveTest) throws(SieveObstacle) -> SieveMatch {
        let match = try SieveMatch(test, taking: Self.addressParts)
        guard match.tags.count <= 1 else {
            throw SieveObstacle(test.line, "`\(test.name)` of several parts", "one part of an address is tested")
        }
        return match
    }

    private func address(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try addresses(test)
        let (names, keys) = try lists(match, test)
        let fields = names.map { $0.lowercased() }
        if let name = fields.first(where: { !["from", "to", "cc", "reply-to"].contains($0) }) {
            throw SieveObstacle(test.line, "`address` of \(name)", "mailboxes are read from From, To, Cc, Reply-To")
        }
        if case .count(let order) = match.kind {
            return try SieveCount.condition(of: fields, order, keys, match, test)
        }
        return try PolicyCondition.any(fields) { field throws(SieveObstacle) in
            try mailbox(field, match, keys, test)
        }
    }

    private func mailbox(
        _ fact: String, _ match: SieveMatch, _ keys: [String], _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        if match.part != "detail", match.holdsForEmpty(keys) {
            throw SieveObstacle(
                test.line, "`\(test.name)` that the empty text passes", "ask `\(fact) exists`, or leave it out")
        }
        switch match.part {
        case "domain": return try match.condition("\(fact).domain", keys, guarded: fact, line: test.line)
        case "localpart": return try match.condition("\(fact).local", keys, guarded: fact, line: test.line)
        case "detail": return try match.condition("\(fact).detail", keys, guarded: "\(fact).detail", line: test.line)
        case "user": return try user(fact, match, keys, test)
        default: break
        }
        if case .equal = match.kind, let key = keys.first(where: { !isAddress($0) }) {
            throw SieveObstacle(test.line, "`\(test.name)` with \"\(key)\"", "that is no address, so it never matches")
        }
        return try match.condition(fact, keys, guarded: fact, line: test.line)
    }

    /// What stands before the first `+` of the local part (RFC 5233).
    private func user(
        _ fact: String, _ match: SieveMatch, _ keys: [String], _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        guard case .equal = match.kind, !match.isNumeric else {
            throw SieveObstacle(
                test.line, "`:user` other than `:is`", "policies have the whole local part, `\(fact).local`")
        }
        let exactly = match.ignoresCase ? "" : "exactly "
        // A text with a `+` is no user.
        let users = keys.filter { !$0.contains("+") }
        if users.isEmpty { return .not(.test("recipient exists", guarded: nil)) }
        return .or([
            try match.condition("\(fact).local", users, guarded: fact, line: test.line),
            .test("\(fact).local starts with \(exactly)\(PolicyWord.choice(users.map { $0 + "+" }))", guarded: fact),
        ])
    }

    private func envelope(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try addresses(test)
        let (names, keys) = try lists(match, test)
        if case .count(let order) = match.kind {
            guard names.allSatisfy({ $0.lowercased() == "from" }) else {
                throw SieveObstacle(
                    test.line, "`envelope :count` of \(names.joined(separator: ", "))",
                    "a script sees one recipient, so that is 1; a policy knows all: `count of recipients > 20`")
            }
            return try SieveCount.condition(of: names.map { _ in "sender" }, order, keys, match, test)
        }
        return try PolicyCondition.any(names) { name throws(SieveObstacle) in
            switch name.lowercased() {
            case "from":
                return try sender(match, keys, test)
            case "to":
                let condition = try mailbox("recipient", match, keys, test)
                // A recipient is never absent.
                if case .test(let text, guarded: "recipient") = condition { return .test(text, guarded: nil) }
                return condition
            default:
                throw SieveObstacle(test.line, "`envelope` part \(name)", "the envelope has from and to")
            }
        }
    }

    /// The null reverse path is compared as the empty text whatever part is asked for (RFC 5228, section 5.4); here it
    /// is an absent sender.
    private func sender(
        _ match: SieveMatch, _ keys: [String], _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        let none = PolicyCondition.not(.test("sender exists", guarded: nil))
        if match.holdsForEmpty(keys) {
            // An address need not have a detail.
            return match.part == "detail"
                ? .or([none, try mailbox("sender", match, keys, test)]) : .test("recipient exists", guarded: nil)
        }
        switch match.kind {
        case .equal where keys.contains(""), .wildcard where keys.contains(""):
            let others = keys.filter { !$0.isEmpty }
            return others.isEmpty ? none : .or([none, try mailbox("sender", match, others, test)])
        default: return try mailbox("sender", match, keys, test)
        }
    }

    // MARK: The rest

    private func exists(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: [])
        guard match.lists.count == 1, let names = match.lists.first, !names.isEmpty else {
            throw SieveObstacle(test.line, "`exists`", "it takes one list, of names")
        }
        var all: [PolicyCondition] = []
        for name in names { all.append(.test("\(try fact(field: name, test)) exists", guarded: nil)) }
        return all.count == 1 ? all[0] : .and(all)
    }

    private func size(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: ["over", "under"])
        guard match.numbers.count == 1, match.tags.count == 1, let bytes = match.numbers.first,
            let tag = match.tags.first
        else {
            throw SieveObstacle(test.line, "`size`", "it takes `:over` or `:under` and a number")
        }
        return .test("message.size \(tag == "over" ? ">" : "<") \(PolicyWord.size(bytes))", guarded: nil)
    }

    private func body(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: ["raw", "text", "content"])
        guard match.lists.count == 1, let keys = match.lists.first, !keys.isEmpty else {
            throw SieveObstacle(test.line, "`body`", "it takes a list of keys")
        }
        if let content = match.tagTexts["content"], content != ["text"] {
            throw SieveObstacle(test.line, "`body :content`", "only text is read here; see `any file where (text …)`")
        }
        if match.tags.contains("raw") {
            throw SieveObstacle(test.line, "`body :raw`", "policies see bodies decoded, never as they were transferred")
        }
        if match.holdsForEmpty(keys) {
            throw SieveObstacle(test.line, "`body` that the empty text passes", "every body does; leave the test out")
        }
        return try PolicyCondition.any(["body.text", "body.html"]) { fact throws(SieveObstacle) in
            try match.condition(fact, keys, guarded: fact, line: test.line)
        }
    }

    private static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// The hour and the weekday of arrival (RFC 5260).
    private func time(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: [])
        guard test.name == "currentdate", match.lists.count == 2, match.lists[0].count == 1, !match.lists[1].isEmpty,
            let part = match.lists[0].first?.lowercased()
        else {
            throw SieveObstacle(
                test.line, "`\(test.name)`", "only the time of arrival can be tested: `received-at.hour`")
        }
        let keys = match.lists[1]
        // An hour is two digits (RFC 5260, section 4.2) and compared as a text, where `9` is another one, and above `18`.
        if part == "hour", !match.isNumeric, let key = keys.first(where: { $0.utf8.count != 2 }) {
            throw SieveObstacle(
                test.line, "the hour \(PolicyText.quoted(key))", "Sieve compares two digits: write \"09\" for 9")
        }
        switch (part, match.kind) {
        case ("weekday", .equal):
            let days = keys.compactMap { key in (0..<7).first { String($0) == key }.map { Self.weekdays[$0] } }
            guard days.count == keys.count else { break }
            let choice = days.count == 1 ? days[0] : "any of (\(days.joined(separator: ", ")))"
            return .test("received-at.weekday is \(choice)", guarded: nil)
        case ("hour", .value(let order)):
            guard keys.count == 1, let hour = Self.hour(keys[0]) else { break }
            return try SieveMatch.ordered("received-at.hour", order, hour, guarded: nil, line: test.line)
        case ("hour", .equal):
            let hours = keys.compactMap { Self.hour($0) }
            guard hours.count == keys.count else { break }
            let choice = hours.count == 1 ? "\(hours[0])" : "any of (\(hours.map(String.init).joined(separator: ", ")))"
            return .test("received-at.hour is \(choice)", guarded: nil)
        default: break
        }
        throw SieveObstacle(test.line, "`currentdate` by \(part)", "policies know the hour and the weekday of arrival")
    }

    private static func hour(_ key: String) -> Int64? {
        guard key.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let hour = Int64(key), hour < 24 else { return nil }
        return hour
    }

    /// RFC 5235: 1 is clean, 3 and above are found or likely.
    private func virus(_ test: SieveTest) throws(SieveObstacle) -> PolicyCondition {
        let match = try SieveMatch(test, taking: [])
        let level = match.lists.count == 1 && match.lists[0].count == 1 ? Int(match.lists[0][0]) : nil
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
