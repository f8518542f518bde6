import Diagnostics
import Foundation
import Syntax

/// `Grammar/lazaret.ebnf` as data, and what a text reaches of it.
///
/// The recogniser knows nothing of the parser: it derives the text from the grammar page alone, so that a form which the
/// parser takes and the page lacks is found out.
final class GrammarPage {
    indirect enum Node {
        case word(String)
        case token(String)
        case production(String)
        /// Numbered, so that each can be counted.
        case choice([(number: Int, sequence: [Node])])
        case option(number: Int, Node)
        case repetition(Node)
    }

    enum Terminal: Equatable {
        case text
        case regex
        case number
        case date
        case unit(String)
        case word(String)
    }

    private(set) var productions: [String: Node] = [:]
    /// What each number stands for, as the page writes it.
    private(set) var alternatives: [Int: String] = [:]
    /// Words that the parser takes for no name.
    private var reserved: Set<String> = []

    init(_ text: String) {
        for line in text.replacing("\n            ", with: " ").split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            let name = line[..<equals].trimmingCharacters(in: .whitespaces)
            var pieces = line[line.index(after: equals)...].matches(of: /"[^"]*"|[A-Za-z-]+|[|{}()\[\];]/)
                .map { String($0.output) }[...]
            productions[name] = choice(&pieces, of: name)
        }
        reserved = Set(text.matches(of: /"([a-z][^"]*)"/).map { String($0.output.1) }).filter { word in
            !Parser.parse(file: SourceFile(path: "", text: "group \(word) {}")).diagnostics.isEmpty
        }
    }

    // MARK: Reading the page

    private func choice(_ pieces: inout ArraySlice<String>, of name: String) -> Node {
        var sequences: [(number: Int, sequence: [Node])] = []
        repeat {
            var sequence: [Node] = []
            let start = pieces
            while let next = pieces.first, !["|", "}", ")", "]", ";"].contains(next) {
                sequence.append(item(&pieces, of: name))
            }
            let number = alternatives.count
            alternatives[number] = "\(name): \(start.prefix(start.count - pieces.count).joined(separator: " "))"
            sequences.append((number, sequence))
        } while take("|", &pieces)
        return .choice(sequences)
    }

    private func item(_ pieces: inout ArraySlice<String>, of name: String) -> Node {
        let piece = pieces.removeFirst()
        switch piece {
        case "{", "[":
            let inner = choice(&pieces, of: name)
            pieces.removeFirst()
            if piece == "{" { return .repetition(inner) }
            let number = alternatives.count
            alternatives[number] = "\(name): [ … ] left out"
            return .option(number: number, inner)
        case "(":
            let inner = choice(&pieces, of: name)
            pieces.removeFirst()
            return inner
        case _ where piece.hasPrefix("\""): return .word(String(piece.dropFirst().dropLast()))
        case _ where piece == piece.uppercased(): return .token(piece)
        default: return .production(piece)
        }
    }

    private func take(_ mark: String, _ pieces: inout ArraySlice<String>) -> Bool {
        guard pieces.first == mark else { return false }
        pieces.removeFirst()
        return true
    }

    // MARK: Deriving a text

    private var tokens: [Terminal] = []
    private var known: [Key: Set<Int>] = [:]

    private struct Key: Hashable {
        let name: String
        let start: Int
    }

    /// The numbers of the alternatives that a derivation of the text takes; `nil` where the page does not derive it.
    func reached(by text: String) -> Set<Int>? {
        tokens = Self.tokens(of: text)
        known = [:]
        guard ends(.production("file"), 0).contains(tokens.count) else { return nil }
        var found: Set<Int> = []
        trace(.production("file"), 0, tokens.count, &found)
        return found
    }

    private func ends(_ node: Node, _ start: Int) -> Set<Int> {
        switch node {
        case .word(let word): return at(start) == .word(word) ? [start + 1] : []
        case .token(let name): return matches(name, at(start)) ? [start + 1] : []
        case .production(let name):
            let key = Key(name: name, start: start)
            if let known = known[key] { return known }
            let found = productions[name].map { ends($0, start) } ?? []
            known[key] = found
            return found
        case .choice(let sequences):
            return sequences.reduce(into: []) { $0.formUnion(ends($1.sequence[...], start)) }
        case .option(_, let inner): return ends(inner, start).union([start])
        case .repetition(let inner):
            var all: Set<Int> = [start]
            var new: Set<Int> = [start]
            while !new.isEmpty {
                new = new.reduce(into: Set<Int>()) { $0.formUnion(ends(inner, $1)) }.subtracting(all)
                all.formUnion(new)
            }
            return all
        }
    }

    private func ends(_ sequence: ArraySlice<Node>, _ start: Int) -> Set<Int> {
        guard let first = sequence.first else { return [start] }
        return ends(first, start).reduce(into: []) { $0.formUnion(ends(sequence.dropFirst(), $1)) }
    }

    /// Notes one derivation of the tokens between two places.
    private func trace(_ node: Node, _ start: Int, _ end: Int, _ found: inout Set<Int>) {
        switch node {
        case .word, .token: break
        case .production(let name):
            if let node = productions[name] { trace(node, start, end, &found) }
        case .choice(let sequences):
            guard let one = sequences.first(where: { ends($0.sequence[...], start).contains(end) }) else { return }
            found.insert(one.number)
            trace(one.sequence[...], start, end, &found)
        case .option(let number, let inner):
            if start == end { found.insert(number) } else { trace(inner, start, end, &found) }
        case .repetition(let inner):
            if start == end { return }
            for middle in ends(inner, start).sorted()
            where middle > start && ends(node, middle).contains(end) {
                trace(inner, start, middle, &found)
                if middle < end { trace(node, middle, end, &found) }
                return
            }
        }
    }

    private func trace(_ sequence: ArraySlice<Node>, _ start: Int, _ end: Int, _ found: inout Set<Int>) {
        guard let first = sequence.first else { return }
        let rest = sequence.dropFirst()
        guard let middle = ends(first, start).sorted().first(where: { ends(rest, $0).contains(end) }) else { return }
        trace(first, start, middle, &found)
        trace(rest, middle, end, &found)
    }

    private func at(_ index: Int) -> Terminal? { index < tokens.count ? tokens[index] : nil }

    private func matches(_ name: String, _ terminal: Terminal?) -> Bool {
        switch (name, terminal) {
        case ("TEXT", .text), ("REGEX", .regex), ("NUMBER", .number), ("DATE", .date), ("UNIT", .unit): true
        case ("NAME", .word(let word)): word.first?.isLetter == true && !word.contains(".") && !reserved.contains(word)
        case ("PATH", .word(let word)): word.first?.isLetter == true && !reserved.contains(word)
        default: false
        }
    }

    private static let units: Set<String> = [
        "B", "KB", "MB", "GB", "KiB", "MiB", "GiB", "second", "seconds", "minute", "minutes", "hour", "hours", "day",
        "days", "week", "weeks",
    ]

    private static func tokens(of source: String) -> [Terminal] {
        let pattern =
            /"""(?:[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"|\/(?:\\.|[^\/\\\n])+\/[a-z]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+(?:\.[0-9]+)?|[A-Za-z][A-Za-z0-9.\-]*|<=|>=|[<>=(){},\-]|#[^\n]*/
        return source.matches(of: pattern).compactMap { match in
            let text = String(match.output)
            if text.hasPrefix("#") { return nil }
            if text.hasPrefix("\"") { return .text }
            if text.hasPrefix("/") { return .regex }
            if text.contains(/^[0-9]{4}-[0-9]{2}-/) { return .date }
            if text.first?.isNumber == true { return .number }
            return units.contains(text) ? .unit(text) : .word(text)
        }
    }
}
