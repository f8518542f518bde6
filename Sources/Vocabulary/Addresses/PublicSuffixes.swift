/// The list of public suffixes (publicsuffix.org): under which names anyone can register one.
///
/// A bundle carries it, so that the same bundle decides the same on any machine. Its rules alone, in their own script:
/// `co.uk`, `*.ck`, `!www.ck`.
public struct PublicSuffixList: Hashable, Sendable {
    /// What the list says of its version; empty where it says nothing.
    public let version: String
    /// A rule on each line, each once, in the order of bytes.
    public let rules: [UInt8]

    /// A list as a bundle holds it.
    ///
    /// - Throws: `PublicSuffixFault` if it is not one rule a line, in order.
    public init(version: String, rules: [UInt8]) throws(PublicSuffixFault) {
        guard rules.count <= PublicSuffixLimits.bytes else { throw PublicSuffixFault(line: nil) }
        guard rules.last == Self.newline else { throw PublicSuffixFault(line: 1) }
        var last: ArraySlice<UInt8> = []
        for (number, line) in rules.dropLast().split(separator: Self.newline, omittingEmptySubsequences: false)
            .enumerated()
        {
            guard Self.isRule(line), last.lexicographicallyPrecedes(line) else {
                throw PublicSuffixFault(line: number + 1)
            }
            last = line
        }
        self.version = version
        self.rules = rules
    }

    /// Reads the list as publicsuffix.org gives it out: comments behind two slashes, a rule up to the first white space.
    ///
    /// - Throws: `PublicSuffixFault` if it is none.
    public init(parsing file: [UInt8]) throws(PublicSuffixFault) {
        guard file.count <= PublicSuffixLimits.bytes else { throw PublicSuffixFault(line: nil) }
        var version = ""
        var rules: Set<[UInt8]> = []
        let mark = Array("// VERSION:".utf8)
        for (number, line) in file.split(separator: Self.newline, omittingEmptySubsequences: false).enumerated() {
            if line.starts(with: mark), version.isEmpty {
                version = String(decoding: line.dropFirst(mark.count).filter { $0 > 0x20 }.prefix(64), as: UTF8.self)
            }
            let rule = line.drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
            if rule.isEmpty || rule.starts(with: [0x2F, 0x2F]) { continue }
            let folded = Punycode.unfolded(CaseFolding.fold(Array(rule)))
            guard Self.isRule(folded[...]) else { throw PublicSuffixFault(line: number + 1) }
            rules.insert(folded)
        }
        guard !rules.isEmpty else { throw PublicSuffixFault(line: nil) }
        let sorted = rules.sorted { $0.lexicographicallyPrecedes($1) }
        self.version = version
        self.rules = sorted.reduce(into: []) { $0 += $1 + [Self.newline] }
    }

    /// How many rules it has.
    public var count: Int { rules.count { $0 == Self.newline } }

    private static let newline = UInt8(ascii: "\n")

    /// Whether a line is a name, perhaps with an exclamation mark or `*.` in front, and nothing else.
    private static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= PublicSuffixLimits.ruleBytes, String(validating: line, as: UTF8.self) != nil else {
            return false
        }
        var name = line
        if name.first == UInt8(ascii: "!") {
            name = name.dropFirst()
        } else if name.starts(with: [0x2A, 0x2E]) {
            name = name.dropFirst(2)
        } else if name.elementsEqual([0x2A]) {
            return true
        }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty
                && label.allSatisfy { byte in
                    byte >= 0x80 || byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte)
                        || (0x61...0x7A).contains(byte)
                }
        }
    }
}

/// Why bytes are no list of public suffixes.
public struct PublicSuffixFault: Error, Equatable, Sendable {
    /// The first line that is no rule, counted from one; `nil` where there is no rule at all, or too much.
    public let line: Int?

    public init(line: Int?) { self.line = line }
}

/// Tells which domains are registered by somebody. Safe to use on several threads.
public protocol PublicSuffixes: Sendable {
    /// The domain that was registered: `acme.co.uk` of `mail.acme.co.uk`. `nil` for a public suffix itself and for
    /// addresses of hosts.
    func registrable(of domain: Domain) -> Domain?
}

/// Makes lists ready to be asked.
public protocol PublicSuffixReader: Sendable {
    /// - Throws: `PublicSuffixFault` where the library cannot take the list.
    func read(_ list: PublicSuffixList) throws(PublicSuffixFault) -> any PublicSuffixes
}

extension Member {
    /// Whether it can be told only with the list of public suffixes.
    public var needsPublicSuffixes: Bool { self == .registrable }

    /// The member of a value, `nil` where it is absent.
    public func of(_ value: Value, _ suffixes: (any PublicSuffixes)?) -> Value? {
        guard needsPublicSuffixes else { return of(value) }
        guard case .domain(let domain) = value else { return nil }
        return suffixes?.registrable(of: domain).map { .domain($0) }
    }
}

/// Bounds on a list of public suffixes.
public enum PublicSuffixLimits {
    /// Bytes of one list.
    public static let bytes = 4 << 20
    /// Bytes of one rule.
    public static let ruleBytes = 128
}
