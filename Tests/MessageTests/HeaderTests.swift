import Message
import TestSupport
import Testing

@Suite struct HeaderTests {
    @Test func fieldsKeepOrderFoldsAndOffsets() {
        let mail = message("Received: one", "SUBJECT: a long", "\tsubject", "Received: two", "", "body")
        #expect(mail.header.fields.map(\.name) == ["Received", "SUBJECT", "Received"])
        #expect(mail.header.all("received").map(\.unfolded) == ["one", "two"])
        #expect(mail.header.first("subject")?.unfolded == "a long\tsubject")
        #expect(
            mail.header.first("Subject").map { mail.bytes.text($0.lineRange) } == "SUBJECT: a long\r\n\tsubject\r\n")
        #expect(mail.header.first("Subject").map { mail.bytes.text($0.valueRange) } == " a long\r\n\tsubject")
        #expect(mail.header.first("absent") == nil)
    }

    @Test(arguments: [
        ("=?utf-8?q?caf=C3=A9?=", "café"), ("=?iso-8859-1?Q?a?= =?iso-8859-1?Q?b?=", "ab"),
        ("plain text", "plain text"), ("=?utf-8?b?w6k=?= rest", "é rest"), ("raw \u{E9}", "raw é"),
        ("=?no-such-charset?q?abc?=", "abc"), ("=?utf-8?q?broken", "=?utf-8?q?broken"),
    ])
    func encodedWordsAreDecoded(raw: String, expected: String) {
        #expect(message("Subject: \(raw)", "", "").header.subject == expected)
    }

    @Test func longRunsOfEncodedWordsLoseNothing() {
        let words = String(repeating: "=?utf-8?q?caf=C3=A9?= ", count: 2_000)
        #expect(message("Subject: \(words)", "", "").header.subject == String(repeating: "café", count: 2_000))
        let mixed = String(repeating: "=?utf-8?q?a?= b ", count: 2_000)
        let expected = String(String(repeating: "a b ", count: 2_000).dropLast())
        #expect(message("Subject: \(mixed)", "", "").header.subject == expected)
    }

    @Test func unlabelledBytesAreWindows1252() {
        let mail = ParsedMessage(MessageBytes(Array("Subject: caf".utf8) + [0xE9] + Array("\r\n\r\n".utf8)))
        #expect(mail.header.subject == "café")
        #expect(names(mail) == ["unlabelled-header-charset"])
    }

    @Test func addressesAreReadWithNamesAndGroups() {
        let mail = message(
            "To: =?utf-8?q?J=C3=BCrgen?= <j@Example.org>, \"A, B\" <ab@example.net>, plain@example.com,",
            " team: x@example.org, y@example.org;, (comment) z@example.org", "", "")
        let found = mail.header.addresses("to")
        #expect(
            found.map(\.addrSpec) == [
                "j@Example.org", "ab@example.net", "plain@example.com", "x@example.org", "y@example.org",
                "z@example.org",
            ])
        #expect(found.first?.displayName == "Jürgen")
        #expect(found.first?.domain == "example.org")
        #expect(found.first?.localPart == "j")
        #expect(found.dropFirst().first?.displayName == "A, B")
        #expect(found.filter { $0.group == "team" }.count == 2)
    }

    @Test(
        arguments: [
            ("Doe, John <j@example.org>, b@c", ["j@example.org", "b@c"]), ("a@b,,, c@d,", ["a@b", "c@d"]),
            ("\"x, <q@r>\" <a@b>", ["a@b"]), ("<a@b> (c, d), e@f", ["a@b", "e@f"]),
            ("undisclosed-recipients:;", []), ("g: a@b;, c@d", ["a@b", "c@d"]),
            ("a@[192.0.2.1], b@c", ["a@[192.0.2.1]", "b@c"]),
            ("postmaster, a@b", ["postmaster", "a@b"]), ("", []),
        ] as [(String, [String])])
    func listsAreSplitAsReadersDo(raw: String, expected: [String]) {
        #expect(message("To: \(raw)", "", "").header.addresses("to").map(\.addrSpec) == expected)
    }

    @Test func commasWithoutEndAreReadInTime() {
        let elapsed = Effort.seconds {
            for text in ["0,", "a,+", "Mon, ", "<", "a:", "g:a,", "\"", "x@y,", "a <"] {
                let value = String(repeating: text, count: 65_000 / text.utf8.count)
                _ = message("To: \(value)", "", "").header.addresses("to")
            }
        }
        #expect(elapsed < 30)
    }

    @Test(arguments: [
        ("Mon, 1 Jan 2024 00:00:00 +0000", 1_704_067_200 as Int64?), ("1 Jan 2024 01:00:00 +0100", 1_704_067_200),
        ("rubbish", nil), ("", nil),
    ])
    func datesBecomeSeconds(raw: String, expected: Int64?) {
        #expect(message("Date: \(raw)", "", "").header.date == expected)
    }

    @Test func messageIDsLoseTheirBrackets() {
        let mail = message("References: <a@b> <c@d>", " junk <e@f>", "", "")
        #expect(mail.header.first("references")?.messageIDs == ["a@b", "c@d", "e@f"])
    }

    @Test func receivedIsReadLightly() {
        let mail = message(
            "Received: from mail.example.net (host.example.net [192.0.2.1])",
            "\tby mx.example.org (Postfix) with ESMTPSA id 12345 for <bob@example.org>;",
            "\tMon, 1 Jan 2024 00:00:00 +0000 (UTC)",
            "Received: from [IPv6:2001:db8::1] by b with SMTP; nonsense", "", "")
        let received = mail.header.received
        #expect(received.first?.from == "mail.example.net")
        #expect(received.first?.fromComment == "host.example.net [192.0.2.1]")
        #expect(received.first?.address == "192.0.2.1")
        #expect(received.first?.by == "mx.example.org")
        #expect(received.first?.with == "ESMTPSA")
        #expect(received.first?.id == "12345")
        #expect(received.first?.forAddress == "bob@example.org")
        #expect(received.first?.date == 1_704_067_200)
        #expect(received.last?.address == "2001:db8::1")
        #expect(received.last?.date == nil)
    }

    @Test func authenticationResultsAreRead() throws {
        let value =
            "mx.example.org 1; spf=pass (good; really) smtp.mailfrom=a@example.net; "
            + "dkim=fail reason=\"bad; signature\" header.d=example.net header.b=\"ab=\"; dmarc/1 = NONE header.from=example.net"
        let read = try #require(AuthenticationResults.parse(value))
        #expect(read.authservID == "mx.example.org")
        #expect(read.results.map(\.method) == ["spf", "dkim", "dmarc"])
        #expect(read.results.map(\.result) == ["pass", "fail", "none"])
        #expect(read.results(of: "dkim").first?.reason == "bad; signature")
        #expect(read.results(of: "dkim").first?.property("header", "d") == "example.net")
        #expect(read.results(of: "spf").first?.property("smtp", "mailfrom") == "a@example.net")
        #expect(AuthenticationResults.parse("host; none")?.results.isEmpty == true)
        #expect(AuthenticationResults.parse("host 2; spf=pass") == nil)
        #expect(AuthenticationResults.parse("") == nil)
        #expect(AuthenticationResults.parse("; spf=pass") == nil)
    }
}
