import ArgumentParser
import Foundation
import Settings

/// Says what is wrong with a file of settings, before it counts.
struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config", abstract: "Say everything that is wrong with the settings.",
        discussion: """
            Warnings do not change the status: 0 for settings that count, 1 for faulty ones.

            Example: lazaretd check-config --config /etc/lazaret/lazaretd.toml
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
    }

    private struct Answer: Encodable {
        struct Entry: Encodable {
            var path: String
            var line: Int?
            var column: Int?
            var cause: String
            var cure: String

            init(_ fault: ConfigurationFault) {
                path = fault.path
                line = fault.line
                column = fault.column
                cause = fault.cause
                cure = fault.cure
            }
        }

        var good: Bool
        var faults: [Entry]
        var warnings: [Entry]
        var listeners: [String]
    }

    @OptionGroup var source: SettingsSource

    @Option(help: "text for people, json for programs.")
    var format: Format = .text

    func run() throws {
        let reading = source.read()
        switch format {
        case .text:
            for fault in reading.faults { StandardStreams.say("error: \(fault)") }
            for warning in reading.warnings { StandardStreams.say("warning: \(warning)") }
            StandardStreams.say("\(source.name): \(Self.summary(reading))")
        case .json:
            StandardStreams.say(try Self.json(reading))
        }
        if reading.settings == nil { throw DaemonFailure(.faulty) }
    }

    private static func summary(_ reading: RelayFile.Reading) -> String {
        var words: [String] = []
        if !reading.faults.isEmpty { words.append(count(reading.faults.count, "error")) }
        if !reading.warnings.isEmpty { words.append(count(reading.warnings.count, "warning")) }
        if let settings = reading.settings {
            words.append(
                "good; listens at " + settings.relay.listeners.map(\.address.description).joined(separator: ", "))
        }
        return words.joined(separator: ", ")
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    private static func json(_ reading: RelayFile.Reading) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(
            good: reading.settings != nil, faults: reading.faults.map { .init($0) },
            warnings: reading.warnings.map { .init($0) },
            listeners: reading.settings?.relay.listeners.map(\.address.description) ?? [])
        return String(decoding: try encoder.encode(answer), as: UTF8.self)
    }
}
