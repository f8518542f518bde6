import Diagnostics
import Foundation
import Syntax
import Vocabulary

/// The grammars for editors, and the policies they are held to.
enum GrammarFiles {
    static let folder = FilesInMemory.checkout.appendingPathComponent("Grammar")

    static func data(_ path: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(path)) }

    static func text(_ path: String) throws -> String { String(decoding: try data(path), as: UTF8.self) }

    /// Every policy of the repository.
    static var policies: [String] {
        ["Policies", "Tests/SyntaxTests/Samples"].flatMap { place -> [String] in
            let folder = FilesInMemory.checkout.appendingPathComponent(place).path
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".lazaret") }.sorted().map { folder + "/" + $0 }
        }
    }

    /// Words that mean something in one place and are nobody's fact, so that they can be coloured anywhere.
    static let placeWords = LanguageWords.contextual.subtracting(FactCatalogue.rows.map(\.writtenName))
        .subtracting(Fact.allCases.map(\.rawValue))

    /// What a piece of a policy should be coloured as.
    enum Colour: String {
        case comment, text, regex, number, reserved, word
    }

    /// The pieces of a policy whose colour is beyond doubt.
    static func pieces(_ path: String) throws -> (file: SourceFile, pieces: [(lexeme: Lexeme, colour: Colour)]) {
        let file = SourceFile(path: path, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let pieces = Lexeme.all(of: file).compactMap { lexeme -> (Lexeme, Colour)? in
            switch lexeme.kind {
            case .comment: return (lexeme, .comment)
            case .text: return (lexeme, .text)
            case .regex: return (lexeme, .regex)
            case .number, .date: return (lexeme, .number)
            case .word:
                if LanguageWords.reserved.contains(lexeme.value) { return (lexeme, .reserved) }
                let isPlain = !placeWords.contains(lexeme.value) && Unit(rawValue: lexeme.value) == nil
                return isPlain ? (lexeme, .word) : nil
            case .symbol: return nil
            }
        }
        return (file, pieces)
    }

    /// Runs a program of this machine, nil where it is not here; says so.
    static func run(_ program: String, _ arguments: [String]) throws -> String? {
        let places = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        guard let place = places.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile) else {
            print("skipped: there is no \(program) on this machine")
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: place)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
