import Cryptography
import Vocabulary

/// A program as a file, `.lzb`.
///
/// Layout, little endian: eight bytes of magic, the format's version (4 bytes), the number of sections (4); for each
/// section its number (4), its length (4) and the SHA-256 of its bytes (32); the SHA-256 of all that (32); then the
/// sections' bytes without gaps, in the same order. Equal programs give equal files.
public enum Bundle {
    /// The first bytes of every bundle. The last byte keeps text tools from taking it for text.
    public static let magic = Array("LAZARET".utf8) + [0]
    /// The version of the format.
    public static let version: UInt32 = 2

    /// The sections, by their numbers. 15 is kept free for a signature.
    enum Section: UInt32, CaseIterable {
        case manifest = 1
        case strings = 2
        case code = 3
        case values = 4
        case patterns = 5
        case atoms = 6
        case formulas = 7
        case places = 8
        case rules = 9
        case organisation = 10
        case suffixes = 11

        var name: String { String(describing: self) }
    }

    static let entryBytes = 40

    /// The bytes of a program. The program need not have been verified.
    public static func write(_ program: Program) -> [UInt8] {
        let strings = StringTable()
        var sections: [(Section, [UInt8])] = []
        for section in Section.allCases where section != .strings {
            var writer = SectionWriter(strings: strings)
            write(section, of: program, to: &writer)
            sections.append((section, writer.bytes))
        }
        var table = SectionWriter(strings: strings)
        table.array(strings.strings) { $0.raw($1) }
        sections.insert((.strings, table.bytes), at: 1)

        var header = SectionWriter(strings: strings)
        for byte in magic { header.byte(byte) }
        header.fixed32(version)
        header.fixed32(UInt32(sections.count))
        for (section, bytes) in sections {
            header.fixed32(section.rawValue)
            header.fixed32(UInt32(truncatingIfNeeded: bytes.count))
            for byte in SHA256Digest.hash(bytes).bytes { header.byte(byte) }
        }
        return header.bytes + SHA256Digest.hash(header.bytes).bytes + sections.flatMap(\.1)
    }

    /// Reads and verifies a bundle.
    ///
    /// - Throws: `BundleFault` if the bytes are not a bundle whose program may run.
    public static func read(
        _ bytes: [UInt8], limits: BytecodeLimits = BytecodeLimits()
    ) throws(BundleFault) -> Program {
        guard bytes.count <= limits.bundleBytes else {
            throw BundleFault(.limit, "it has \(bytes.count) bytes, more than \(limits.bundleBytes)")
        }
        let ranges = try sectionRanges(of: bytes)
        guard let stringRange = ranges[.strings] else { throw BundleFault(.format, "it has no strings") }
        var table = SectionReader(bytes, range: stringRange, name: Section.strings.name)
        let strings = try table.array { (reader: inout SectionReader) throws(BundleFault) in try reader.raw() }
        try table.finish()

        var program = Program()
        for section in Section.allCases where section != .strings {
            guard let range = ranges[section] else { throw BundleFault(.format, "it has no \(section.name)") }
            var reader = SectionReader(
                bytes, range: range, name: section.name, strings: strings, copyable: limits.copiedStringBytes)
            try read(section, from: &reader, into: &program)
            try reader.finish()
        }
        try Verifier.verify(program, limits: limits)
        return program
    }

    /// A file with its digests computed anew, for tests that must get past them to the verifier.
    package static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        var sealed = bytes
        var start = 16 + Section.allCases.count * entryBytes + SHA256Digest.byteCount
        guard sealed.count >= start else { return bytes }
        for index in Section.allCases.indices {
            let entry = 16 + index * entryBytes
            var length = 0
            for byte in sealed[(entry + 4)..<(entry + 8)].reversed() { length = length << 8 | Int(byte) }
            let end = min(sealed.count, start + length)
            sealed.replaceSubrange(
                (entry + 8)..<(entry + entryBytes), with: SHA256Digest.hash(sealed[start..<end]).bytes)
            start = end
        }
        let headerEnd = 16 + Section.allCases.count * entryBytes
        sealed.replaceSubrange(
            headerEnd..<(headerEnd + SHA256Digest.byteCount), with: SHA256Digest.hash(sealed[..<headerEnd]).bytes)
        return sealed
    }

    /// The ranges of a file's sections, for tests that exchange them.
    package static func sections(of bytes: [UInt8]) throws(BundleFault) -> [Range<Int>] {
        let ranges = try sectionRanges(of: bytes)
        return Section.allCases.compactMap { ranges[$0] }
    }

    /// Checks header and digests.
    private static func sectionRanges(of bytes: [UInt8]) throws(BundleFault) -> [Section: Range<Int>] {
        guard bytes.count >= 16, bytes.starts(with: magic) else { throw BundleFault(.format, "it is no bundle") }
        var reader = SectionReader(bytes, range: magic.count..<bytes.count, name: "header")
        let found = try reader.fixed32()
        guard found == version else {
            // What an older one holds was written under other rules; nothing here guesses at them.
            let advice = found < version ? "compile the policy again" : "a newer lazaret wrote it"
            throw BundleFault(.version, "its format is version \(found), not \(version): \(advice)")
        }
        let count = Int(try reader.fixed32())
        guard count == Section.allCases.count else { throw BundleFault(.format, "it has \(count) sections") }
        let headerEnd = 16 + count * entryBytes
        guard bytes.count >= headerEnd + SHA256Digest.byteCount else { throw BundleFault(.length, "it was cut") }
        let headerDigest = bytes[headerEnd..<(headerEnd + SHA256Digest.byteCount)]
        guard SHA256Digest.hash(bytes[..<headerEnd]).bytes.elementsEqual(headerDigest) else {
            throw BundleFault(.digest, "the header's digest does not match")
        }
        var ranges: [Section: Range<Int>] = [:]
        var start = headerEnd + SHA256Digest.byteCount
        for index in 0..<count {
            let number = try reader.fixed32()
            let length = Int(try reader.fixed32())
            guard let section = Section(rawValue: number), ranges[section] == nil else {
                throw BundleFault(.format, "section \(number) is unknown or there twice")
            }
            guard length <= bytes.count - start else { throw BundleFault(.length, "section \(section.name) was cut") }
            let digestStart = 16 + index * entryBytes + 8
            let digest = bytes[digestStart..<(digestStart + SHA256Digest.byteCount)]
            for _ in 0..<SHA256Digest.byteCount { _ = try reader.byte() }
            guard SHA256Digest.hash(bytes[start..<(start + length)]).bytes.elementsEqual(digest) else {
                throw BundleFault(.digest, "the digest of section \(section.name) does not match")
            }
            ranges[section] = start..<(start + length)
            start += length
        }
        guard start == bytes.count else { throw BundleFault(.length, "bytes are left over at its end") }
        return ranges
    }

    private static func write(_ section: Section, of program: Program, to writer: inout SectionWriter) {
        switch section {
        case .strings: break
        case .manifest: program.manifest.write(to: &writer)
        case .code:
            writer.count(program.recipientSection)
            writer.count(program.registerCount)
            writer.count(program.totalCount)
            writer.array(program.code)
        case .values:
            writer.array(program.facts)
            writer.array(program.constants)
            writer.array(program.operands)
            writer.array(program.sets)
            writer.array(program.dictionaries)
        case .patterns:
            writer.array(program.patternGroups)
            writer.array(program.matchCounts)
        case .atoms:
            writer.array(program.atoms)
            writer.array(program.comparisons)
        case .formulas:
            writer.array(program.sharedValues)
            writer.array(program.formulas)
            writer.array(program.computed)
            writer.array(program.counts)
            writer.array(program.nodes)
        case .places: writer.array(program.places)
        case .rules:
            writer.array(program.rules)
            writer.array(program.exemptions)
            writer.array(program.answerTables)
            writer.array(program.consequences)
        case .organisation:
            program.organisation.write(to: &writer)
            writer.array(program.templates)
            writer.array(program.areas)
        case .suffixes: writer.optional(program.suffixes) { $1.write(to: &$0) }
        }
    }

    private static func read(
        _ section: Section, from reader: inout SectionReader, into program: inout Program
    ) throws(BundleFault) {
        switch section {
        case .strings: break
        case .manifest: program.manifest = try Manifest.read(from: &reader)
        case .code:
            program.recipientSection = try reader.number()
            program.registerCount = try reader.number()
            program.totalCount = try reader.number()
            program.code = try reader.array()
        case .values:
            program.facts = try reader.array()
            program.constants = try reader.array()
            program.operands = try reader.array()
            program.sets = try reader.array()
            program.dictionaries = try reader.array()
        case .patterns:
            program.patternGroups = try reader.array()
            program.matchCounts = try reader.array()
        case .atoms:
            program.atoms = try reader.array()
            program.comparisons = try reader.array()
        case .formulas:
            program.sharedValues = try reader.array()
            program.formulas = try reader.array()
            program.computed = try reader.array()
            program.counts = try reader.array()
            program.nodes = try reader.array()
        case .places: program.places = try reader.array()
        case .rules:
            program.rules = try reader.array()
            program.exemptions = try reader.array()
            program.answerTables = try reader.array()
            program.consequences = try reader.array()
        case .organisation:
            program.organisation = try Organisation.read(from: &reader)
            program.templates = try reader.array()
            program.areas = try reader.array()
        case .suffixes:
            program.suffixes = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
                try PublicSuffixList.read(from: &reader)
            }
        }
    }
}
