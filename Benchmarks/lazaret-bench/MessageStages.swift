import Bytecode
import Evaluation
import Inspection
import Lexical
import Machine
import Message
import Suffixes
import Vocabulary

/// What is timed apart.
enum Stage: Int, CaseIterable {
    case walk, unpack, type, text, scan, decide, inspection, judgement

    var title: String {
        switch self {
        case .walk: "walk, decode"
        case .unpack: "unpack"
        case .type: "type"
        case .text: "text"
        case .scan: "scan for 1,000 words"
        case .decide: "decide"
        case .inspection: "walk to text"
        case .judgement: "mail to decision"
        }
    }
}

/// Takes a mail through the stages one after another, each with what those before it have found.
struct MessageStages {
    private let judge: MessageJudge
    private let program: LoadedProgram
    private let scanner: any TextScanner
    private let typer: FileTyper
    private let envelope = Envelope(
        sender: Address("eve@elsewhere.example"), recipients: [Address("bob@acme.example")], receivedAt: 1_793_000_000)

    init(bundle: [UInt8]) throws {
        judge = try MessageJudge(bundle: bundle)
        program = try LoadedProgram(Bundle.read(bundle), patterns: PatternLibrary(), suffixes: SuffixLibrary())
        typer = try FileTyper()
        var maker = SampleMail(seed: 3)
        let words = (0..<1_000).map { $0 % 100 == 0 ? maker.knownWord() : maker.strangeWord() }
        scanner = try PatternLibrary().makeScanner(words.map { TextPattern(.literal, Text($0)) })
    }

    func times(of mail: [UInt8]) -> [(Stage, Double)] {
        var parsed = ParsedMessage(MessageBytes(mail))
        let walking = Measurement.once { parsed = ParsedMessage(MessageBytes(mail)) }
        let decoding = Measurement.once {
            for part in parsed.view.parts where part.isLeaf { _ = part.decoded(limit: 64 << 20).bytes.count }
        }
        let message = InspectedMessage(parsed, envelope: envelope, settings: InspectionSettings(), typer: typer)
        let opening = Measurement.once { _ = message.elements(of: .files) }
        let typing = Measurement.once { _ = message.typeContents() }
        var text = FactValue.absent
        let reading = Measurement.once { text = message.value(of: .messageText, argument: nil, subject: .message) }
        let scanning = Measurement.once {
            for case .text(let text) in text.values { _ = scanner.scan(text.utf8).present.count }
        }
        let deciding = Measurement.once { _ = program.decide(facts: message, envelope: envelope) }
        let judging = Measurement.once { _ = judge.decide(mail, envelope: envelope) }
        return [
            (.walk, walking + decoding), (.unpack, max(0, opening - decoding - typing)), (.type, typing),
            (.text, reading), (.scan, scanning), (.decide, deciding), (.inspection, walking + opening + reading),
            (.judgement, judging),
        ]
    }
}
