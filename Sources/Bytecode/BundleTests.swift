import Foundation
import Vocabulary

/// Section 12: the tests that a bundle carries. The mails, each a length and its bytes; then each test as a length and
/// JSON with its keys in order. Workers are given the program alone.
extension Bundle {
    /// The bundle with tests in place of those that it has, and without a signature, which would not be one over them.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle, or the tests are over a limit.
    public static func adding(
        _ tests: CarriedTests, to bytes: [UInt8], limits: BytecodeLimits = BytecodeLimits()
    ) throws(BundleFault) -> [UInt8] {
        let program = programSections(in: bytes, try sectionRanges(of: bytes))
        let section = try encoded(tests)
        let bundle = assembled(program + [(.tests, section)])
        guard bundle.count <= limits.bundleBytes else {
            throw BundleFault(.limit, "with its tests it has \(bundle.count) bytes, more than \(limits.bundleBytes)")
        }
        _ = try self.tests(of: bundle, limits: limits)
        return bundle
    }

    /// The tests that a bundle carries; `nil` where it has none.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle, or its tests are damaged or over a limit.
    public static func tests(
        of bytes: [UInt8], limits: BytecodeLimits = BytecodeLimits()
    ) throws(BundleFault) -> CarriedTests? {
        try tests(in: bytes, try sectionRanges(of: bytes), limits)
    }

    /// The bundle without tests and signature: all that a worker needs. The program in it is not verified.
    ///
    /// - Throws: `BundleFault` if the bytes are no bundle.
    public static func program(of bytes: [UInt8]) throws(BundleFault) -> [UInt8] {
        assembled(programSections(in: bytes, try sectionRanges(of: bytes)))
    }

    private static func programSections(
        in bytes: [UInt8], _ ranges: [Section: Range<Int>]
    ) -> [(Section, [UInt8])] {
        sections(in: bytes, ranges).filter { $0.0 != .tests }
    }

    static func tests(
        in bytes: [UInt8], _ ranges: [Section: Range<Int>], _ limits: BytecodeLimits
    ) throws(BundleFault) -> CarriedTests? {
        guard let range = ranges[.tests] else { return nil }
        var reader = SectionReader(bytes, range: range, name: Section.tests.name)
        let mails = try reader.array { (reader: inout SectionReader) throws(BundleFault) in try reader.raw() }
        let mailBytes = mails.reduce(0) { $0 + $1.count }
        guard mailBytes <= limits.testMailBytes else {
            throw reader.fault(.limit, "its mails have \(mailBytes) bytes, more than \(limits.testMailBytes)")
        }
        let count = try reader.count()
        guard count <= limits.tests else {
            throw reader.fault(.limit, "there are \(count) tests, more than \(limits.tests)")
        }
        var tests: [CarriedTest] = []
        for _ in 0..<count {
            let bytes = try reader.raw()
            guard bytes.count <= limits.testBytes else {
                throw reader.fault(.limit, "a test has \(bytes.count) bytes, more than \(limits.testBytes)")
            }
            guard let test = try? JSONDecoder().decode(CarriedTest.self, from: Data(bytes)) else {
                throw reader.fault(.value, "test \(tests.count + 1) cannot be read")
            }
            guard mails.indices.contains(test.mail) else {
                throw reader.fault(.value, "test \(tests.count + 1) has no mail")
            }
            tests.append(test)
        }
        try reader.finish()
        return CarriedTests(mails: mails, tests: tests)
    }

    private static func encoded(_ tests: CarriedTests) throws(BundleFault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var written: [[UInt8]] = []
        for test in tests.tests {
            // JSON lacks some numbers, none of which a test has.
            guard let bytes = try? encoder.encode(test) else {
                throw BundleFault(.value, "the test “\(test.name)” cannot be written")
            }
            written.append(Array(bytes))
        }
        var writer = SectionWriter(strings: StringTable())
        writer.array(tests.mails) { $0.raw($1) }
        writer.array(written) { $0.raw($1) }
        return writer.bytes
    }
}
