import Diagnostics

/// Turns tests of the parts' own fields (RFC 5703, section 4) into tests of parts.
///
/// Such a test compares the field's whole text, parameters and all, unless an option names a piece of it. Policies know
/// some pieces only, so a test of another one, or of the whole, is no test of these.
struct SievePartTranslation {
    private let test: SieveTest
    private let match: SieveMatch
    /// `type`, `subtype`, `contenttype` or `param`; `nil` for the whole field.
    private let option: String?

    init(_ test: SieveTest, _ match: SieveMatch) throws(SieveObstacle) {
        guard match.tags.contains("anychild") else {
            throw SieveObstacle(test.line, "`:mime` without `:anychild`", "write a condition on `any part where (…)`")
        }
        let options = match.tags.filter { !["mime", "anychild"].contains($0) } + match.tagTexts.keys
        guard options.count <= 1 else {
            throw SieveObstacle(test.line, "`:mime` with several options", "one piece of a field is compared")
        }
        self.test = test
        self.match = match
        option = options.first
    }

    /// - Throws: `SieveObstacle` for what has no meaning in a policy.
    func condition(_ names: [String], _ keys: [String]) throws(SieveObstacle) -> PolicyCondition {
        let inside = try PolicyCondition.any(names) { name throws(SieveObstacle) in
            let parameter = match.tagTexts["param"]?.map { $0.lowercased() } ?? []
            switch (name.lowercased(), option) {
            case ("content-type", "type"?), ("content-type", "subtype"?):
                return try half(keys)
            case ("content-type", "contenttype"?):
                return try match.condition("declared-type", keys, guarded: "declared-type", line: test.line)
            case ("content-type", "param"?) where parameter == ["name"],
                ("content-disposition", "param"?) where parameter == ["filename"]:
                return try match.condition("name", keys, guarded: "name", line: test.line)
            case ("content-type", nil):
                throw obstacle(
                    name, "the whole field is compared, parameters too: say `:contenttype` or `:param \"name\"`")
            case ("content-disposition", "param"?), ("content-type", "param"?):
                throw obstacle(name, "of the parameters policies know the file's name")
            case ("content-disposition", _):
                throw obstacle(
                    name, "write `count of attachments > 0`, or say `:param \"filename\"` where the name is meant")
            case ("content-id", nil):
                return try match.condition("content-id", try identifiers(keys), guarded: "content-id", line: test.line)
            default:
                throw obstacle(name, "parts have name, declared-type and content-id")
            }
        }
        return .test("any part where (\(inside.written()))", guarded: nil)
    }

    private func obstacle(_ name: String, _ why: String) -> SieveObstacle {
        let option = option.map { " with `:\($0)`" } ?? ""
        return SieveObstacle(test.line, "`:mime` test of \(name)\(option)", why)
    }

    /// One half of the media type; it has no capitals that count.
    private func half(_ keys: [String]) throws(SieveObstacle) -> PolicyCondition {
        guard case .equal = match.kind, match.ignoresCase, !match.isNumeric, !keys.contains("") else {
            throw obstacle("Content-Type", "half a type is compared by `:is`; say `:contenttype`")
        }
        return try PolicyCondition.any(keys) { key throws(SieveObstacle) in
            .test(
                option == "type"
                    ? "declared-type starts with \(PolicyText.quoted(key + "/"))"
                    : "declared-type ends with \(PolicyText.quoted("/" + key))",
                guarded: "declared-type")
        }
    }

    /// The field has angle brackets, the fact has none.
    private func identifiers(_ keys: [String]) throws(SieveObstacle) -> [String] {
        switch match.kind {
        case .equal where keys.allSatisfy { $0.count > 2 && $0.hasPrefix("<") && $0.hasSuffix(">") }:
            return keys.map { String($0.dropFirst().dropLast()) }
        case .contains where !keys.contains(where: { $0.contains("<") || $0.contains(">") }):
            return keys
        default:
            throw obstacle("Content-ID", "`content-id` has no angle brackets: write it by `:is \"<…>\"` or `:contains`")
        }
    }
}
