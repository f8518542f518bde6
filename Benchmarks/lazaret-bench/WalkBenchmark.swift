import Message
import Peers

/// Reading a message's structure, with all that is looked for in it, and decoding all its parts: against GMime in this
/// process, and parsers for Python in processes that take turns with it.
enum WalkBenchmark {
    static func run(_ report: inout Report) {
        for corpus in [MailCorpus.texts(), MailCorpus.mixed()] { measure(corpus, &report) }
    }

    private static func measure(_ corpus: MailCorpus, _ report: inout Report) {
        var children: [ChildPeer] = []
        do {
            let file = try MailFile(corpus.mails.map(\.bytes))
            for (engine, interpreter) in [("email", "python3"), ("rust", ".build/peers/bin/python3")] {
                do {
                    children.append(try ChildPeer(engine, interpreter: interpreter, mails: file))
                } catch let absence as ChildPeer.Absence {
                    report.remark("\(corpus.name): no figure against \(engine): \(absence.sentence)")
                }
            }
        } catch {
            report.remark("\(corpus.name): no figures against parsers for Python: \(error)")
        }
        var decoded = [Int](repeating: 0, count: 2 + children.count)
        var failures = decoded
        var contestants: [() -> Double] = [
            { Measurement.once { decoded[0] = ours(corpus) } },
            { Measurement.once { decoded[1] = gmime(corpus) } },
        ]
        for (number, child) in children.enumerated() {
            contestants.append {
                guard let round = child.round() else { return 0 }
                decoded[2 + number] = round.decoded
                failures[2 + number] = round.failures
                return round.seconds
            }
        }
        let seconds = Measurement.seconds(inTurns: contestants)
        for (number, name) in (["GMime"] + children.map(\.name)).enumerated() {
            let rival = number + 1
            guard decoded[rival] > 0 else {
                report.remark("\(corpus.name): \(name) decoded nothing")
                continue
            }
            report.add(
                Row(
                    name: "walk, decode: \(corpus.title)", ours: corpus.megabytes / seconds[0], unit: "MB/s",
                    peer: (name, corpus.megabytes / seconds[rival]),
                    note: difference(decoded[0], decoded[rival], failures[rival])))
        }
    }

    /// A peer that decodes other bytes than we do other work: said where it is more than a hundredth.
    private static func difference(_ ours: Int, _ peer: Int, _ failures: Int) -> String? {
        var words: [String] = []
        if abs(ours - peer) * 100 > ours { words.append("it decodes \(peer) bytes, we \(ours)") }
        if failures > 0 { words.append("it gives up on \(failures) mails") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func ours(_ corpus: MailCorpus) -> Int {
        var decoded = 0
        for mail in corpus.mails {
            for part in ParsedMessage(MessageBytes(mail.bytes)).view.parts where part.isLeaf {
                decoded += part.decoded(limit: 64 << 20).bytes.count
            }
        }
        return decoded
    }

    private static func gmime(_ corpus: MailCorpus) -> Int {
        corpus.mails.reduce(0) { total, mail in
            total + mail.bytes.withUnsafeBufferPointer { peer_gmime_decode($0.baseAddress, $0.count) }
        }
    }
}
