import Message
import Peers

/// Reading a message's structure and decoding all its parts, against GMime doing the same in this process.
enum WalkBenchmark {
    static func run(_ report: inout Report) {
        var maker = SampleMail(seed: 2)
        let texts = (0..<300).map { _ in maker.text(bytes: 17_500) }
        measure("walk and decode, text mails of 17.5 KB", texts, &report)
        let attachments = (0..<20).map { _ in maker.attachment(bytes: 1_000_000) }
        measure("walk and decode, attachments of 1 MB", attachments, &report)
    }

    private static func measure(_ name: String, _ mails: [[UInt8]], _ report: inout Report) {
        let megabytes = Double(mails.reduce(0) { $0 + $1.count }) / 1e6
        var decoded = 0
        let ours = Measurement.seconds {
            for mail in mails {
                for part in ParsedMessage(MessageBytes(mail)).view.parts where part.isLeaf {
                    decoded += part.decoded(limit: 64 << 20).bytes.count
                }
            }
        }
        let gmime = Measurement.seconds {
            for mail in mails {
                decoded += mail.withUnsafeBufferPointer { peer_gmime_decode($0.baseAddress, $0.count) }
            }
        }
        precondition(decoded > 0, "nothing was decoded")
        report.add(Row(name: name, ours: megabytes / ours, unit: "MB/s", peer: ("GMime", megabytes / gmime)))
    }
}
