import Cryptography
import Vocabulary

/// A program as a file, `.lzb`.
///
/// Layout, little endian: eight bytes of magic, the format's version (4 bytes), the number of sections (4); for each
/// section its number (4), its length (4) and the SHA-256 of its bytes (32); the SHA-256 of all that (32); then the
/// sections' bytes without gaps, in the same order. Equal programs give equal files.
///
/// Sections that not every bundle has come last: the tests, then the signature.
public enum Bundle {
    /// The first bytes of every bundle. The last byte keeps text tools from taking it for text.
    public static let magic = Array("LAZARET".utf8) + [0]
    /// The version of the format.
    public static let version: UInt32 = 2

    /// The sections, by their numbers.
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
        case tests = 12
        case signature = 15

        /// Those that make a program; every bundle has them.
        static let program = allCases.filter { $0 != .tests && $0 != .signature }

        var name: String { String(describing: self) }
    }

    static let entryBytes = 40

    /// The bytes of a program. The program need not have been verified.
    public static func write(_ program: Program) -> [UInt8] {
        let strings = StringTable()
        var sections: [(Section, [UInt8])] = []
        for section in Section.program where section != .strings {
            var writer = SectionWriter(strings: strings)
            write(section, of: program, to: &writer)
            sections.append((section, writer.bytes))
        }
        var table = SectionWriter(strings: strings)
        table.array(strings.strings) { $0.raw($1) }
        sections.insert((.strings, table.bytes), at: 1)

        return assembled(sections)
    }

    /// The file of sections.
    static func assembled(_ sections: [(Section, [UInt8])]) -> [UInt8] {
        let header = header(sections.map { ($0, $1.count, SHA256Digest.hash($1)) })
        return header + SHA256Digest.hash(header).bytes + sections.flatMap(\.1)
    }

    /// What a file begins with, up to its digest.
    static func header(_ sections: [(section: Section, length: Int, digest: SHA256Digest)]) -> [UInt8] {
        var header = SectionWriter(strings: StringTable())
        for byte in magic { header.byte(byte) }
        header.fixed32(version)
        header.fixed32(UInt32(sections.count))
        for entry in sections {
            header.fixed32(entry.section.rawValue)
            header.fixed32(UInt32(truncatingIfNeeded: entry.length))
            for byte in entry.digest.bytes { header.byte(byte) }
        }
        return header.bytes
    }

    /// Reads and verifies a bundle. One that is signed must be signed rightly, whoever did it; whether to trust them is
    /// the caller's question (`signature(of:)`).
    ///
    /// - Throws: `BundleFault` if the bytes are not a bundle whose program may run.
    public static func read(
        _ bytes: [UInt8], limits: BytecodeLimits = BytecodeLimits()
    ) throws(BundleFault) -> Program {
        guard bytes.count <= limits.bundleBytes else {
            throw BundleFault(.limit, "it has \(bytes.count) bytes, more than \(limits.bundleBytes)")
        }
        let ranges = try sectionRanges(of: bytes)
        if ranges[.signature] != nil { _ = try signature(in: bytes, ranges) }
        _ = try tests(in: bytes, ranges, limits)
        guard let stringRange = ranges[.strings] else { throw BundleFault(.format, "it has no strings") }
        var table = SectionReader(bytes, range: stringRange, name: Section.strings.name)
        let strings = try table.array { (reader: inout SectionReader) throws(BundleFault) in try reader.raw() }
        try table.finish()

        var program = Program()
        for section in Section.program where section != .strings {
            guard let range = ranges[section] else { throw BundleFault(.format, "it has no \(section.name)") }
            var reader = SectionReader(
                bytes, range: range, name: section.name, strings: strings, copyable: limits.copiedStringBytes)
            try read(section, from: &reader, into: &program)
            try reader.finish()
        }
        try Verifier.verify(program, limits: limits)
        return program
    }

    /// The ranges of a file's sections, for tests that exchange them.
    package static func sections(of bytes: [UInt8]) throws(BundleFault) -> [Range<Int>] {
        let ranges = try sectionRanges(of: bytes)
        return Section.allCases.compactMap { ranges[$0] }
    }

    /// Checks header and digests.
    static func sectionRanges(of bytes: [UInt8]) throws(BundleFault) -> [Section: Range<Int>] {
        guard bytes.count >= 16, bytes.starts(with: magic) else { throw BundleFault(.format, "it is no bundle") }
        var reader = SectionReader(bytes, range: magic.count..<bytes.count, name: "header")
        let found = try reader.fixed32()
        guard found == version else {
            // What an older one holds was written under other rules; nothing here guesses at them.
            let advice = found < version ? "compile the policy again" : "a newer lazaret wrote it"
            throw BundleFault(.version, "its format is version \(found), not \(version): \(advice)")
        }
        let count = Int(try reader.fixed32())
        guard (Section.program.count...Section.allCases.count).contains(count) else {
            throw BundleFault(.format, "it has \(count) sections")
        }
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
            guard section != .signature || index == count - 1 else {
                throw BundleFault(.format, "a section follows the signature")
            }
            guard section != .tests || index == Section.program.count else {
                throw BundleFault(.format, "the tests stand among the program's sections")
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
}
