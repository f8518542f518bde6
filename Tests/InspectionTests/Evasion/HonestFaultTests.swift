import Foundation
import Message
import Testing
import Vocabulary

@testable import Inspection

/// The other side of the coin: who finds a trick everywhere holds everyone's mail.
@Suite struct HonestFaultTests {
    /// 10,000 mails with small faults; fewer than one in a thousand may be called ambiguous.
    @Test func smallFaultsAreNotAmbiguous() throws {
        let typer = try FileTyper()
        var maker = HonestFaults(seed: 7)
        var ambiguous: [String: Int] = [:]
        var count = 0
        for _ in 0..<10_000 {
            let mail = maker.mail()
            let message = InspectedMessage(mail, envelope: Envelope(), settings: InspectionSettings(), typer: typer)
            guard message.isAmbiguous else { continue }
            count += 1
            ambiguous[Self.names(message), default: 0] += 1
        }
        #expect(count < 10, "\(ambiguous)")
    }

    @Test(.enabled(if: Corpus.isThere))
    func honestMailOfTheCorpusIsNotAmbiguous() throws {
        let typer = try FileTyper()
        var ambiguous: [String] = []
        var count = 0
        for row in Corpus.rows where row.path.hasPrefix("ham/") {
            count += 1
            let message = InspectedMessage(
                row.bytes, envelope: Envelope(), settings: InspectionSettings(), typer: typer)
            if message.isAmbiguous { ambiguous.append("\(row.path): \(Self.names(message))") }
        }
        #expect(count > 50 && ambiguous.isEmpty, "\(ambiguous)")
    }

    /// An ordinary mail has one view, and nothing of it is read twice.
    @Test func anOrdinaryMailHasOneView() throws {
        let mail = Samples.mail(attachments: [(name: "a.zip", type: "application/zip", bytes: Bait.payload)])
        let parsed = ParsedMessage(MessageBytes(mail))
        #expect(parsed.views.count == 1 && !parsed.isDoubtful && parsed.anomalies.isEmpty)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        #expect(message.tree.nodes.map(\.path) == ["1", "1.1", "1.2", "1.2/invoice.exe"])
    }

    private static func names(_ message: InspectedMessage) -> String {
        let own = message.parsed.anomalies.filter(\.isAmbiguous).map(\.name)
        let found = message.tree.nodes.flatMap { $0.anomalies.filter(\.isAmbiguous).map(\.sentence) }
        return Set(own + found).sorted().joined(separator: ", ")
    }
}
