import ArgumentParser
import Foundation
import Glibc
import Quarantine

/// Acts on held mail, each written into the audit trail.
struct HeldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "Show, release or delete mail that is held.",
        discussion: """
            The relay may be running: a released mail is sent by it within seconds.

            Example: lazaretd held release 17 --config /etc/lazaret/lazaretd.toml
            """,
        subcommands: [List.self, Show.self, Release.self, Delete.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What is held, the latest first.")

        @OptionGroup var source: SettingsSource
        @Option(help: "Of one organisation only.") var organisation: String?
        @Option(help: "Of one area only.") var area: String?
        @Option(help: "At most so many.") var limit = 50

        func run() async throws {
            let mails = try await source.withStore { store in
                try await store.heldMails(organisation: organisation, area: area, after: nil, limit: limit)
            }
            if mails.isEmpty { return StandardStreams.say("nothing is held") }
            for mail in mails { StandardStreams.say(HeldLines.line(mail)) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One mail: why it is held, and for whom.")

        @OptionGroup var source: SettingsSource
        @Argument(help: "Its number.") var id: Int64

        func run() async throws {
            let mail = try await source.withStore { try await $0.heldMail(id, organisation: nil) }
            StandardStreams.say(HeldLines.page(mail))
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a mail on, as it came.",
            discussion: "It goes to all whom it is held for, or to those that are named.")

        @OptionGroup var source: SettingsSource
        @Argument(help: "Its number.") var id: Int64
        @Option(name: .customLong("to"), help: "One of its recipients; may be said several times.")
        var recipients: [String] = []

        func run() async throws {
            let released = try await source.withStore { store in
                try await store.release(
                    id, organisation: nil, recipients: recipients.isEmpty ? nil : recipients, by: Actor.name,
                    now: Int64(Date().timeIntervalSince1970))
            }
            for recipient in released { StandardStreams.say("queued for \(recipient.mailbox)") }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a mail away for all whom it is held for.")

        @OptionGroup var source: SettingsSource
        @Argument(help: "Its number.") var id: Int64

        func run() async throws {
            let mail = try await source.withStore { store in
                try await store.delete(
                    id, organisation: nil, by: Actor.name, now: Int64(Date().timeIntervalSince1970))
            }
            StandardStreams.say("deleted \(mail.id)")
        }
    }
}

/// Who acts at the command line, for the audit trail.
enum Actor {
    /// The account's name, and the one behind `sudo`.
    static var name: String {
        let environment = ProcessInfo.processInfo.environment
        let account = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
        return "command line: " + (environment["SUDO_USER"].map { "\($0) as \(account)" } ?? account)
    }
}

/// Held mail as lines for people. What senders chose cannot steer a terminal.
enum HeldLines {
    static func line(_ mail: HeldMail) -> String {
        let recipients = mail.recipients.map { "\($0.recipient.mailbox) \($0.state.rawValue)" }
        return [
            "\(mail.id)", time(mail.heldAt), mail.message.organisation, mail.area,
            mail.message.transaction.reversePath.description, recipients.joined(separator: ", "), mail.message.subject,
        ].map(printable).joined(separator: "  ")
    }

    static func page(_ mail: HeldMail) -> String {
        var lines = [
            line(mail), "from      \(mail.message.author)", "size      \(mail.message.size) bytes",
            "kept till \(time(mail.keptUntil))",
        ]
        if let expiry = mail.expiry { lines.append("then      \(expiry.disposition) at \(time(expiry.at))") }
        if mail.hasVirus { lines.append("virus     an engine found one") }
        for reason in mail.reasons { lines += ["because   \(reason.text)"] + reason.evidence.map { "          \($0)" } }
        if !mail.message.attachments.isEmpty {
            lines.append("files     \(mail.message.attachments.joined(separator: ", "))")
        }
        return lines.map(printable).joined(separator: "\n")
    }

    static func time(_ seconds: Int64) -> String {
        Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
    }

    static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isPlain($0) ? $0 : "\u{FFFD}" }))
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
