import Foundation
import Message
import Testing
import Vocabulary

@testable import Inspection

/// No trick hides a content: it is inspected, or the message says that it cannot be trusted.
@Suite struct EvasionTests {
    enum Outcome: String {
        case found
        case remarked
        case missed
    }

    static let typer = try? FileTyper()

    static func outcome(_ mail: [UInt8]) throws -> (Outcome, InspectedMessage) {
        let typer = try #require(Self.typer)
        let message = InspectedMessage(mail, envelope: Envelope(), settings: InspectionSettings(), typer: typer)
        if message.tree.nodes.contains(where: { $0.bytes.contains(Bait.payload) }) { return (.found, message) }
        let isRemarked =
            message.isAmbiguous || message.isMalformed || !message.elements(of: .files).missing.isEmpty
        return (isRemarked ? .remarked : .missed, message)
    }

    static func report(_ constructions: [Construction]) throws -> (counts: [Outcome: Int], lines: [String]) {
        var counts: [Outcome: Int] = [:]
        var lines: [String] = []
        for construction in constructions {
            let (outcome, message) = try outcome(construction.mail)
            counts[outcome, default: 0] += 1
            if outcome != .found {
                let anomalies = Set(message.parsed.anomalies.map(\.name)).sorted().joined(separator: " ")
                lines.append("\(outcome.rawValue)\t\(construction.name)\t\(anomalies)")
            }
        }
        return (counts, lines)
    }

    static let kinds: [(String, [Construction])] = [
        ("encodings", EncodedBait.all), ("structures", StructuredBait.all), ("combinations", CombinedBait.all),
    ]

    @Test(arguments: kinds.indices)
    func nothingHides(kind: Int) throws {
        let (name, constructions) = Self.kinds[kind]
        let (counts, lines) = try Self.report(constructions)
        let table = lines.joined(separator: "\n")
        if let folder = ProcessInfo.processInfo.environment["EVASION_REPORT"] {
            try Self.write(name, constructions, table, to: folder)
        }
        let (found, remarked) = (counts[.found, default: 0], counts[.remarked, default: 0])
        print("\(name): \(found) of \(constructions.count) found, \(remarked) remarked")
        #expect(counts[.missed, default: 0] == 0, "\(table)")
        #expect(counts[.remarked, default: 0] * 50 <= constructions.count, "\(table)")
    }

    /// For a comparison with other readers: the mails as files, and what became of them.
    private static func write(_ name: String, _ constructions: [Construction], _ table: String, to folder: String)
        throws
    {
        let place = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (number, construction) in constructions.enumerated() {
            try Data(construction.mail).write(to: place.appendingPathComponent("\(number).eml"))
        }
        try table.write(to: place.appendingPathComponent("table.tsv"), atomically: true, encoding: .utf8)
    }
}

extension [UInt8] {
    /// Whether the bytes of `other` stand somewhere.
    func contains(_ other: [UInt8]) -> Bool {
        count >= other.count && Data(self).range(of: Data(other)) != nil
    }
}
