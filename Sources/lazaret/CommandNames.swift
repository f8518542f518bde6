import ArgumentParser
import Diagnostics

/// What to say of a word that stands where a command is due and is none.
enum CommandNames {
    /// What other tools call a job that is done here under another name.
    private static let elsewhere = [
        "fix": "check --fix", "lint": "check", "validate": "check", "format": "fmt",
        "build": "compile", "run": "dry-run", "try": "dry-run", "disassemble": "disasm", "new": "init",
    ]

    /// The complaint, `nil` where every word that must be a command is one. After `help` and after a command of
    /// commands another one follows.
    static func complaint(_ arguments: [String], of root: CommandConfiguration) -> String? {
        var words = arguments[...]
        if words.first == "help" { words.removeFirst() }
        var command = root
        var path: [String] = []
        while let word = words.popFirst(), !word.hasPrefix("-"), !command.subcommands.isEmpty {
            if path.isEmpty, word == "help" { return nil }
            if let next = command.subcommands.first(where: { $0._commandName == word }) {
                command = next.configuration
                path.append(word)
                continue
            }
            let names = command.subcommands.map { $0._commandName } + (path.isEmpty ? ["help"] : [])
            let nearest = (path.isEmpty ? elsewhere[word] : nil) ?? Nearest.to(word, among: names)?.name
            let before = (["lazaret"] + path).joined(separator: " ")
            let advice = nearest.map { "did you mean `\(before) \($0)`?" } ?? "`\(before) --help` lists them all"
            return "there is no command `\((path + [word]).joined(separator: " "))`; \(advice)"
        }
        return nil
    }
}
