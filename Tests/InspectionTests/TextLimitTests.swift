import Message
import Testing
import Vocabulary

@testable import Inspection

/// Both sides of the bounds on what is looked at in texts: types, passwords, languages, quoted mail.
@Suite struct TextLimitTests {
    // MARK: Types

    @Test func aDocumentMayStandBehindSomeBytes() throws {
        func names(_ distance: Int) throws -> [String] {
            let bytes = [UInt8](repeating: 7, count: distance) + DocumentTextTests.pdf("")
            return try FileTyper().types(of: bytes, names: [], declaredType: nil).map(\.name)
        }
        #expect(try names(FileTypingLimits.pdfPrefix - 8).contains("pdf"))
        #expect(try !names(FileTypingLimits.pdfPrefix + 1).contains("pdf"))
    }

    @Test func aZipOfManyNamesIsAZip() throws {
        func names(_ count: Int) throws -> [String] {
            let filling = (0..<(count - 1)).map { ("\($0)", [UInt8]()) }
            let zip = Samples.zip(filling + [("word/document.xml", Array("<x/>".utf8))])
            return try FileTyper().types(of: zip, names: [], declaredType: nil).map(\.name)
        }
        for count in [FileTypingLimits.zipNames, FileTypingLimits.zipNames + 1] {
            let types = try names(count).compactMap(FileType.named)
            #expect(types.allSatisfy { $0.isUnder(.archive) || $0.isUnder(.zip) || $0.isUnder(.office) })
        }
    }

    // MARK: Passwords

    private func candidates(_ body: String) -> [String] {
        PasswordCandidates(in: ParsedMessage(MessageBytes(Samples.mail(body: body, attachments: [])))).found
    }

    @Test func aPasswordStandsWithinAFewWords() {
        func isFound(behind count: Int) -> Bool {
            candidates("The password \(String(repeating: "is ", count: count))Tr0ub4dor and more words")
                .contains("Tr0ub4dor")
        }
        #expect(isFound(behind: PasswordLimits.wordsBehind - 1))
        #expect(!isFound(behind: PasswordLimits.wordsBehind))
    }

    @Test func aPasswordHasAGreatestLength() {
        for (length, isTaken) in [(PasswordLimits.passwordBytes, true), (PasswordLimits.passwordBytes + 1, false)] {
            let word = String(repeating: "x", count: length)
            #expect(candidates("password: \(word)").contains(word) == isTaken)
        }
    }

    @Test func trialsOfOneMessageAreCounted() {
        var keys = ArchiveKeys(of: ParsedMessage(MessageBytes(text: "X: y\r\n\r\n")))
        let taken = (0..<(PasswordLimits.trials + 1)).map { _ in keys.takeTrial() }
        #expect(taken == [Bool](repeating: true, count: PasswordLimits.trials) + [false])
    }

    // MARK: Language

    @Test func shortTextsTellNoLanguage() {
        let text = String(repeating: "the house of the words and the letters of it ", count: 4)
        func answer(_ letters: Int) -> LanguageGuesser.Answer {
            var kept = ""
            var count = 0
            for letter in text where count < letters {
                kept.append(letter)
                if letter.isLetter { count += 1 }
            }
            return LanguageGuesser().language(of: Array(kept.utf8))
        }
        #expect(answer(LanguageLimits.letterBytes - 1) == .undecided)
        #expect(answer(LanguageLimits.letterBytes) != .undecided)
    }

    @Test func onlyTheStartOfATextTellsItsLanguage() {
        let words = Array(" the words of this text".utf8)
        func isSeen(_ distance: Int) -> Bool {
            !LanguageSample.letters(of: [UInt8](repeating: 0x20, count: distance) + words).bytes.isEmpty
        }
        #expect(isSeen(LanguageLimits.searchedBytes - words.count))
        #expect(!isSeen(LanguageLimits.searchedBytes))
    }

    // MARK: Quoted mail

    private func rest(_ text: String) -> String? {
        NewText.of(Array(text.utf8), marks: nil).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func whoWroteWhatIsQuotedTakesAFewLinesAndBytes() {
        func attribution(_ bytes: Int) -> String {
            let (start, end) = ("On Mon, 2 Mar 2026, Anne", " <a@a.example> wrote:")
            return start + String(repeating: "x", count: bytes - start.utf8.count - end.utf8.count) + end
        }
        #expect(rest("new\n\n" + attribution(NewTextLimits.attributionBytes) + "\n> old") == "new")
        let long = attribution(NewTextLimits.attributionBytes + 1)
        #expect(rest("new\n\n" + long + "\n> old") == "new\n\n" + long)
        func lines(_ count: Int) -> String {
            "On Mon, 2 Mar 2026,\n" + String(repeating: "Anne\n", count: count - 2) + "<a@a.example> wrote:"
        }
        #expect(rest("new\n\n" + lines(NewTextLimits.attributionLines) + "\n> old") == "new")
        let many = lines(NewTextLimits.attributionLines + 1)
        #expect(rest("new\n\n" + many + "\n> old")?.contains("On Mon") == true)
    }

    @Test func fieldsOfAnOriginalStandTogether() {
        func original(_ lines: Int) -> String {
            "From: Anne\n" + String(repeating: " and others\n", count: lines - 3) + "Sent: Monday\nSubject: x\n\nold"
        }
        #expect(rest("new\n\n" + original(NewTextLimits.fieldLines)) == "new")
        let long = original(NewTextLimits.fieldLines + 1)
        #expect(rest("new\n\n" + long) == "new\n\n" + long)
    }

    @Test func namesOfFieldsAreShort() {
        func lines(_ bytes: Int) -> TextLines {
            TextLines(Array((String(repeating: "a", count: bytes - 1) + ": x").utf8))
        }
        func label(_ bytes: Int) -> String? {
            let lines = lines(bytes)
            return lines.label(of: lines.lines[0].content)
        }
        #expect(label(NewTextLimits.labelBytes) != nil)
        #expect(label(NewTextLimits.labelBytes + 1) == nil)
    }

    @Test func attributesOfAPageAreLookedAtUpToALength() throws {
        func newText(_ bytes: Int) throws -> String? {
            let classes = String(repeating: "x", count: bytes - "gmail_quote".utf8.count) + "gmail_quote"
            let page = "<p>new</p><blockquote class=\"\(classes)\">old</blockquote>"
            let mail = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n\(page)"
            let message = try InnerLimitTests.inspect(Array(mail.utf8))
            let value = message.value(of: .bodyNewText, argument: nil, subject: .message)
            return value.values.first?.searchableText?.string
        }
        #expect(try newText(NewTextLimits.attributeBytes) == "new")
        #expect(try newText(NewTextLimits.attributeBytes + 1)?.contains("old") == true)
    }
}
