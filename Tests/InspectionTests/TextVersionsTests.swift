import Inspection
import Testing
import Vocabulary

/// Which texts of a mail are versions of one another.
@Suite struct TextVersionsTests {
    private func value(_ fact: Fact, _ parts: String) throws -> FactValue {
        let mail = Array("From: a@b.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n\(parts)".utf8)
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        return message.value(of: fact, argument: nil, subject: .message)
    }

    private func multipart(_ subtype: String, _ boundary: String, _ parts: [String]) -> String {
        "Content-Type: multipart/\(subtype); boundary=\(boundary)\r\n\r\n"
            + parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
    }

    private let plain = "Content-Type: text/plain\r\n\r\nplain"
    private let page = "Content-Type: text/html\r\n\r\n<p>page</p>"
    private let file = "Content-Type: text/plain; name=f.txt\r\nContent-Disposition: attachment\r\n\r\nfile"

    @Test func branchesOfAnAlternativeAre() throws {
        let mail = multipart("alternative", "a", [plain, multipart("related", "b", [page])])
        let value = try value(.messageText, mail)
        #expect(value.values == [.text("s"), .text("plain"), .text("page")])
        #expect(value.alternatives == [TextAlternatives(versions: [[1], [2]])])
        #expect(try self.value(.bodyNewText, mail).alternatives == [TextAlternatives(versions: [[0], [1]])])
        #expect(try self.value(.bodyText, mail).alternatives.isEmpty)
    }

    @Test func aPageWithAndWithoutWhatItHidesIsOneOfTheVersions() throws {
        let hiding = "Content-Type: text/html\r\n\r\n<p>pa<i hidden>xx</i>ge</p>"
        let value = try value(.messageText, multipart("alternative", "a", [plain, hiding]))
        #expect(value.values == [.text("s"), .text("plain"), .text("page"), .text("paxxge")])
        #expect(value.alternatives == [TextAlternatives(versions: [[1], [2], [3]])])
        let branch = multipart("mixed", "b", [hiding, page])
        let two = try self.value(.messageText, multipart("alternative", "a", [plain, branch]))
        #expect(two.alternatives == [TextAlternatives(versions: [[1], [2, 4], [3, 4]])])
        #expect(
            try self.value(.bodyHTML, hiding).alternatives == [TextAlternatives(versions: [[0], [1]])])
    }

    @Test func theTextOfADocumentCountsOnce() throws {
        let document = DocumentTextTests.word("<w:p><w:r><w:t>found</w:t></w:r></w:p><!-- payload -->")
        let mail = Samples.mail(attachments: [("a.docx", "application/octet-stream", document)])
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let value = message.value(of: .messageText, argument: nil, subject: .message)
        let texts = value.values.map { $0.searchableText?.string ?? "" }
        #expect(texts.count == 5)
        #expect(texts[2] == "found")
        #expect(texts[4].contains("found") && texts[4].contains("payload"))
        #expect(value.alternatives == [TextAlternatives(versions: [[2], [3, 4]])])
        let weights = texts.map { text in
            var weight = WeightInterval()
            if text.contains("found") { weight.add(1_000, times: 1...1) }
            return weight
        }
        #expect(WeightInterval.total(weights, value.alternatives).lowest == 1_000)
    }

    @Test func filesAndOtherMultipartsAreNot() throws {
        #expect(try value(.messageText, multipart("mixed", "a", [plain, page])).alternatives.isEmpty)
        let mail = multipart("mixed", "m", [multipart("alternative", "a", [plain, page, file]), file])
        #expect(try value(.messageText, mail).alternatives.first?.versions.count == 2)
        #expect(try value(.messageText, mail).alternatives.count == 1)
    }
}
