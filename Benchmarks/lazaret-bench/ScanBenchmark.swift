import Lexical
import Peers
import Vocabulary

/// Searching texts for many words at once, folded as the language folds, against Vectorscan on the raw bytes.
enum ScanBenchmark {
    static func run(_ report: inout Report) {
        var maker = SampleMail(seed: 3)
        let texts = (0..<200).map { _ in maker.text(bytes: 17_500) }
        let gigabytes = Double(texts.reduce(0) { $0 + $1.count }) / 1e9
        for count in [100, 1_000, 10_000] {
            let words = (0..<count).map { index in
                // One word in a hundred occurs.
                index % 100 == 0 ? maker.knownWord() : maker.strangeWord()
            }
            guard let scanner = try? PatternLibrary().makeScanner(words.map { TextPattern(.literal, Text($0)) }) else {
                continue
            }
            var found = 0
            let ours = Measurement.seconds { for text in texts { found += scanner.scan(text).present.count } }
            let peer = vectorscan(words, texts, gigabytes)
            report.add(
                Row(name: "scan, \(count) words", ours: gigabytes / ours, unit: "GB/s", peer: peer))
            precondition(found > 0, "nothing was found")
        }
    }

    private static func vectorscan(_ words: [String], _ texts: [[UInt8]], _ gigabytes: Double) -> (String, Double)? {
        let compiled = CStrings.with(words) { peer_vectorscan_compile($0.baseAddress, $0.count) }
        guard let scanner = compiled else { return nil }
        defer { peer_vectorscan_free(scanner) }
        var found = 0
        let seconds = Measurement.seconds {
            for text in texts {
                found += text.withUnsafeBufferPointer { peer_vectorscan_scan(scanner, $0.baseAddress, $0.count) }
            }
        }
        return ("Vectorscan, raw bytes", gigabytes / seconds)
    }
}
