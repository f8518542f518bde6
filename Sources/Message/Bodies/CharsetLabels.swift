/// The labels that readers may take the charset of a part from, where its fields contradict each other.
///
/// Readers differ in which of two parameters of one name counts, whether the plain one or that of RFC 2231, in which
/// order the latter's sections are joined, where an unquoted value ends, and which of two fields is read.
struct CharsetLabels {
    /// Those beside the likeliest one, the likelier first: each charset once, and none that nobody knows.
    private(set) var others: [String] = []
    /// Whether they name several charsets, those that nobody knows counted.
    private(set) var areContradictory = false
    /// False where there are more than the limit.
    private(set) var isComplete = true

    private let limit: Int
    private let likeliest: String
    private var seen: Set<String>

    /// - Parameters:
    ///   - type: the field that counts for most readers.
    ///   - repeated: further fields of its name.
    init(_ type: StructuredValue, repeated: [StructuredValue], limit: Int) {
        self.limit = limit
        likeliest = Charset.canonical(type.value(Self.name))
        seen = [likeliest]
        for value in [type] + repeated { collect(value) }
        if !others.isEmpty { areContradictory = true }
    }

    private static let name = "charset"

    private mutating func collect(_ value: StructuredValue) {
        let own = value.raw.filter { $0.baseName.elementsEqual(Self.name.utf8) }
        guard !own.isEmpty else { return }
        if let likeliest = value.value(Self.name) { add(likeliest) }
        for parameter in own {
            if parameter.isExtended {
                // By itself, its charset, language and escapes undone, and as a reader takes it that knows none of them.
                add(StructuredValue.extended(Self.name, of: [parameter]) ?? "")
                add(String(decoding: parameter.value.split(separator: 0x27).last ?? [], as: UTF8.self))
            } else {
                let label = HeaderDecoding.text(parameter.value)
                if Charset.canonical(label) != likeliest { areContradictory = true }
                add(label)
                add(String(decoding: parameter.value.prefix { !isBlank($0) }, as: UTF8.self))
            }
        }
        // Of sections that are there twice, the last ones.
        var names: Set<[UInt8]> = []
        let last = own.filter(\.isExtended).reversed().filter { names.insert($0.name).inserted }.reversed()
        add(StructuredValue.extended(Self.name, of: Array(last)) ?? "")
    }

    private mutating func add(_ label: String) {
        guard !label.isEmpty, Charset.isKnown(label), seen.insert(Charset.canonical(label)).inserted else { return }
        guard others.count < limit else {
            isComplete = false
            return
        }
        others.append(label)
    }
}
