/// Variables (RFC 5229): with the extension required, `${name}` and `${1}` in a text stand for what only a run of the
/// script knows.
enum SieveVariables {
    /// Whether a script requires the extension; without it `${x}` is five characters like any others.
    static func areRequired(by commands: [SieveCommand]) -> Bool {
        commands.contains { $0.name == "require" && texts($0.arguments).contains { $0.lowercased() == "variables" } }
    }

    /// The first reference in the arguments, as written.
    static func reference(in arguments: [SieveArgument]) -> String? {
        texts(arguments).lazy.compactMap(reference).first
    }

    /// The first test, of one and those in it, that has a reference. Tests nest within the parser's bound.
    static func reference(in test: SieveTest) -> (line: Int, text: String)? {
        if let text = reference(in: test.arguments) { return (test.line, text) }
        return test.tests.lazy.compactMap(reference).first
    }

    private static func texts(_ arguments: [SieveArgument]) -> [String] {
        arguments.flatMap { argument -> [String] in if case .texts(let texts) = argument { texts } else { [] } }
    }

    private static func reference(_ text: String) -> String? {
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            let inner = rest[start.upperBound...].prefix { character in
                character.isASCII && (character.isLetter || character.isNumber || "_.".contains(character))
            }
            if !inner.isEmpty, rest[inner.endIndex...].first == "}" { return "${\(inner)}" }
            rest = rest[start.upperBound...]
        }
        return nil
    }
}
