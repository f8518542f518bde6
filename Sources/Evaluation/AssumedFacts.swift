import Vocabulary

/// A message of which some facts are assumed instead of read, as a policy's tests ask for.
final class AssumedFacts: FactSource {
    private let source: any FactSource
    private let assumed: [FactReference: FactValue]

    /// - Parameter assumptions: of facts of the message; the later of two for one fact stands.
    init(_ assumptions: [Assumption], over source: any FactSource) {
        self.source = source
        assumed = Dictionary(
            assumptions.map { (FactReference($0.fact, argument: $0.argument), $0.value) }, uniquingKeysWith: { $1 })
    }

    func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue {
        if subject == .message, let value = assumed[FactReference(fact, argument: argument)] { return value }
        return source.value(of: fact, argument: argument, subject: subject)
    }

    func elements(of list: ElementListName) -> ElementList { source.elements(of: list) }

    func ancestors(ofPart part: Int) -> [Int] { source.ancestors(ofPart: part) }

    func path(ofPart part: Int) -> String { source.path(ofPart: part) }

    func part(ofURL url: Int) -> Int { source.part(ofURL: url) }
}
