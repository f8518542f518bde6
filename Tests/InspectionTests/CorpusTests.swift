import Foundation
import Inspection
import TestSupport
import Testing
import Vocabulary

/// Every file of the corpus, read as a mail and carried as an attachment: inspected to the end, whatever it is.
@Suite struct CorpusTests {
    private static var files: [URL] {
        guard
            let walk = FileManager.default.enumerator(
                at: Corpus.folder, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false }
            .sorted { $0.path < $1.path }
    }

    @Test(.enabled(if: Corpus.isThere))
    func everyFileIsInspectedToTheEnd() throws {
        let typer = try FileTyper()
        var slow: [String] = []
        for file in Self.files {
            let bytes = [UInt8](try Data(contentsOf: file))
            for mail in [
                bytes, Samples.mail(attachments: [(file.lastPathComponent, "application/octet-stream", bytes)]),
            ] {
                let elapsed = Effort.seconds {
                    let message = InspectedMessage(
                        mail, envelope: Envelope(), settings: InspectionSettings(), typer: typer)
                    let report = message.report(withText: true)
                    #expect(!report.root.path.isEmpty)
                }
                if elapsed > 30 { slow.append("\(file.path): \(elapsed) s") }
            }
        }
        #expect(slow.isEmpty)
    }

    /// Honest and unwanted mail has links, few of them broken, and no more than a mail can hold.
    @Test(.enabled(if: Corpus.isThere))
    func linksOfRealMailAreSane() throws {
        let typer = try FileTyper()
        var (mails, linked, links, broken) = (0, 0, 0, 0)
        for file in Self.files where file.path.contains("/ham/") || file.path.contains("/spam/") {
            let message = InspectedMessage(
                [UInt8](try Data(contentsOf: file)), envelope: Envelope(), settings: InspectionSettings(), typer: typer)
            let urls = message.elements(of: .urls).elements
            mails += 1
            linked += urls.isEmpty ? 0 : 1
            links += urls.count
            for url in urls {
                let scheme = message.value(of: .urlScheme, argument: nil, subject: .url(url))
                #expect(scheme.values.count == 1 && scheme.missing.isEmpty)
                let host = message.value(of: .urlHost, argument: nil, subject: .url(url))
                if !host.missing.isEmpty { broken += 1 }
            }
        }
        #expect(linked * 3 > mails, "\(linked) of \(mails)")
        #expect(links < mails * 100 && broken * 100 < links, "\(broken) broken of \(links)")
    }
}
