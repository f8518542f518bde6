import Vocabulary

extension Text: BundleValue {
    func write(to writer: inout SectionWriter) { writer.text(utf8) }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Text { Text(utf8: try reader.text()) }
}

extension Domain: BundleValue {
    func write(to writer: inout SectionWriter) { name.write(to: &writer) }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Domain {
        Domain(try Text.read(from: &reader))
    }
}

extension Address: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.optional(displayName) { $1.write(to: &$0) }
        local.write(to: &writer)
        domain.write(to: &writer)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Address {
        let displayName = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            try Text.read(from: &reader)
        }
        return Address(
            displayName: displayName, local: try Text.read(from: &reader), domain: try Domain.read(from: &reader))
    }
}

extension FileType: BundleValue {
    func write(to writer: inout SectionWriter) { writer.string(name) }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> FileType {
        let name = try reader.string()
        guard let type = FileType.named(name) else { throw reader.fault(.value, "no file type is named \(name)") }
        return type
    }
}

extension Value: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .bool(let value): writer.tagged(0) { $0.flag(value) }
        case .number(let number): writer.tagged(1) { $0.signed(number) }
        case .text(let text): writer.tagged(2) { text.write(to: &$0) }
        case .address(let address): writer.tagged(3) { address.write(to: &$0) }
        case .domain(let domain): writer.tagged(4) { domain.write(to: &$0) }
        case .ip(let address): writer.tagged(5) { $0.string(address.description) }
        case .fileType(let type): writer.tagged(6) { type.write(to: &$0) }
        case .encryption(let kind): writer.tagged(7) { $0.name(kind) }
        case .hash(let bytes): writer.tagged(8) { $0.raw(bytes) }
        case .symbol(let name): writer.tagged(9) { $0.string(name) }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Value {
        switch try reader.tag(10) {
        case 0: return .bool(try reader.flag())
        case 1: return .number(try reader.signed())
        case 2: return .text(try Text.read(from: &reader))
        case 3: return .address(try Address.read(from: &reader))
        case 4: return .domain(try Domain.read(from: &reader))
        case 5:
            let text = try reader.string()
            guard let address = IPAddress(text) else { throw reader.fault(.value, "\(text) is no IP address") }
            return .ip(address)
        case 6: return .fileType(try FileType.read(from: &reader))
        case 7: return .encryption(try reader.name())
        case 8: return .hash(try reader.raw())
        default: return .symbol(try reader.string())
        }
    }
}

extension SectionWriter {
    mutating func tagged(_ tag: UInt8, _ write: (inout SectionWriter) -> Void) {
        byte(tag)
        write(&self)
    }
}

extension ValueSet: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.optional(name) { $0.string($1) }
        writer.name(type)
        writer.strings(entries)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> ValueSet {
        let name = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in try reader.string() }
        let type = try reader.name(ValueType.self)
        let entries = try reader.strings()
        do throws(ValueSetFault) {
            return try ValueSet(name: name, type: type, entries: entries)
        } catch {
            throw reader.fault(.value, "\(error.entry) is no \(error.type.rawValue)")
        }
    }
}

extension FactReference: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.name(fact)
        writer.optional(argument) { $0.string($1) }
        writer.byte(UInt8(truncatingIfNeeded: (binder ?? -1) + 1))
        writer.array(members) { $0.name($1) }
        writer.flag(asNumber)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> FactReference {
        let fact = try reader.name(Fact.self)
        let argument = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            try reader.string()
        }
        let binder = Int(try reader.tag(UInt8(BytecodeLimits.binders + 1))) - 1
        let members = try reader.array { (reader: inout SectionReader) throws(BundleFault) in
            try reader.name(Member.self)
        }
        return FactReference(
            fact, argument: argument, binder: binder < 0 ? nil : binder, members: members,
            asNumber: try reader.flag())
    }
}

extension TextPattern: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.name(kind)
        source.write(to: &writer)
        writer.flag(ignoresCase)
        writer.optional(check) { $0.name($1) }
        writer.byte(folding.rawValue)
        writer.optional(neighbour) {
            $1.text.write(to: &$0)
            $0.count($1.distance)
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> TextPattern {
        let kind = try reader.name(Kind.self)
        let source = try Text.read(from: &reader)
        let ignoresCase = try reader.flag()
        let check = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            try reader.name(MatchCheck.self)
        }
        let folding = TextFolding(rawValue: try reader.tag(TextFolding.all.rawValue + 1))
        let neighbour = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
            Neighbour(text: try Text.read(from: &reader), distance: try reader.number())
        }
        return TextPattern(
            kind, source, ignoresCase: ignoresCase, check: check, folding: folding, neighbour: neighbour)
    }
}

extension SourcePlace: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(file)
        writer.count(line)
        writer.count(column)
        writer.count(length)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> SourcePlace {
        SourcePlace(
            file: try reader.string(), line: try reader.number(), column: try reader.number(),
            length: try reader.number())
    }
}
