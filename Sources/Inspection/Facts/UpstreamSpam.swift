import Engines
import Message
import Vocabulary

/// What a spam filter upstream wrote into the message, where it is to be believed.
///
/// Anybody can write `X-Spam-Status`. Its host put its Received field on top of everything that the message brought
/// along (RFC 5321, 4.4), so only what stands above that field is surely its own, and only if that field is the topmost.
/// Where the operator vouches that the host takes such fields out of what comes in, they may stand anywhere.
struct UpstreamSpam {
    private let header: HeaderSection
    private let upstream: SpamUpstream
    /// Bytes of one field that are looked at.
    private let valueBytes = 64 << 10

    init(_ header: HeaderSection, _ upstream: SpamUpstream) {
        self.header = header
        self.upstream = upstream
    }

    var answer: SpamAnswer {
        guard let top = header.fields.firstIndex(where: { $0.isNamed("Received") }),
            let by = Received(parsing: header.fields[top].unfolded).by?.lowercased(), upstream.hosts.contains(by)
        else {
            return .unknown(.engineDown, "the topmost Received field is not of its host")
        }
        let believed = upstream.isAnywhere ? header.fields[...] : header.fields[..<top]
        for (name, read) in Self.readers {
            guard let field = believed.first(where: { $0.isNamed(name) }) else { continue }
            let value = field.unfoldedBytes
            guard value.count <= valueBytes, let judgement = read(String(decoding: value, as: UTF8.self)) else {
                return .unknown(.engineDown, "its field \(name) cannot be read")
            }
            return .judged(judgement)
        }
        return .unknown(.engineDown, "it wrote no field that tells a score")
    }

    /// The fields that tell a score, the one that tells most first.
    private static let readers: [(String, @Sendable (String) -> SpamJudgement?)] = [
        ("X-Spam-Status", status), ("X-Spamd-Result", result), ("X-Spam-Score", score),
    ]

    /// SpamAssassin's: `Yes, score=6.1 required=5.0 tests=A,B autolearn=no`; amavis writes `tests=[A=0.1, B=6]`.
    private static func status(_ value: String) -> SpamJudgement? {
        guard let score = number(in: value, behind: "score=") ?? number(in: value, behind: "hits=") else { return nil }
        let verdict = value.lowercased().hasPrefix("yes") ? "spam" : "no spam"
        guard let range = value.firstRange(of: "tests=") else {
            // rspamd's field of this name tells no symbols.
            return SpamJudgement(score: score, symbols: [], isCut: true, verdict: verdict)
        }
        var list = value[range.upperBound...]
        if list.first == "[" {
            list = list.dropFirst().prefix { $0 != "]" }
        } else {
            // Up to the next `name=`; the list itself may be folded behind its commas.
            let words = list.split(whereSeparator: \.isWhitespace).prefix { !$0.contains("=") }
            list = words.joined()[...]
        }
        let names = list.split { $0 == "," || $0.isWhitespace }.map { String($0.prefix { $0 != "=" }) }
        return SpamJudgement(
            score: score, verdict: verdict, unsorted: names.filter { $0 != "none" && !$0.isEmpty }, EngineLimits())
    }

    /// rspamd's: `default: False [5.21 / 15.00]; …`. What follows has texts of the message in it, which could pass for
    /// symbols, so none is taken from there.
    private static func result(_ value: String) -> SpamJudgement? {
        guard let score = number(in: value, behind: "[") else { return nil }
        return SpamJudgement(
            score: score, symbols: [], isCut: true,
            verdict: value.lowercased().hasPrefix("default: true") ? "spam" : "no spam")
    }

    private static func score(_ value: String) -> SpamJudgement? {
        DecimalNumber.parse(Array(value.utf8)).map {
            SpamJudgement(score: $0, symbols: [], isCut: true, verdict: "a score alone")
        }
    }

    private static func number(in value: String, behind mark: String) -> Int64? {
        value.firstRange(of: mark).flatMap { DecimalNumber.parse(Array(value[$0.upperBound...].utf8)) }
    }
}
