import Bytecode
import Testing
import Vocabulary

@Suite struct BundleTests {
    @Test func aProgramSurvivesItsFile() throws {
        let bytes = try SamplePolicy.bundle()
        let program = try Bundle.read(bytes)
        #expect(Bundle.write(program) == bytes)
        #expect(program.manifest.policy == "acme")
        #expect(program.rules.map(\.name) == ["clips", "leaks", "many", "own", "trap"])
    }

    @Test func aChangedByteIsFoundByTheDigests() throws {
        let bytes = try SamplePolicy.bundle()
        for index in stride(from: 0, to: bytes.count, by: 3) {
            var changed = bytes
            changed[index] ^= 0x20
            #expect(throws: BundleFault.self) { try Bundle.read(changed) }
        }
    }

    @Test func aCutFileIsRefused() throws {
        let bytes = try SamplePolicy.bundle()
        for length in 0..<bytes.count {
            #expect(throws: BundleFault.self) { try Bundle.read(Array(bytes[..<length])) }
        }
        #expect(throws: BundleFault.self) { try Bundle.read(bytes + [0]) }
    }

    @Test func faultsSayWhatIsWrong() throws {
        #expect(fault(of: []) == .format)
        #expect(fault(of: Array("From: a mail".utf8) + [UInt8](repeating: 0, count: 40)) == .format)
        var bytes = try SamplePolicy.bundle()
        bytes[8] = 9
        #expect(throws: BundleFault(.version, "its format is version 9, not 2: a newer lazaret wrote it")) {
            try Bundle.read(bytes)
        }
        bytes[8] = 1
        #expect(throws: BundleFault(.version, "its format is version 1, not 2: compile the policy again")) {
            try Bundle.read(bytes)
        }
        bytes[8] = 2
        bytes[bytes.count - 1] ^= 1
        #expect(fault(of: bytes) == .digest)
        var limits = BytecodeLimits()
        limits.bundleBytes = 100
        #expect(throws: BundleFault(.limit, "it has \(bytes.count) bytes, more than 100")) {
            try Bundle.read(bytes, limits: limits)
        }
    }

    private func fault(of bytes: [UInt8]) -> BundleFault.Cause? {
        do throws(BundleFault) {
            _ = try Bundle.read(bytes)
            return nil
        } catch {
            return error.cause
        }
    }

    @Test func values() throws {
        var program = Program()
        program.constants = [
            .bool(true), .number(.min), .number(.max), .number(-1), .text(Text(utf8: [0xff, 0])),
            .address(Address("A+b@X.example", displayName: "N")), .domain(Domain("X.example")),
            .fileType(.unknown), .encryption(.smime), .hash([1, 2]), .symbol("pass"),
        ]
        program.code = [Instruction(.halt), Instruction(.halt)]
        program.recipientSection = 1
        #expect(try Bundle.read(Bundle.write(program)) == program)
    }
}
