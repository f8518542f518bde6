import Foundation

/// The bounds that the sources declare: the numbers of every type whose name ends in `Limits`.
struct DeclaredLimit: Hashable {
    /// `Sources/Archives/Limits.swift`.
    var file: String
    /// `ArchiveLimits`.
    var type: String
    var name: String
    var value: Int

    var room: String { String(file.split(separator: "/")[1]) }

    static let all = SourceTree.shared.files.flatMap(limits)

    private static func limits(of file: SourceTree.File) -> [DeclaredLimit] {
        var found: [DeclaredLimit] = []
        var type: String?
        var depth = 0
        for line in file.code {
            let words = line.split { " :{".contains($0) }.map(String.init)
            if depth == 0, let place = words.firstIndex(where: { $0 == "struct" || $0 == "enum" }),
                words.indices.contains(place + 1), words[place + 1].hasSuffix("Limits")
            {
                type = words[place + 1]
            }
            if let type, depth == 1 { found += declared(by: line, of: type, in: file.path) }
            depth += line.count { $0 == "{" } - line.count { $0 == "}" }
            if depth == 0 { type = nil }
        }
        return found
    }

    /// A stored property with a number, or the parameters of an initializer that have one.
    private static func declared(by line: String, of type: String, in file: String) -> [DeclaredLimit] {
        let property = #/(?:let|var) (\w+)(?:: \w+)? = ([0-9_.]+(?: (?:<<|\*|\+) [0-9_]+)*)/#
        let parameter = #/(\w+): Int = ([0-9_]+(?: << [0-9_]+)?)/#
        let found: [(Substring, Substring)] =
            line.firstMatch(of: property).map { [($0.1, $0.2)] } ?? line.matches(of: parameter).map { ($0.1, $0.2) }
        return found.compactMap { name, expression in
            number(expression).map { DeclaredLimit(file: file, type: type, name: String(name), value: $0) }
        }
    }

    private static func number(_ expression: Substring) -> Int? {
        let words = expression.split(separator: " ")
        let numbers = words.compactMap { Double($0.filter { $0 != "_" }).map { Int($0) } }
        guard let first = numbers.first else { return nil }
        return numbers.dropFirst().reduce(first) { result, number in
            words.contains("<<") ? result << number : words.contains("*") ? result * number : result + number
        }
    }
}
