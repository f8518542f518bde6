import Bytecode
import Cryptography
import Testing
import Vocabulary

@Suite struct CarriedTestTests {
    private static func test(_ name: String) -> CarriedTest {
        let place = SourcePlace(file: "policy.lazaret", line: 3, column: 1, length: 4)
        return CarriedTest(
            name: name, place: place, mail: 0,
            envelope: Envelope(
                sender: Address("eve@partner.example"), recipients: [Address("bob@acme.example")].compactMap { $0 },
                clientIP: IPAddress("192.0.2.7"), isTLS: true, receivedAt: 1_700_000_000),
            assumptions: [],
            expectations: [
                .init(
                    expectation: .disposition(.quarantine, area: "media", reason: nil),
                    recipient: Address("bob@acme.example"), place: place),
                .init(expectation: .rule("clips", .exempted(by: "known")), recipient: nil, place: place),
                .init(expectation: .noNotice, recipient: nil, place: place),
            ])
    }

    private static func tests(_ count: Int = 3, mail: (Int) -> [UInt8] = { [UInt8($0 % 2)] }) -> CarriedTests {
        var tests = CarriedTests()
        for number in 0..<count { tests.add(test("test \(number)"), of: mail(number)) }
        return tests
    }

    private func fault(_ body: () throws(BundleFault) -> Void) -> BundleFault? {
        do throws(BundleFault) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func testsSurviveTheirFile() throws {
        let bytes = try SamplePolicy.bundle()
        let tests = Self.tests()
        #expect(tests.mails.count == 2)
        let carrying = try Bundle.adding(tests, to: bytes)
        #expect(try Bundle.tests(of: carrying) == tests)
        #expect(try Bundle.adding(tests, to: bytes) == carrying)
        #expect(try Bundle.tests(of: bytes) == nil)
        #expect(try Bundle.write(Bundle.read(carrying)) == bytes)
        #expect(try Bundle.program(of: carrying) == bytes)
        #expect(try Bundle.digest(of: carrying) != Bundle.digest(of: bytes))
        // Others take their place; a signature does not cover them.
        let signed = try Bundle.sign(carrying, with: SigningKey())
        #expect(try Bundle.tests(of: signed) == tests)
        #expect(try Bundle.program(of: signed) == bytes)
        #expect(try Bundle.adding(Self.tests(1), to: signed) == Bundle.adding(Self.tests(1), to: bytes))
    }

    @Test func aDamagedTestIsRefusedWithTheBundle() throws {
        let carrying = try Bundle.adding(Self.tests(), to: SamplePolicy.bundle())
        let section = try #require(try Bundle.sections(of: carrying).last)
        var refused = 0
        for index in section {
            var changed = carrying
            changed[index] ^= 0x04
            if fault({ () throws(BundleFault) in _ = try Bundle.read(Bundle.resealed(changed)) }) != nil {
                refused += 1
            }
        }
        #expect(refused > section.count / 4)
    }

    @Test func aTestOfNoMailIsRefused() throws {
        let carrying = try Bundle.adding(Self.tests(), to: SamplePolicy.bundle())
        let digits = Array("\"mail\":1".utf8)
        let place = try #require(carrying.firstRange(of: digits))
        var changed = carrying
        changed[place.upperBound - 1] = UInt8(ascii: "7")
        #expect(
            fault { () throws(BundleFault) in _ = try Bundle.read(Bundle.resealed(changed)) }
                == BundleFault(.value, "section tests: test 2 has no mail"))
    }

    @Test func boundsOfTests() throws {
        let bytes = try SamplePolicy.bundle()
        func reason(_ tests: CarriedTests, _ change: (inout BytecodeLimits) -> Void) -> String? {
            var limits = BytecodeLimits()
            change(&limits)
            return fault { () throws(BundleFault) in _ = try Bundle.adding(tests, to: bytes, limits: limits) }?.reason
        }
        let tests = Self.tests(3) { _ in [UInt8](repeating: 65, count: 100) }
        #expect(reason(tests) { $0.tests = 3 } == nil)
        #expect(reason(tests) { $0.tests = 2 } == "section tests: there are 3 tests, more than 2")
        #expect(reason(tests) { $0.testMailBytes = 100 } == nil)
        #expect(reason(tests) { $0.testMailBytes = 99 } == "section tests: its mails have 100 bytes, more than 99")
        #expect(reason(tests) { $0.testBytes = 2000 } == nil)
        #expect(reason(tests) { $0.testBytes = 200 }?.contains("more than 200") == true)
        #expect(reason(tests) { $0.bundleBytes = 300 }?.contains("with its tests it has") == true)
    }
}
