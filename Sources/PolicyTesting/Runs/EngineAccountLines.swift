import Vocabulary

/// What the engines said, for people and for programs.
enum EngineAccountLines {
    /// One line for each engine that was asked, and one for each reason why it gave no answer.
    static func lines(_ accounts: [EngineAccount], paint: Paint) -> [String] {
        guard !accounts.isEmpty else { return [] }
        var lines = ["", paint("engines", .bold)]
        for account in accounts {
            let state = account.state
            var words = ["  \(paint(Shown.text(state.engine), .bold)):"]
            words.append(
                !account.findings.isEmpty
                    ? paint(account.findings.map(Shown.text).joined(separator: ", "), .red)
                    : account.unknown.isEmpty ? "found nothing" : "no sure answer")
            if !account.unknown.isEmpty {
                words.append(paint("(\(account.unknown.names.joined(separator: ", ")))", .magenta))
            }
            var notes = ["asked \(account.asked) \(account.asked == 1 ? "time" : "times")"]
            if account.remembered > 0 { notes.append("\(account.remembered) remembered") }
            notes.append("\(account.elapsedMicroseconds / 1000) ms")
            if let version = state.version { notes.append(Shown.text(version)) }
            if let newest = state.newest {
                notes.append("signatures of \(CivilTime(secondsSince1970: newest))")
            }
            lines.append(words.joined(separator: " ") + paint("  " + notes.joined(separator: ", "), .faint))
            for explanation in account.explanations {
                lines.append("    " + paint(Shown.text(explanation), .magenta))
            }
        }
        return lines
    }

    static func json(_ accounts: [EngineAccount]) -> OrderedJSON {
        .list(
            accounts.map { account in
                .object([
                    ("engine", .string(account.state.engine)),
                    ("version", .optional(account.state.version)),
                    ("signaturesNewest", .optional(account.state.newest.map { Int($0) })),
                    ("asked", .number(account.asked)),
                    ("remembered", .number(account.remembered)),
                    ("elapsedMicroseconds", .number(account.elapsedMicroseconds)),
                    ("findings", .strings(account.findings)),
                    ("unknown", .strings(account.unknown.names)),
                    ("explanations", .strings(account.explanations)),
                ])
            })
    }
}
