import Bytecode
import Compiler
import Lexical
import Machine
import Peers
import Semantics
import Vocabulary

/// Checking, compiling and deciding as rules grow: half of the rules look at the subject, half at the sender's domain.
enum PolicyBenchmark {
    static func run(_ report: inout Report) {
        var perRule: [Int: Double] = [:]
        for count in [10, 100, 1_000, 10_000] {
            let source = policy(rules: count)
            let rounds = count > 1_000 ? 1 : 3
            let checking = Measurement.seconds(rounds: rounds) {
                precondition(Checker(patterns: PatternLibrary()).check(PolicyInMemory(source)).policy != nil)
            }
            report.add(Row(name: "check, \(count) rules", ours: checking * 1e3, unit: "ms", peer: nil))
            let compiler = PolicyCompiler(patterns: PatternLibrary())
            var compiled: CompileResult?
            let seconds = Measurement.seconds(rounds: rounds) {
                compiled = compiler.compile(PolicyInMemory(source))
            }
            report.add(
                Row(name: "compile, \(count) rules", ours: seconds * 1e3, unit: "ms", peer: nil))
            guard let bundle = compiled?.bundle, let decision = decide(bundle, count, &report) else {
                let why = compiled?.diagnostics.first?.message ?? ""
                report.remark("the benchmark's policy of \(count) rules does not compile: \(why)")
                continue
            }
            perRule[count] = decision
        }
        if let few = perRule[10], let many = perRule[10_000] {
            report.add(Row(name: "decide, 10,000 rules", ours: many, unit: "µs", peer: ("10 rules", few)))
        }
    }

    private static func policy(rules count: Int) -> String {
        var maker = SampleMail(seed: 5)
        var text = "policy bench {\n    edition 1\n    domains \"acme.example\"\n}\n"
        for index in 0..<count {
            let word = index % 100 == 0 ? maker.knownWord() : maker.strangeWord()
            let condition =
                index % 2 == 0 ? "subject contains \"\(word)\"" : "from.domain is \"\(word).example\""
            text += "rule r\(index) {\n    when \(condition)\n    then quarantine held\n}\n"
        }
        return text
    }

    /// Microseconds a decision.
    private static func decide(_ bundle: [UInt8], _ count: Int, _ report: inout Report) -> Double? {
        guard let program = try? LoadedProgram(Bundle.read(bundle), patterns: PatternLibrary()) else { return nil }
        var maker = SampleMail(seed: 9)
        let subjects = (0..<100).map { _ in maker.knownWord() + " " + maker.knownWord() + " " + maker.knownWord() }
        let envelope = Envelope(sender: Address("a@x.example"), recipients: [Address("bob@acme.example")])
        var held = 0
        let seconds = Measurement.seconds {
            for subject in subjects {
                let decisions = program.decide(facts: HeaderFacts(subject: subject), envelope: envelope)
                held += decisions.count { $0.disposition == .quarantine }
            }
        }
        precondition(held > 0 || count < 1_000, "no rule fired")
        let micros = seconds * 1e6 / Double(subjects.count)
        report.add(
            Row(
                name: "decide, \(count) header rules", ours: micros, unit: "µs",
                peer: memmem(count, subjects)))
        return micros
    }

    /// The same words looked for one by one, as a program written for speed and nothing else would.
    private static func memmem(_ count: Int, _ subjects: [String]) -> (String, Double)? {
        var maker = SampleMail(seed: 5)
        let words = (0..<count).map { $0 % 100 == 0 ? maker.knownWord() : maker.strangeWord() }
        return CStrings.with(words) { pointers in
            var found = 0
            let seconds = Measurement.seconds {
                for subject in subjects {
                    let bytes = Array(subject.utf8)
                    found += bytes.withUnsafeBufferPointer {
                        peer_memmem_words($0.baseAddress, $0.count, pointers.baseAddress, pointers.count)
                    }
                }
            }
            precondition(found <= count * subjects.count * 100, "more words were found than looked for")
            return ("memmem, a word at a time", seconds * 1e6 / Double(subjects.count))
        }
    }
}

/// A message of which only the header is known, already parsed.
private final class HeaderFacts: FactSource {
    private let subject: FactValue
    private let from = FactValue.known(.address(Address("eve@partner.example")))

    init(subject: String) { self.subject = .known(.text(Text(subject))) }

    func value(of fact: Fact, argument: String?, subject of: FactSubject) -> FactValue {
        switch fact {
        case .subject: subject
        case .from: from
        default: .absent
        }
    }

    func elements(of list: ElementListName) -> ElementList { ElementList(elements: []) }
    func ancestors(ofPart part: Int) -> [Int] { [] }
    func path(ofPart part: Int) -> String { "1" }
    func part(ofURL url: Int) -> Int { 0 }
}
