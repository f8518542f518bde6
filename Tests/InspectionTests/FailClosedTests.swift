import Inspection
import TestSupport
import Testing
import Vocabulary

/// Content that a sender puts where a filter does not look: it is found, or its absence has a reason.
@Suite struct FailClosedTests {
    private func inspect(
        _ bytes: [UInt8], settings: InspectionSettings = InspectionSettings()
    ) throws -> InspectedMessage {
        InspectedMessage(bytes, envelope: Envelope(), settings: settings, typer: try FileTyper())
    }

    private func attached(_ name: String, _ bytes: [UInt8], type: String = "application/octet-stream") -> [UInt8] {
        Samples.mail(attachments: [(name, type, bytes)])
    }

    private func paths(_ list: ElementListName, of message: InspectedMessage) -> [String] {
        message.elements(of: list).elements.map(message.path(ofPart:))
    }

    private func texts(_ fact: Fact, of message: InspectedMessage) -> String {
        message.value(of: fact, argument: nil, subject: .message).values.compactMap { $0.searchableText?.string }
            .joined(separator: "\n")
    }

    private func missing(_ fact: Fact, of message: InspectedMessage) -> Reasons {
        message.value(of: fact, argument: nil, subject: .message).missing
    }

    private func value(_ fact: Fact, _ path: String, of message: InspectedMessage) throws -> FactValue {
        let part = try #require(message.elements(of: .parts).elements.first { message.path(ofPart: $0) == path })
        return message.value(of: fact, argument: nil, subject: .part(part))
    }

    private let program: [UInt8] = [0x4D, 0x5A] + [UInt8](repeating: 0, count: 200)

    // MARK: Containers behind other bytes

    @Test(arguments: ["picture.gif", "picture.zip"]) func aZipBehindAPictureIsOpened(name: String) throws {
        let bytes = Array("GIF89a".utf8) + [UInt8](repeating: 7, count: 300) + Samples.zip([("setup.exe", program)])
        let message = try inspect(attached(name, bytes))
        #expect(paths(.files, of: message) == ["1.2", "1.2/setup.exe"])
        #expect(message.value(of: .messageAmbiguous, argument: nil, subject: .message) == .known(.bool(true)))
        #expect(try value(.type, "1.2", of: message).values.count == 2)
    }

    @Test func aZipAppendedToAnotherArchiveIsOpenedToo() throws {
        let bytes = Tar.archive([("a.txt", "0", "harmless")]) + Samples.zip([("b.txt", Array("other".utf8))])
        let message = try inspect(attached("x.tar", bytes))
        #expect(paths(.files, of: message).contains("1.2/a.txt"))
        #expect(paths(.files, of: message).contains("1.2/b.txt"))
    }

    @Test func aZipDeclaredAsAMessageIsOpened() throws {
        let zip = Samples.zip([("setup.exe", program)])
        let message = try inspect(attached("mail.zip", zip, type: "message/rfc822"))
        #expect(paths(.files, of: message).contains("1.2/setup.exe"))
    }

    @Test func linksOfAnArchiveAreSeenByTheirNames() throws {
        let message = try inspect(attached("x.tar", Tar.archive([("a.txt", "0", "text"), ("setup.exe", "1", "")])))
        #expect(paths(.files, of: message) == ["1.2", "1.2/a.txt", "1.2/setup.exe"])
    }

    // MARK: Parts that are not what they are declared as

    @Test func aProgramDeclaredAsTheTextOfTheMessageIsAFile() throws {
        let mail = Array("From: a@b.example\r\nContent-Type: text/plain\r\n\r\n".utf8) + program
        #expect(paths(.files, of: try inspect(mail)) == ["1"])
        let named = "From: a@b.example\r\nContent-Type: text/plain; name=\"run.js\"\r\n\r\nWScript.Echo(1)\r\n"
        #expect(paths(.files, of: try inspect(Array(named.utf8))) == ["1"])
        #expect(paths(.attachments, of: try inspect(Array(named.utf8))) == ["1"])
    }

    /// Windows drops them, and runs the script.
    @Test(arguments: ["run.js.", "run.js ", "run.js. .", "run.js\u{A0}"])
    func dotsAndBlanksBehindANameDoNotMakeAScriptTheTextOfTheMessage(name: String) throws {
        let mail = "From: a@b.example\r\nContent-Type: text/plain; name=\"\(name)\"\r\n\r\nWScript.Echo(1)\r\n"
        let message = try inspect(Array(mail.utf8))
        #expect(paths(.files, of: message) == ["1"])
        #expect(try value(.fileExtension, "1", of: message).values == [.text("js")])
    }

    @Test func theTypeFollowsEveryNameOfAPart() throws {
        let mail = """
            From: a@b.example\r
            Content-Type: text/plain; name="run.js"\r
            Content-Disposition: attachment; filename="notes.txt"\r
            \r
            WScript.Echo(1)\r

            """
        let types = try value(.type, "1", of: try inspect(Array(mail.utf8))).values
        #expect(types.contains { $0 == FileType.named("js").map(Value.fileType) })
    }

    @Test func aLongNameKeepsItsExtension() throws {
        let name = String(repeating: "a", count: 3_000) + ".exe"
        let message = try inspect(attached("x.zip", Samples.zip([("b", program)])) + [])
        #expect(paths(.files, of: message) == ["1.2", "1.2/b"])
        let long = try inspect(attached(name, program))
        let part = try #require(long.elements(of: .files).elements.first)
        #expect(long.value(of: .fileExtension, argument: nil, subject: .part(part)).values == [.text("exe")])
    }

    @Test func aWebPageWithItsPartsIsOpenedUnderTheNameOfADocument() throws {
        let page = """
            MIME-Version: 1.0\r
            Content-Type: multipart/related; boundary="p"\r
            \r
            --p\r
            Content-Type: text/html\r
            \r
            <p>shown</p>\r
            --p\r
            Content-Location: file:///x/editdata.mso\r
            Content-Transfer-Encoding: base64\r
            \r
            \(Samples.base64(program))\r
            --p--\r

            """
        let message = try inspect(attached("invoice.doc", Array(page.utf8)))
        #expect(paths(.files, of: message).contains("1.2/1.2"))
    }

    @Test func everyMailOfAStoreIsOpened() throws {
        let mail = String(decoding: attached("b.exe", program), as: UTF8.self)
        let store =
            "From a@b.example Mon Jan  1 00:00:00 2024\r\nFrom: a@b.example\r\nTo: c@d.example\r\n"
            + "Subject: 1\r\n\r\nfirst\r\n\r\nFrom a@b.example Mon Jan  1 00:00:01 2024\r\n" + mail
        let message = try inspect(attached("all.mbox", Array(store.utf8)))
        #expect(texts(.messageText, of: message).contains("first"))
        #expect(paths(.files, of: message).contains("1.2/2.1.2"))
    }

    // MARK: Text

    @Test func textAroundThePartsIsReadToo() throws {
        let mail = """
            From: a@b.example\r
            Content-Type: multipart/mixed; boundary="b"\r
            \r
            before words\r
            --b\r
            \r
            within\r
            --b--\r
            after words\r

            """
        let message = try inspect(Array(mail.utf8))
        let text = texts(.messageText, of: message)
        #expect(text.contains("before words") && text.contains("within") && text.contains("after words"))
        #expect(paths(.files, of: message).isEmpty)
        #expect(texts(.bodyText, of: message).contains("within"))
    }

    @Test func aUuencodedFileInTheTextIsAFile() throws {
        let body = "Hello,\r\nbegin 644 setup.com\r\n#0V%T\r\n`\r\nend\r\nBye"
        let message = try inspect(Samples.mail(body: body, attachments: []))
        #expect(paths(.files, of: message) == ["1.1/setup.com"])
        #expect(try value(.size, "1.1/setup.com", of: message) == .known(.number(3)))
        let prose = try inspect(Samples.mail(body: "We\r\nbegin 100 years ago\r\nwith a word.", attachments: []))
        #expect(paths(.files, of: prose).isEmpty)
    }

    @Test func textOfUndeclaredAndOddCharsetsIsReadOrUnknown() throws {
        let wide = Array("secret words in two bytes each".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        #expect(texts(.messageText, of: try inspect(attached("a.txt", wide, type: "text/plain"))).contains("secret"))
        let page = Array("<html><head><meta charset=\"utf-7\"></head><body>+AHMAZQBjAHIAZQB0-</body></html>".utf8)
        #expect(texts(.messageText, of: try inspect(attached("a.html", page, type: "text/html"))).contains("secret"))
        let cut = Array("<html><body><p>one</p>\0<p>secret</p></body></html>".utf8)
        #expect(texts(.messageText, of: try inspect(attached("a.html", cut, type: "text/html"))).contains("secret"))
        let odd = try inspect(
            Array("From: a@b.example\r\nContent-Type: text/plain; charset=x-nobody\r\n\r\n\u{e9}\r\n".utf8))
        #expect(missing(.bodyText, of: odd) == .unsupported)
    }

    // MARK: Bounds

    @Test func aSpentBudgetIsOverLimitForEverythingBehindIt() throws {
        var settings = InspectionSettings()
        settings.limits.expandedBytes = 5_000
        let many = (0..<20).map { ("\($0).txt", "text/plain", [UInt8](repeating: 65, count: 1_000)) }
        let message = try inspect(Samples.mail(attachments: many), settings: settings)
        #expect(missing(.messageText, of: message).contains(.overLimit))
        let last = try #require(message.elements(of: .files).elements.last)
        #expect(message.value(of: .sha256, argument: nil, subject: .part(last)).missing == .overLimit)
    }

    @Test func moreNodesThanAllowedLeaveTheListsOpen() throws {
        var settings = InspectionSettings()
        settings.limits.nodes = 50
        let zip = Samples.zip((0..<200).map { ("\($0).txt", [65]) })
        let message = try inspect(attached("z.zip", zip), settings: settings)
        #expect(message.elements(of: .files).missing.contains(.overLimit))
        #expect(message.elements(of: .files).elements.count <= 50)
    }

    @Test func aBombEndsQuicklyAndIsOverLimit() throws {
        let bomb = Deflate.gzipOfZeros(megabytes: 20)
        let zip = Samples.zip((0..<40).map { ("\($0).gz", bomb) })
        let elapsed = try Effort.seconds {
            let message = try inspect(attached("bomb.zip", zip))
            #expect(missing(.messageText, of: message).contains(.overLimit))
        }
        #expect(elapsed < 40)
    }

    @Test func aLargeMailOfManyPartsEndsQuickly() throws {
        var mail = Array("From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".utf8)
        let part = Array("--b\r\nContent-Type: text/plain\r\n\r\n".utf8) + [UInt8](repeating: 97, count: 3_000)
        for _ in 0..<10_500 { mail += part + [0x0D, 0x0A] }
        let elapsed = try Effort.seconds {
            let message = try inspect(mail)
            #expect(message.elements(of: .parts).missing.contains(.overLimit))
            let root = message.report(withText: false).root
            #expect(!root.children.isEmpty)
            #expect(root.unread.contains(.overLimit))
        }
        #expect(elapsed < 60)
    }

    @Test func whatCouldNotBeReadMayHoldMore() throws {
        let locked = Samples.zip([("notes.txt", Array(repeating: 7, count: 40))], encrypted: true)
        let message = InspectedMessage(
            Samples.mail(attachments: [("l.zip", "application/zip", locked)]), envelope: Envelope(),
            settings: InspectionSettings(), typer: try FileTyper())
        #expect(message.elements(of: .files).missing.contains(.encryptedArchive))
    }
}
