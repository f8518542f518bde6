import ArgumentParser
import Diagnostics

/// What to say of a first word that is no command.
enum CommandNames {
    /// What other tools call a job that is done here under another name.
    private static let elsewhere = [
        "fix": "check --fix", "lint": "check", "validate": "check", "verify": "check", "format": "fmt",
        "build": "compile", "run": "dry-run", "try": "dry-run", "disassemble": "disasm", "new": "init",
    ]

    /// The complaint, `nil` where the first argument is a command or an option.
    static func complaint(_ arguments: [String], of root: CommandConfiguration) -> String? {
        guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
        let names = root.subcommands.map { $0._commandName } + ["help"]
        if names.contains(word) { return nil }
        let meant = elsewhere[word] ?? Nearest.to(word, among: names)?.name
        let advice = meant.map { "did you mean `lazaret \($0)`?" } ?? "`lazaret help` lists them all"
        return "there is no command `\(word)`; \(advice)"
    }
}
