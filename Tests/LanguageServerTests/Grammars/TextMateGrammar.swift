import Foundation

/// Colours text by a TextMate grammar as editors do, as far as ours goes: `match`, `begin`/`end`, `captures`, `include`.
/// Foundation's expressions stand in for Oniguruma's; the grammar uses nothing in which they differ.
final class TextMateGrammar {
    private final class Rule {
        let name: String?
        let match: NSRegularExpression?
        let begin: NSRegularExpression?
        let end: NSRegularExpression?
        let captures: [Int: String]
        let patterns: [[String: Any]]

        init(_ object: [String: Any]) throws {
            func expression(_ key: String) throws -> NSRegularExpression? {
                try (object[key] as? String).map { try NSRegularExpression(pattern: $0) }
            }
            name = object["name"] as? String
            match = try expression("match")
            begin = try expression("begin")
            end = try expression("end")
            var captures: [Int: String] = [:]
            for (number, capture) in object["captures"] as? [String: [String: Any]] ?? [:] {
                if let number = Int(number), let name = capture["name"] as? String { captures[number] = name }
            }
            self.captures = captures
            patterns = object["patterns"] as? [[String: Any]] ?? []
        }
    }

    private let repository: [String: [String: Any]]
    private let top: [Rule]
    private var inner: [ObjectIdentifier: [Rule]] = [:]

    init(_ data: Data) throws {
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        repository = object["repository"] as? [String: [String: Any]] ?? [:]
        var rules: [Rule] = []
        try Self.flatten(object["patterns"] as? [[String: Any]] ?? [], repository, &rules)
        top = rules
    }

    private static func flatten(
        _ patterns: [[String: Any]], _ repository: [String: [String: Any]], _ rules: inout [Rule]
    ) throws {
        for pattern in patterns {
            if let include = pattern["include"] as? String {
                guard let found = repository[String(include.dropFirst())] else {
                    throw CocoaError(.keyValueValidation, userInfo: ["include": include])
                }
                try flatten([found], repository, &rules)
            } else if pattern["match"] == nil, pattern["begin"] == nil {
                try flatten(pattern["patterns"] as? [[String: Any]] ?? [], repository, &rules)
            } else {
                rules.append(try Rule(pattern))
            }
        }
    }

    private func rules(of rule: Rule?) throws -> [Rule] {
        guard let rule else { return top }
        if let known = inner[ObjectIdentifier(rule)] { return known }
        var rules: [Rule] = []
        try Self.flatten(rule.patterns, repository, &rules)
        inner[ObjectIdentifier(rule)] = rules
        return rules
    }

    /// The innermost scope at each UTF-16 offset of a text, "" where there is none.
    func scopes(of text: String) throws -> [String] {
        let whole = text as NSString
        var scopes = [String](repeating: "", count: whole.length)
        var open: Rule?
        var start = 0
        while start < whole.length {
            let line = whole.lineRange(for: NSRange(location: start, length: 0))
            var content = line
            while content.length > 0, [10, 13].contains(whole.character(at: content.upperBound - 1)) {
                content.length -= 1
            }
            try colour(whole.substring(with: content) as NSString, at: content.location, &open, &scopes)
            start = line.upperBound
        }
        return scopes
    }

    private func colour(_ line: NSString, at base: Int, _ open: inout Rule?, _ scopes: inout [String]) throws {
        func paint(_ range: NSRange, _ name: String?) {
            guard let name, range.location != NSNotFound else { return }
            for offset in range.location..<range.upperBound { scopes[base + offset] = name }
        }
        var offset = 0
        while offset <= line.length {
            let rest = NSRange(location: offset, length: line.length - offset)
            var best: (rule: Rule?, result: NSTextCheckingResult)?
            // The end comes first where both match at one place.
            if let end = open?.end?.firstMatch(in: line as String, range: rest) { best = (nil, end) }
            for rule in try rules(of: open) {
                guard let found = (rule.match ?? rule.begin)?.firstMatch(in: line as String, range: rest) else {
                    continue
                }
                if found.range.location < best?.result.range.location ?? Int.max { best = (rule, found) }
            }
            guard let (rule, result) = best else { return paint(rest, open?.name) }
            paint(NSRange(location: offset, length: result.range.location - offset), open?.name)
            paint(result.range, rule?.name ?? open?.name)
            if let rule {
                for (number, name) in rule.captures where number < result.numberOfRanges {
                    paint(result.range(at: number), name)
                }
                if rule.begin != nil { open = rule }
            } else {
                open = nil
            }
            offset = result.range.length > 0 || rule == nil ? result.range.upperBound : result.range.upperBound + 1
            if offset == line.length, rule == nil, result.range.length == 0 { return }
        }
    }
}
