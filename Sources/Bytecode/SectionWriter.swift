import Vocabulary

/// The strings of a bundle, each once, numbered in the order of their first use.
final class StringTable {
    private(set) var strings: [[UInt8]] = []
    private var numbers: [[UInt8]: Int] = [:]

    func number(of bytes: [UInt8]) -> Int {
        if let number = numbers[bytes] { return number }
        let number = strings.count
        numbers[bytes] = number
        strings.append(bytes)
        return number
    }
}

/// Something that a section of a bundle holds.
///
/// Writing has one form for each value, so that equal programs give equal bytes; reading never traps.
protocol BundleValue {
    func write(to writer: inout SectionWriter)
    static func read(from reader: inout SectionReader) throws(BundleFault) -> Self
}

/// Writes one section: numbers as LEB128, strings by their number in the table.
struct SectionWriter {
    private(set) var bytes: [UInt8] = []
    let strings: StringTable

    init(strings: StringTable) { self.strings = strings }

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func unsigned(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

    /// Zigzag: small magnitudes are short.
    mutating func signed(_ value: Int64) { unsigned(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    mutating func fixed32(_ value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }

    mutating func raw(_ value: [UInt8]) {
        count(value.count)
        bytes += value
    }

    mutating func text(_ value: [UInt8]) { count(strings.number(of: value)) }

    mutating func string(_ value: String) { text(Array(value.utf8)) }

    mutating func array<Element>(_ values: [Element], _ write: (inout SectionWriter, Element) -> Void) {
        count(values.count)
        for value in values { write(&self, value) }
    }

    mutating func array(_ values: [some BundleValue]) { array(values) { $1.write(to: &$0) } }

    mutating func counts(_ values: [Int]) { array(values) { $0.count($1) } }

    mutating func strings(_ values: [String]) { array(values) { $0.string($1) } }

    /// A case of an enumeration that is written by name.
    mutating func name(_ value: some RawRepresentable<String>) { string(value.rawValue) }
}
