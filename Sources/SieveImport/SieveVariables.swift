/// What stands for another text: variables (RFC 5229), `${name}` and `${1}`, which only a run of the script knows, and
/// encoded characters (RFC 5228, section 2.4.2.4), `${hex:40}`. Without its extension each is characters like any others.
struct SieveVariables {
    private let hasNames: Bool
    private let hasCodes: Bool

    init(requiredBy commands: [SieveCommand]) {
        let required = Set(
            commands.filter { $0.name == "require" }.flatMap { Self.texts($0.arguments) }.map { $0.lowercased() })
        hasNames = required.contains("variables")
        hasCodes = required.contains("encoded-character")
    }

    /// What to write in place of a reference.
    static func why(_ reference: String) -> String {
        reference.contains(":")
            ? "a policy has no codes of characters there; write the character that is meant"
            : "a policy has no variables; write the value that is meant"
    }

    /// The first reference in the arguments, as written.
    func reference(in arguments: [SieveArgument]) -> String? {
        guard hasNames || hasCodes else { return nil }
        return Self.texts(arguments).lazy.compactMap(reference).first
    }

    /// The first test, of one and those in it, that has a reference. Tests nest within the parser's bound.
    func reference(in test: SieveTest) -> (line: Int, text: String)? {
        if let text = reference(in: test.arguments) { return (test.line, text) }
        return test.tests.lazy.compactMap(reference).first
    }

    private static func texts(_ arguments: [SieveArgument]) -> [String] {
        arguments.flatMap { argument -> [String] in if case .texts(let texts) = argument { texts } else { [] } }
    }

    private func reference(_ text: String) -> String? {
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            let inner = rest[start.upperBound...].prefix { $0 != "}" && $0 != "$" }
            let isCode = ["hex:", "unicode:"].contains { inner.lowercased().hasPrefix($0) }
            let isName =
                !inner.isEmpty
                && inner.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_.".contains($0)) }
            if (isCode && hasCodes) || (isName && hasNames), rest[inner.endIndex...].first == "}" {
                return "${\(inner)}"
            }
            rest = rest[start.upperBound...]
        }
        return nil
    }
}
