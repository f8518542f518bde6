import Bytecode
import Compiler
import Vocabulary

extension PolicyBuild {
    /// The tests with the bytes of their mails, as a bundle carries them.
    ///
    /// - Throws: `FileFault` when a mail cannot be read.
    public func carriedTests(limits: MailLimits = MailLimits()) throws(FileFault) -> CarriedTests {
        var carried = CarriedTests()
        for test in tests {
            let mail = try StoredMail(path: test.mail).read(limits: limits)
            carried.add(
                CarriedTest(
                    name: test.name, place: test.place, mail: 0, envelope: test.envelope,
                    assumptions: test.assumptions, expectations: test.carriedExpectations),
                of: mail)
        }
        return carried
    }
}

extension PolicyTest {
    /// What it expects, without the compiler's words for it.
    var carriedExpectations: [CarriedTest.Expected] {
        expectations.map { .init(expectation: $0.expectation, recipient: $0.recipient, place: $0.place) }
    }
}
