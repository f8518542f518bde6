import Vocabulary

extension Explanation {
    /// The notices that are written because of a mail, whole, those that nobody gets, and the texts of disclaimers.
    func lines(_ correspondence: Correspondence, _ envelope: Envelope) -> [String] {
        var lines: [String] = []
        for notice in correspondence.notices {
            lines += ["", title(of: notice)]
            lines += Self.quoted(Self.header(of: notice) + [""] + Self.lines(of: notice.text))
        }
        for disclaimer in correspondence.disclaimers {
            let recipients = disclaimer.recipients.map(Shown.text).joined(separator: ", ")
            let head = "disclaimer \(disclaimer.template) (rule \(disclaimer.rule), \(disclaimer.language))"
            lines += ["", paint(head, .bold) + " for \(recipients)"]
            lines += Self.quoted(Self.lines(of: disclaimer.text))
        }
        if !correspondence.unwritten.isEmpty { lines.append("") }
        for notice in correspondence.unwritten {
            lines.append(
                "no notice to \(Shown.text(notice.role)) (rule \(notice.rule)): \(notice.cause.phrase)")
        }
        // A direction that was guessed from the mail's own fields, which anyone can write, proves no sender.
        let isUnproven = correspondence.unwritten.contains { $0.cause == .unauthenticated }
        if isUnproven, envelope.guessed.contains("direction") {
            lines.append("  (the direction is guessed; tell the origin by --authenticated, --client-ip or --direction)")
        }
        if lines.isEmpty { lines = ["", "no notice is written"] }
        return lines
    }

    private func title(of notice: WrittenNotice) -> String {
        let role = notice.role == notice.address ? "" : ", \(notice.role)"
        let words = notice.template ?? "built-in words"
        return paint("notice", .bold) + " to \(Shown.text(notice.address))"
            + " (rule \(notice.rule)\(role), \(words), \(notice.language)): "
            + paint(Shown.text(notice.subject), .cyan)
    }

    /// The fields as they are sent; how the body is encoded says the last of them, and readers see what follows.
    private static func header(of notice: WrittenNotice) -> [String] {
        var lines: [String] = []
        // CR LF is one character.
        for line in notice.message.split(separator: "\r\n", omittingEmptySubsequences: false) {
            if line.isEmpty { break }
            lines.append(String(line))
        }
        return lines
    }

    private static func lines(of text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private static func quoted(_ lines: [String]) -> [String] {
        lines.map { $0.isEmpty ? "  |" : "  | " + Shown.text($0) }
    }
}

extension DryRunJSON {
    /// What a mail's object says of notices and disclaimers.
    static func members(of correspondence: Correspondence) -> [(String, OrderedJSON)] {
        [
            ("notices", .list(correspondence.notices.map(notice))),
            (
                "unwritten",
                .list(
                    correspondence.unwritten.map {
                        .object([
                            ("rule", .string($0.rule)), ("role", .string($0.role)),
                            ("cause", .string($0.cause.rawValue)),
                        ])
                    })
            ),
            ("disclaimers", .list(correspondence.disclaimers.map(disclaimer))),
        ]
    }

    private static func notice(_ notice: WrittenNotice) -> OrderedJSON {
        .object([
            ("role", .string(notice.role)), ("address", .string(notice.address)), ("rule", .string(notice.rule)),
            ("template", .optional(notice.template)), ("language", .string(notice.language)),
            ("messageID", .string(notice.messageID)), ("subject", .string(notice.subject)),
            ("text", .string(notice.text)), ("message", .string(notice.message)),
        ])
    }

    private static func disclaimer(_ disclaimer: WrittenDisclaimer) -> OrderedJSON {
        .object([
            ("recipients", .strings(disclaimer.recipients)), ("rule", .string(disclaimer.rule)),
            ("template", .string(disclaimer.template)), ("language", .string(disclaimer.language)),
            ("text", .string(disclaimer.text)), ("html", .string(disclaimer.html)),
        ])
    }
}
