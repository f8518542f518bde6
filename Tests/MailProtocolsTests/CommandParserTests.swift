import Testing

@testable import MailProtocols

@Suite("Commands of a client")
struct CommandParserTests {
    private func parse(_ line: String) -> Result<Command, Reply> {
        parse(Array(line.utf8))
    }

    private func parse(_ line: [UInt8]) -> Result<Command, Reply> {
        do throws(Reply) { return .success(try CommandParser().command(line[...])) } catch { return .failure(error) }
    }

    private func code(_ line: String) -> String? {
        guard case .failure(let reply) = parse(line) else { return nil }
        return "\(reply.code) \(reply.status.map(String.init(describing:)) ?? "-")"
    }

    private func sender(_ text: String) -> String? {
        guard case .success(.mail(let path, _)) = parse("MAIL FROM:\(text)") else { return nil }
        return path.description
    }

    private func recipient(_ text: String) -> String? {
        guard case .success(.rcpt(let mailbox, _)) = parse("RCPT TO:\(text)") else { return nil }
        return mailbox.description
    }

    @Test("Verbs are read in any case, with blanks around", arguments: ["data", "DATA", "Data ", "DATA\t"])
    func verbs(line: String) {
        #expect(parse(line) == .success(.data))
    }

    @Test("Paths are kept as they came")
    func paths() {
        #expect(sender("<>") == "<>")
        #expect(sender(" <a@b.example>") == "<a@b.example>")
        #expect(sender("<\"a@b >\"@C.example>") == "<\"a@b >\"@C.example>")
        #expect(sender("<\"a\\\"b\"@c.example>") == "<\"a\\\"b\"@c.example>")
        #expect(sender("<a..b.@c.example>") == "<a..b.@c.example>")
        #expect(recipient("<a@[IPv6:::1]>") == "a@[IPv6:::1]")
        #expect(recipient("<Postmaster>") == "Postmaster")
        #expect(recipient("<@one,@two:joe@three>") == "joe@three")
    }

    @Test(
        "What could be read in two ways is no path",
        arguments: [
            "a@b.example", "<a@b.example", "<a@b.example>x", "<a b@c.example>", "<a@b@>", "<@c.example>", "<a@>", "<a>",
            "<a@b..c>", "<a@.b>", "<a@b.>", "<\"a@b.example>", "<a\\>", "<a@b.example\u{1}>", "<<a@b.example>>",
            "<a@b c>", "<a@[1.2.3.4>", "<a@1.2.3.4]>", "<@one:>",
        ])
    func brokenPaths(text: String) {
        #expect(sender(text) == nil)
        #expect(recipient(text) == nil)
    }

    @Test("Only a recipient may be the postmaster of no domain, and none may be null")
    func postmasterAndNull() {
        #expect(sender("<postmaster>") == nil)
        #expect(recipient("<>") == nil)
        #expect(code("RCPT TO:<>") == "501 5.1.3")
        #expect(code("MAIL FROM:<a>") == "501 5.1.7")
    }

    @Test("Addresses beyond ASCII need SMTPUTF8, and are UTF-8")
    func international() {
        #expect(sender("<é@b.example>") == nil)
        #expect(sender("<é@b.example> SMTPUTF8") == "<é@b.example>")
        let broken = Array("MAIL FROM:<".utf8) + [0xE9] + Array("@b.example> SMTPUTF8".utf8)
        #expect((try? parse(broken).get()) == nil)
    }

    @Test("Parameters of MAIL")
    func mailParameters() {
        var expected = MailParameters()
        expected.size = 1_000
        expected.isEightBit = true
        expected.isInternational = true
        expected.returned = .headers
        expected.envelopeID = "QQ+20314"
        expected.claimedSubmitter = "<>"
        let line = "MAIL FROM:<> SIZE=1000 body=8bitmime SMTPUTF8 RET=HDRS ENVID=QQ+20314 AUTH=<>"
        #expect(parse(line) == .success(.mail(.null, expected)))
    }

    @Test(
        "Parameters that are broken, repeated or unknown are refused",
        arguments: [
            ("SIZE=", "501 5.5.4"), ("SIZE=-1", "501 5.5.4"), ("SIZE=9999999999999999999", "501 5.5.4"),
            ("SIZE=1 SIZE=2", "501 5.5.4"), ("SIZE", "555 5.5.4"), ("BODY=BINARYMIME", "555 5.5.4"),
            ("SMTPUTF8=yes", "555 5.5.4"), ("RET=SOME", "501 5.5.4"), ("ENVID=+2", "501 5.5.4"),
            ("FUTURE=1", "555 5.5.4"), ("=1", "501 5.5.4"),
        ])
    func brokenParameters(parameter: String, expected: String) {
        #expect(code("MAIL FROM:<> \(parameter)") == expected)
    }

    @Test("Parameters of RCPT")
    func recipientParameters() throws {
        let command = try parse("RCPT TO:<a@b> NOTIFY=SUCCESS,delay ORCPT=rfc822;a+2Bb@c").get()
        guard case .rcpt(_, let parameters) = command else {
            Issue.record("it is \(command)")
            return
        }
        #expect(parameters.notify == [.success, .delay])
        #expect(parameters.notify?.description == "SUCCESS,DELAY")
        #expect(parameters.originalRecipient == "rfc822;a+2Bb@c")
        #expect(code("RCPT TO:<a@b> NOTIFY=NEVER,SUCCESS") == "501 5.5.4")
        #expect(code("RCPT TO:<a@b> NOTIFY=SUCCESS,SUCCESS") == "501 5.5.4")
        #expect(code("RCPT TO:<a@b> ORCPT=nobody") == "501 5.5.4")
    }

    @Test("Chunks say their size and whether they are the last")
    func chunks() {
        #expect(parse("BDAT 86 LAST") == .success(.bdat(size: 86, isLast: true)))
        #expect(parse("BDAT 0 last") == .success(.bdat(size: 0, isLast: true)))
        #expect(parse("BDAT 86") == .success(.bdat(size: 86, isLast: false)))
        for line in ["BDAT", "BDAT x", "BDAT -1", "BDAT 1 FIRST", "BDAT 1 LAST x", "BDAT 9999999999999999999"] {
            #expect(code(line) == "501 5.5.4", "\(line)")
        }
    }

    @Test("What the server in front says of its client")
    func xforward() throws {
        let line = "XFORWARD NAME=[UNAVAILABLE] ADDR=192.0.2.1 HELO=a+20b PROTO=ESMTP"
        guard case .xforward(var attributes) = try parse(line).get() else {
            Issue.record("no attributes")
            return
        }
        #expect(attributes[.name] == nil)
        #expect(attributes.values.keys.contains(.name))
        #expect(attributes[.address] == "192.0.2.1")
        #expect(attributes[.greeting] == "a b")
        #expect(attributes[.port] == nil)
        guard case .xforward(let later) = try parse("XFORWARD PORT=25 HELO=c").get() else { return }
        attributes.merge(later)
        #expect(attributes[.greeting] == "c")
        #expect(attributes[.address] == "192.0.2.1")
        for line in ["XFORWARD", "XFORWARD ADDR", "XFORWARD COLOUR=red", "XFORWARD NAME=a+0Db", "XFORWARD NAME=+zz"] {
            #expect(code(line)?.hasPrefix("501") == true, "\(line)")
        }
    }

    @Test("No byte of a control gets through, NUL and lone line ends least")
    func controls() {
        for byte: UInt8 in [0x00, 0x01, 0x0A, 0x0D, 0x1B, 0x7F] {
            #expect((try? parse(Array("NOOP ".utf8) + [byte]).get()) == nil)
        }
    }

    @Test("Lines, mailboxes and parameters at their limits and beyond")
    func limits() {
        let limits = ProtocolLimits()
        #expect(parse("NOOP " + String(repeating: "x", count: limits.commandBytes - 7)) == .success(.noop))
        #expect(code("NOOP " + String(repeating: "x", count: limits.commandBytes - 6)) == "500 5.5.2")
        let local = String(repeating: "l", count: limits.mailboxBytes - 2)
        #expect(sender("<\(local)@d>") != nil)
        #expect(sender("<\(local)l@d>") == nil)
        let identifier = String(repeating: "A", count: limits.parameterBytes)
        #expect(code("MAIL FROM:<> AUTH=\(identifier)") == nil)
        #expect(code("MAIL FROM:<> AUTH=\(identifier)A") == "501 5.5.4")
        let words = (0..<limits.parameters).map { "X\($0)=1" }.joined(separator: " ")
        #expect(code("MAIL FROM:<> \(words)") == "555 5.5.4")
        #expect(code("MAIL FROM:<> \(words) Y=1") == "501 5.5.4")
    }

    @Test("Commands that are known but not offered are told from those that nobody knows")
    func others() {
        #expect(code("EXPN all") == "502 5.5.1")
        #expect(code("AUTH PLAIN") == "502 5.5.1")
        #expect(code("GET / HTTP/1.1") == "500 5.5.2")
        #expect(code("") == "500 5.5.2")
        #expect(code("DATA now") == "501 5.5.4")
    }
}
