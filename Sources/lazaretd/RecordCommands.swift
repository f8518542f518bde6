import ArgumentParser
import Foundation
import Quarantine

/// What became of mail.
struct TrackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track", abstract: "What became of mail, a line for each recipient, the latest first.",
        discussion: "Example: lazaretd track --config /etc/lazaret/lazaretd.toml")

    @OptionGroup var source: SettingsSource
    @Option(help: "Of one organisation only.") var organisation: String?
    @Option(help: "At most so many.") var limit = 50

    func run() async throws {
        let records = try await source.withStore { try await $0.tracks(organisation: organisation, limit: limit) }
        for record in records {
            let words = [
                HeldLines.time(record.time), record.messageID, record.organisation, "<\(record.reversePath)>",
                "<\(record.recipient)>", record.outcome.rawValue, record.reply,
                record.rules.isEmpty ? "" : "rules: \(record.rules.joined(separator: ", "))",
            ]
            StandardStreams.say(words.filter { !$0.isEmpty }.map(HeldLines.printable).joined(separator: "  "))
        }
    }
}

/// The trail of what people did.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Verify or export the trail of what people did.",
        subcommands: [Verify.self, Export.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whether every line is as it was written; status 1 where one is not.")

        @OptionGroup var source: SettingsSource

        func run() async throws {
            switch try await source.withStore({ try await $0.verifyAudit() }) {
            case .intact(let lines, let last):
                StandardStreams.say("intact: \(lines) lines" + (last.map { ", the last \($0.hex)" } ?? ""))
            case .broken(let line):
                throw DaemonFailure(.faulty, "the audit trail is broken at line \(line)")
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every line as a JSON object.")

        @OptionGroup var source: SettingsSource

        private struct Line: Encodable {
            var number: Int64
            var time: String
            var actor: String
            var organisation: String?
            var act: String
            var subject: String
            var detail: String
            var digest: String
        }

        private static let page = 500

        func run() async throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try await source.withStore { store in
                var last: Int64 = 0
                while true {
                    let entries = try await store.auditEntries(after: last, limit: Self.page)
                    guard let end = entries.last else { return }
                    for entry in entries {
                        let line = Line(
                            number: entry.id, time: HeldLines.time(entry.time), actor: entry.act.actor,
                            organisation: entry.act.organisation, act: entry.act.act, subject: entry.act.subject,
                            detail: entry.act.detail, digest: entry.digest.hex)
                        StandardStreams.say(String(decoding: try encoder.encode(line), as: UTF8.self))
                    }
                    last = end.id
                }
            }
        }
    }
}

extension SettingsSource {
    /// Opens the store that the settings name.
    ///
    /// - Throws: `DaemonFailure` where settings are faulty, the store cannot be had, or what is asked for is not there.
    func withStore<Answer>(_ act: (SQLiteMailStore) async throws -> Answer) async throws -> Answer {
        let reading = read()
        guard let settings = reading.settings else {
            for fault in reading.faults { StandardStreams.complain("lazaretd: \(fault)") }
            throw DaemonFailure(.faulty)
        }
        do {
            return try await act(try SQLiteMailStore(folder: settings.store.folder))
        } catch let fault as StoreFault {
            throw DaemonFailure(fault.code == .missing ? .faulty : .environment, fault.reason)
        }
    }
}
