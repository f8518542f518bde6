/// A function that must keep its promises whatever bytes it is given.
///
/// Purpose of the folder: what `make fuzz` calls with inputs that it makes up, `make test` calls with those in
/// `Fuzzing/Corpus`. Takes: bytes. Gives: a fingerprint of everything that came of them. Fails: `Breach`, when a promise
/// beyond "it does not crash" was broken.
struct FuzzTarget: Sendable {
    typealias Body = @Sendable ([UInt8], inout Answer) throws -> Void

    /// On the command line, and of its folder of inputs.
    let name: String
    /// Bytes of the longest input.
    let most: Int
    /// Where first inputs come from: types of files found in mail, and endings of file names.
    let seeds: [String]
    private let body: Body

    init(_ name: String, most: Int, seeds: [String], _ body: @escaping Body) {
        self.name = name
        self.most = most
        self.seeds = seeds
        self.body = body
    }

    /// Runs it, twice or, since that takes twice as long, mostly once: what it answers must follow from the bytes alone.
    func run(_ input: [UInt8], isRepeated: Bool = true) throws {
        var first = Answer()
        try body(input, &first)
        guard isRepeated else { return }
        var second = Answer()
        try body(input, &second)
        try promise(first.fingerprint == second.fingerprint, "the same bytes give the same answer")
    }

    /// Every target; those of formats read by C libraries alone come last.
    static let all: [FuzzTarget] =
        mail + archives + containers + texts + cryptography + engines + protocols + language + desk + wholes

    static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// A promise that was broken.
struct Breach: Error, CustomStringConvertible {
    let description: String
}

/// Throws `Breach` with the sentence that does not hold.
func promise(_ holds: Bool, _ sentence: @autoclosure () -> String) throws {
    if !holds { throw Breach(description: "broken: " + sentence()) }
}

/// What came of an input, as far as anybody could see it.
struct Answer {
    private var hasher = Hasher()

    var fingerprint: Int { hasher.finalize() }

    mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
    mutating func add(_ value: some Hashable) { hasher.combine(value) }
}
