import Vocabulary

/// Reads one section. Every read checks what is left; every count is bounded by the bytes that are left, because
/// nothing takes less than one byte, so memory is bounded by the file's size.
struct SectionReader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    private let name: String
    private let table: [[UInt8]]
    /// Bytes of strings that may still be copied, so that one long string named often cannot fill the memory.
    private var copyable: Int

    init(
        _ bytes: [UInt8], range: Range<Int>, name: String, strings: [[UInt8]] = [],
        copyable: Int = BytecodeLimits().copiedStringBytes
    ) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        self.name = name
        table = strings
        self.copyable = copyable
    }

    var remaining: Int { end - position }

    func fault(_ cause: BundleFault.Cause, _ reason: String) -> BundleFault {
        BundleFault(cause, "section \(name): \(reason)")
    }

    func finish() throws(BundleFault) {
        if remaining != 0 { throw fault(.length, "\(remaining) bytes are left over") }
    }

    mutating func byte() throws(BundleFault) -> UInt8 {
        guard position < end else { throw fault(.length, "it ends early") }
        position += 1
        return bytes[position - 1]
    }

    mutating func flag() throws(BundleFault) -> Bool {
        let value = try byte()
        guard value <= 1 else { throw fault(.value, "\(value) is no truth value") }
        return value == 1
    }

    mutating func unsigned() throws(BundleFault) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            let part = UInt64(byte & 0x7f)
            guard shift < 63 || (shift == 63 && part <= 1) else { throw fault(.value, "a number is too long") }
            value |= part << shift
            if byte < 0x80 {
                guard byte != 0 || shift == 0 else { throw fault(.value, "a number has superfluous zeros") }
                return value
            }
            shift += 7
        }
    }

    /// A number that fits every table.
    mutating func number() throws(BundleFault) -> Int {
        let value = try unsigned()
        guard value <= UInt64(UInt32.max) else { throw fault(.value, "\(value) is out of range") }
        return Int(value)
    }

    /// The number of elements that follow.
    mutating func count() throws(BundleFault) -> Int {
        let value = try unsigned()
        guard value <= UInt64(remaining) else { throw fault(.length, "a count of \(value) exceeds the section") }
        return Int(value)
    }

    mutating func signed() throws(BundleFault) -> Int64 {
        let value = try unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    mutating func fixed32() throws(BundleFault) -> UInt32 {
        var value: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 8) { value |= UInt32(try byte()) << shift }
        return value
    }

    mutating func raw() throws(BundleFault) -> [UInt8] {
        let count = try count()
        position += count
        return Array(bytes[(position - count)..<position])
    }

    mutating func text() throws(BundleFault) -> [UInt8] {
        let number = try number()
        guard number < table.count else { throw fault(.value, "there is no string \(number)") }
        copyable -= table[number].count
        guard copyable >= 0 else { throw fault(.limit, "its strings are too long together") }
        return table[number]
    }

    mutating func string() throws(BundleFault) -> String {
        guard let string = String(validating: try text(), as: UTF8.self) else {
            throw fault(.value, "a name is not UTF-8")
        }
        return string
    }

    mutating func array<Element>(
        _ read: (inout SectionReader) throws(BundleFault) -> Element
    ) throws(BundleFault) -> [Element] {
        let count = try count()
        var values: [Element] = []
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    mutating func array<Element: BundleValue>(of _: Element.Type = Element.self) throws(BundleFault) -> [Element] {
        try array { (reader: inout SectionReader) throws(BundleFault) in try Element.read(from: &reader) }
    }

    mutating func numbers() throws(BundleFault) -> [Int] {
        try array { (reader: inout SectionReader) throws(BundleFault) in try reader.number() }
    }

    mutating func strings() throws(BundleFault) -> [String] {
        try array { (reader: inout SectionReader) throws(BundleFault) in try reader.string() }
    }

    /// A case of an enumeration that is written by name.
    mutating func name<Name: RawRepresentable<String>>(_: Name.Type = Name.self) throws(BundleFault) -> Name {
        let string = try string()
        guard let value = Name(rawValue: string) else { throw fault(.value, "\(Name.self) has no case \(string)") }
        return value
    }

    /// A tag that chooses among `cases` forms.
    mutating func tag(_ cases: UInt8) throws(BundleFault) -> UInt8 {
        let tag = try byte()
        guard tag < cases else { throw fault(.value, "\(tag) is no tag here") }
        return tag
    }

    mutating func optional<Value>(
        _ read: (inout SectionReader) throws(BundleFault) -> Value
    ) throws(BundleFault) -> Value? {
        try flag() ? try read(&self) : nil
    }
}

extension SectionWriter {
    mutating func optional<Value>(_ value: Value?, _ write: (inout SectionWriter, Value) -> Void) {
        flag(value != nil)
        if let value { write(&self, value) }
    }
}
