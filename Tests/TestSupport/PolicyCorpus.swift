import Foundation

/// Policies that are good: every policy file below `Policies`, and the examples of the language page.
public enum PolicyCorpus {
    public struct File: Sendable {
        /// Relative to the repository.
        public let path: String
        public let text: String
    }

    public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    /// The files below `Policies`, by path.
    public static let policies: [File] = {
        let folder = root.appendingPathComponent("Policies")
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return paths.filter { $0.hasSuffix(".lazaret") }.sorted().compactMap { path in
            (try? String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)).map {
                File(path: "Policies/" + path, text: $0)
            }
        }
    }()

    /// The language page.
    public static let languagePage =
        (try? String(contentsOf: root.appendingPathComponent("docs/language.md"), encoding: .utf8)) ?? ""

    /// The fenced examples of the language page, each made a policy by what a comment before it adds.
    public static let examples: [File] = {
        let blocks = languagePage.matches(of: /(?:<!-- ((?:(?!-->)(?s:.))*) -->\n)?```\n((?:(?!```)[^\n]*\n)*)```/)
        return blocks.enumerated().map { number, block in
            File(
                path: "docs/language.md#\(number + 1)",
                text: policy(String(block.output.2), comment: String(block.output.1 ?? "")))
        }
    }()

    /// A policy that an example stands in: `in a rule` as its condition, `with: …` beside what follows.
    public static func policy(_ example: String, comment: String) -> String {
        var text = example
        if comment == "in a rule" { text = "rule example { when \(text) then defer }" }
        if comment.hasPrefix("with: ") { text += comment.dropFirst("with: ".count) + "\n" }
        if !text.hasPrefix("policy "), !text.contains("\npolicy ") {
            text += """

                policy page {
                    edition      1
                    domains      "acme.example", "*.acme.example"
                    admin        "postmaster@acme.example"
                    language     en
                    auth-servers "mx.acme.example"
                }

                """
        }
        if !text.contains("uninspectable {") { text += "uninspectable { if unknown then defer }\n" }
        return text
    }
}

/// A change of one token of a text.
public struct TokenMutation: Sendable, CustomStringConvertible {
    public let text: String
    public let description: String
}

/// Every way in which one token of a text is deleted, doubled, swapped with the next or replaced.
public struct TokenMutations: Sendable {
    /// What stands in for a token: an unknown word, keywords, brackets, literals.
    static let replacements = ["wibble", "then", "{", "}", "(", ")", "5", "\"x\"", ",", "and"]

    private let text: String
    private let places: [Range<String.Index>]

    public init(of text: String) {
        self.text = text
        let token =
            #/
            \#.* | """(?:(?!""")(?s:.))*""" | "(?:\\.|[^"\\\n])*" | /(?:\\.|[^/\\\n])+/[a-z]*
            | [A-Za-z][A-Za-z0-9.\-]* | [0-9][0-9.\-]* | <= | >= | [<>=(){},\-]
            /#
        places = text.matches(of: token).map(\.range).filter { text[$0.lowerBound] != "#" }
    }

    public var count: Int { places.count * (3 + Self.replacements.count) }

    public subscript(number: Int) -> TokenMutation {
        let kinds = 3 + Self.replacements.count
        let index = number / kinds
        let place = places[index]
        let token = text[place]
        let line = text[..<place.lowerBound].count { $0 == "\n" } + 1
        switch number % kinds {
        case 0: return mutation(place, by: "", "\(line): delete \(token)")
        case 1: return mutation(place, by: "\(token) \(token)", "\(line): double \(token)")
        case 2:
            guard index + 1 < places.count else { return mutation(place, by: "", "\(line): delete \(token)") }
            let next = places[index + 1]
            let gap = text[place.upperBound..<next.lowerBound]
            return mutation(
                place.lowerBound..<next.upperBound, by: "\(text[next])\(gap)\(token)",
                "\(line): swap \(token) and \(text[next])")
        case let other:
            let replacement = Self.replacements[other - 3]
            return mutation(place, by: replacement, "\(line): \(token) -> \(replacement)")
        }
    }

    private func mutation(_ place: Range<String.Index>, by other: String, _ what: String) -> TokenMutation {
        TokenMutation(text: text.replacingCharacters(in: place, with: other), description: what)
    }
}

/// Which mutations a run tries: a share drawn with a fixed seed. `LAZARET_MUTATIONS=50` makes it one in fifty,
/// `LAZARET_MUTATIONS=all` all of them.
public enum MutationShare {
    private static let wanted = ProcessInfo.processInfo.environment["LAZARET_MUTATIONS"]

    /// How many random inputs a test tries: ten times as many where all mutations are wanted.
    public static func rounds(_ usual: Int) -> Int { wanted == "all" ? usual * 10 : usual }

    /// Numbers below `count`, each once and in order.
    public static func numbers(below count: Int, oneIn share: Int, seed: UInt64) -> [Int] {
        let share = wanted == "all" ? 1 : wanted.flatMap { Int($0) } ?? share
        if share <= 1 || count == 0 { return Array(0..<count) }
        var state = seed
        return (0..<count).filter { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % share == 0
        }
    }
}
