/// What is known of a fact: its values, and why others may be missing.
///
/// One shape for every fact, because most of a mail's facts can repeat (two From mailboxes, three `Received`) or be
/// read only in part. A test on a fact is existential: true if one value satisfies it, else unknown if values may be
/// missing, else false.
///
/// - no values, nothing missing: the fact is *absent*, which is known;
/// - no values, something missing: it is *unknown*;
/// - values and something missing: what is there counts, what is not there cannot be denied.
public struct FactValue: Equatable, Sendable, Codable {
    public var values: [Value]
    public var missing: Reasons
    /// Which of the values are versions of one another.
    public var alternatives: [TextAlternatives]

    public init(values: [Value], missing: Reasons = [], alternatives: [TextAlternatives] = []) {
        self.values = values
        self.missing = missing
        self.alternatives = alternatives
    }

    public static let absent = FactValue(values: [])

    public static func known(_ value: Value) -> FactValue { FactValue(values: [value]) }

    public static func unknown(_ reasons: Reasons) -> FactValue { FactValue(values: [], missing: reasons) }

    public static func optional(_ value: Value?) -> FactValue { value.map { .known($0) } ?? .absent }
}

/// Which element a fact is asked of.
///
/// Element numbers are the source's own and stable for one message; their order is the order of paths.
public enum FactSubject: Hashable, Sendable {
    case message
    /// The recipient being judged, by its place in the envelope.
    case recipient(Int)
    case part(Int)
    case url(Int)
}

/// Elements of a list in the order of their paths, and why some may be missing (a locked archive, a limit).
public struct ElementList: Equatable, Sendable {
    public var elements: [Int]
    public var missing: Reasons

    public init(elements: [Int], missing: Reasons = []) {
        self.elements = elements
        self.missing = missing
    }
}

/// A message as facts. Each fact is computed when it is first asked for.
///
/// Not `Sendable`: one message is judged on one thread.
public protocol FactSource: AnyObject {
    /// The values of a fact of the catalogue.
    ///
    /// - Parameters:
    ///   - argument: the name of the header field for `header "…"`, in lower case; `nil` for facts without argument.
    ///   - subject: `.message` for facts of the message, the element or recipient for theirs.
    func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue

    /// The elements of a list.
    func elements(of list: ElementListName) -> ElementList

    /// The containers of a part, from the nearest to the outermost.
    func ancestors(ofPart part: Int) -> [Int]

    /// The path of a part, as evidence names it: `1.2/setup.exe`.
    func path(ofPart part: Int) -> String

    /// The part that a link stands in.
    func part(ofURL url: Int) -> Int
}

extension FactSource {
    /// What an element lies in, from the nearest to the outermost: a part in its containers, a link in the part it
    /// stands in and that part's containers.
    public func containers(of subject: FactSubject) -> [Int] {
        switch subject {
        case .message, .recipient: return []
        case .part(let part): return ancestors(ofPart: part)
        case .url(let url):
            let part = part(ofURL: url)
            return [part] + ancestors(ofPart: part)
        }
    }

    /// The path of the part that is meant, or that a link stands in; `nil` for the message.
    public func path(of subject: FactSubject) -> String? {
        switch subject {
        case .message, .recipient: nil
        case .part(let part): path(ofPart: part)
        case .url(let url): path(ofPart: part(ofURL: url))
        }
    }
}
