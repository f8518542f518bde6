import Foundation

/// Mails to measure with, each under a name.
struct MailCorpus {
    struct Mail {
        let name: String
        let bytes: [UInt8]
    }

    let name: String
    let mails: [Mail]

    var megabytes: Double { Double(mails.reduce(0) { $0 + $1.bytes.count }) / 1e6 }

    /// The name with what it comes to: `gen-text, 1000 mails, 17.5 MB`.
    var title: String { "\(name), \(mails.count) mails, \((megabytes * 10).rounded() / 10) MB" }

    /// A thousand texts and pages.
    static func texts() -> MailCorpus {
        var making = MailMaking(seed: 2)
        return made("gen-text", (0..<1_000).map { _ in making.mail(.text) })
    }

    /// Of a hundred mails 70 texts, 20 with a file, 5 with contents within contents and 5 with a large file.
    static func mixed() -> MailCorpus {
        var making = MailMaking(seed: 1)
        let hand: [MailMaking.Kind] =
            Array(repeating: .text, count: 14) + Array(repeating: .file, count: 4) + [.nested, .large]
        return made("gen-mixed", (0..<200).map { making.mail(hand[$0 % hand.count]) })
    }

    private static func made(_ name: String, _ mails: [[UInt8]]) -> MailCorpus {
        MailCorpus(name: name, mails: mails.enumerated().map { Mail(name: "\(name) \($0.offset)", bytes: $0.element) })
    }

    /// Honest mail of the collection beside the checkout; where that is not, the project's sample mails.
    static func honest() -> MailCorpus {
        let folder = "../shared/corpus"
        let manifest = (try? String(contentsOfFile: "\(folder)/manifest.tsv", encoding: .utf8)) ?? ""
        let paths = manifest.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
        let ham = paths.filter { $0.hasPrefix("ham/") }.compactMap { read("\(folder)/\($0)", as: $0) }
        guard ham.isEmpty else { return MailCorpus(name: "ham", mails: ham) }
        let folders = ["Policies/samples", "Policies/demo/samples", "Policies/examples/acme/samples"]
        let samples = folders.flatMap { folder in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { read("\(folder)/\($0)", as: $0) }
        }
        return MailCorpus(name: "samples", mails: samples)
    }

    private static func read(_ path: String, as name: String) -> Mail? {
        FileManager.default.contents(atPath: path).map { Mail(name: name, bytes: Array($0)) }
    }
}
