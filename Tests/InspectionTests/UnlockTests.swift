import Message
import Testing
import Vocabulary

@testable import Inspection

@Suite struct PasswordCandidateTests {
    private func candidates(_ body: String, subject: String = "Test") -> [String] {
        PasswordCandidates(in: ParsedMessage(MessageBytes(Samples.mail(body: body, subject: subject, attachments: []))))
            .found
    }

    @Test(arguments: [
        "The password is: Tr0ub4dor", "Password: Tr0ub4dor.", "pwd=Tr0ub4dor", "Le mot de passe est Tr0ub4dor, merci",
        "Das Zip-Passwort lautet „Tr0ub4dor“.", "PIN Tr0ub4dor", "Open it with 'Tr0ub4dor' please",
        "Here it comes:\r\n\r\nTr0ub4dor\r\n\r\nBye", "Password for the archive: (Tr0ub4dor)",
        "Contraseña: \"Tr0ub4dor\"",
    ]) func aNamedPasswordIsFound(body: String) {
        #expect(candidates(body).contains("Tr0ub4dor"))
    }

    @Test func quotedPasswordsMayHaveBlanks() {
        #expect(candidates(#"password: "two words""#).contains("two words"))
        #expect(candidates("x", subject: "Report (password abc123)").contains("abc123"))
    }

    @Test func candidatesAreBounded() {
        let many = (0..<5_000).map { "password: p\($0)" }.joined(separator: "\r\n")
        #expect(candidates(many).count == PasswordLimits.candidates)
        #expect(candidates(String(repeating: "'", count: 50_000)).count <= PasswordLimits.candidates)
        #expect(candidates("password: " + String(repeating: "x", count: 500)) == ["Test"])
    }
}

@Suite struct UnlockTests {
    private func inspect(_ mail: [UInt8], limits: InspectionLimits = InspectionLimits()) throws -> InspectedMessage {
        InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(limits: limits), typer: try FileTyper())
    }

    private func mail(_ path: String, body: String) -> [UInt8] {
        Samples.mail(body: body, attachments: [("locked.zip", "application/zip", Corpus.bytes(path))])
    }

    private func fact(_ fact: Fact, _ message: InspectedMessage, of file: String) throws -> FactValue {
        let part = try #require(
            message.elements(of: .files).elements.first { message.path(ofPart: $0).hasSuffix(file) })
        return message.value(of: fact, argument: nil, subject: .part(part))
    }

    /// Zips under the classic cipher and under AES, with their passwords.
    private static let locked: [(path: String, password: String)] = [
        ("archives/libarchive/test_encrypted.zip", "password"),
        ("archives/libarchive/test_read_format_zip_winzip_aes128.zip", "password"),
        ("archives/libarchive/test_read_format_zip_winzip_aes256.zip", "password"),
        ("archives/libarchive/test_read_format_zip_winzip_aes256_large.zip", "password"),
    ]

    /// `note.txt` with "Meet at noon." under the classic cipher; the password is `sesame`.
    private static let classic: [UInt8] = Self.hex(
        """
        504b03040a00090000007a8a785ddd895a3b190000000d000000080000006e6f74652e7478741cf03ddc13f7ba4bc151b736e665
        8329b9383d1796b8a4baf1504b0708dd895a3b190000000d000000504b01021e030a00090000007a8a785ddd895a3b190000000d
        000000080000000000000001000000a481000000006e6f74652e747874504b05060000000001000100360000004f0000000000
        """)

    private static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    @Test func anOpenedArchiveIsInspectedLikeAnyOther() throws {
        let attachments = [("locked.zip", "application/zip", Self.classic)]
        let message = try inspect(Samples.mail(body: "Open it with 'sesame'.", attachments: attachments))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(true)))
        #expect(try fact(.text, message, of: "note.txt") == .known(.text("Meet at noon.")))
        #expect(try fact(.encryption, message, of: "note.txt") == .absent)
        #expect(
            message.value(of: .messageEncryption, argument: nil, subject: .message) == .known(.encryption(.archive)))
        #expect(message.value(of: .messageText, argument: nil, subject: .message).missing.isEmpty)
        let locked = try inspect(Samples.mail(body: "Open it with 'simsim'.", attachments: attachments))
        #expect(try fact(.unlocked, locked, of: "1.2") == .known(.bool(false)))
        #expect(try fact(.text, locked, of: "note.txt") == .unknown(.encryptedArchive))
        #expect(try fact(.encryption, locked, of: "note.txt") == .known(.encryption(.archive)))
    }

    @Test func anArchiveWithinAnArchiveIsOpenedToo() throws {
        let outer = Samples.zip([("inner.zip", Self.classic), ("other.zip", Self.classic)])
        let message = try inspect(
            Samples.mail(body: "x", subject: "code: sesame", attachments: [("o.zip", "application/zip", outer)]))
        #expect(try fact(.text, message, of: "inner.zip/note.txt") == .known(.text("Meet at noon.")))
        #expect(try fact(.text, message, of: "other.zip/note.txt") == .known(.text("Meet at noon.")))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(false)))
    }

    /// Whatever is broken in a locked archive, its content is never told for another.
    @Test func aBrokenLockedArchiveIsNeverOpened() throws {
        for place in Self.classic.indices {
            var bytes = Self.classic
            bytes[place] ^= 0x55
            let message = try inspect(
                Samples.mail(body: "pwd: sesame", attachments: [("l.zip", "application/zip", bytes)]))
            for part in message.elements(of: .files).elements where message.path(ofPart: part).hasSuffix(".txt") {
                let text = message.value(of: .text, argument: nil, subject: .part(part))
                #expect(text.missing.isEmpty ? text == .known(.text("Meet at noon.")) : true, "byte \(place)")
            }
        }
    }

    @Test func manyArchivesShareTheTrials() throws {
        var bytes = Self.classic
        bytes[40] ^= 0xFF
        let entries = (0..<60).map { ("a\($0).zip", bytes) }
        let words = (0..<60).map { "code: w\($0)" }.joined(separator: "\r\n")
        let zip = Samples.zip(entries)
        let message = try inspect(Samples.mail(body: words, attachments: [("m.zip", "application/zip", zip)]))
        #expect(message.value(of: .messageEncrypted, argument: nil, subject: .message) == .known(.bool(true)))
    }

    @Test(.enabled(if: Corpus.isThere), arguments: locked)
    func aPasswordInTheBodyOpensTheArchive(path: String, password: String) throws {
        let message = try inspect(mail(path, body: "The code is: \(password)"))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(true)))
        #expect(try fact(.encryption, message, of: "1.2") == .known(.encryption(.archive)))
        #expect(message.elements(of: .files).missing.isEmpty)
        let inner = message.elements(of: .files).elements.filter { message.path(ofPart: $0).contains("1.2/") }
        #expect(!inner.isEmpty)
        for part in inner {
            #expect(message.value(of: .sha256, argument: nil, subject: .part(part)).missing.isEmpty)
            #expect(message.value(of: .encryption, argument: nil, subject: .part(part)) == .absent)
        }
    }

    @Test(.enabled(if: Corpus.isThere), arguments: locked)
    func withoutThePasswordItStaysLocked(path: String, password: String) throws {
        let message = try inspect(mail(path, body: "The code is: wrong, or 'worse'"))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(false)))
        let inner = message.elements(of: .files).elements.filter { message.path(ofPart: $0).contains("1.2/") }
        for part in inner {
            #expect(message.value(of: .sha256, argument: nil, subject: .part(part)).missing == .encryptedArchive)
        }
    }

    @Test(.enabled(if: Corpus.isThere)) func macrosBehindAPasswordAreFound() throws {
        let message = try inspect(Corpus.bytes("evasion/spamassassin-tests/spam/olevbmacro/zippwmacro.eml"))
        #expect(try fact(.macros, message, of: "macro.xlsm") == .known(.bool(true)))
    }

    @Test func whatIsNotLockedIsNotUnlocked() throws {
        let zip = Samples.zip([("a.txt", Array("words".utf8))])
        let message = try inspect(Samples.mail(body: "password: x", attachments: [("a.zip", "x/y", zip)]))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(false)))
    }

    /// 7z and RAR can't be opened with a password here, whatever the mail says.
    @Test(
        .enabled(if: Corpus.isThere),
        arguments: [
            "archives/libarchive/test_read_format_rar5_encrypted.rar",
            "archives/libarchive/test_read_format_7zip_encryption_partially.7z",
        ]) func otherFormatsStayLocked(path: String) throws
    {
        let message = try inspect(mail(path, body: "password: password"))
        #expect(try fact(.unlocked, message, of: "1.2") == .known(.bool(false)))
        #expect(message.value(of: .messageEncrypted, argument: nil, subject: .message) == .known(.bool(true)))
    }
}
