import Message
import Testing
import Vocabulary

@testable import Inspection

/// Both sides of the bounds on one content: how much of it is kept, and how much is looked at to tell what it is.
@Suite struct ContentLimitTests {
    private typealias Smith = ContainerSmith

    // MARK: One content

    /// Mails with a content of a thousand bytes, each at another place. None has a longer one but for the first two.
    private static let places: [(name: String, mail: [UInt8])] = {
        let content = String(repeating: "A", count: 1_000)
        // What stands in a container is longer than it in no format but those that compress.
        let gzip: [UInt8] =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x73, 0x74, 0x1C, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0]
            + [0x01, 0x2E, 0xA0, 0x51, 0xE8, 3, 0, 0]
        let preamble =
            "X: y\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\(content)\r\n--b\r\n\r\nx\r\n--b--\r\n"
        return [
            ("attachment", Samples.mail(attachments: [("a.txt", "text/plain", Array(content.utf8))])),
            ("body", Samples.mail(body: content, attachments: [])),
            ("entry", Samples.mail(attachments: [("a.gz", "application/gzip", gzip)])),
            ("margin", Array(preamble.utf8)),
        ]
    }()

    private static func unread(_ mail: [UInt8], upTo bytes: Int) throws -> Reasons {
        try InnerLimitTests.inspect(mail) { $0.contentBytes = bytes }.tree.nodes
            .reduce(into: Reasons()) { $0.formUnion($1.unread) }
    }

    @Test(arguments: places) func aContentIsKeptUpToItsGreatestSize(place: (name: String, mail: [UInt8])) throws {
        #expect(try Self.unread(place.mail, upTo: 1_002) == [])
        #expect(try Self.unread(place.mail, upTo: 998) == .overLimit)
    }

    @Test func theBoundOfAContentIsExact() throws {
        let attachment = Self.places[0].mail
        #expect(try Self.unread(attachment, upTo: 1_000) == [])
        #expect(try Self.unread(attachment, upTo: 999) == .overLimit)
        let entry = Self.places[2].mail
        #expect(try Self.unread(entry, upTo: 1_000) == [])
        #expect(try Self.unread(entry, upTo: 999) == .overLimit)
    }

    @Test func aFileInADocumentIsKeptUpToTheSameSize() throws {
        let bytes = [UInt8](repeating: 0x41, count: 1_000)
        for (limit, reasons) in [(1_000, Reasons()), (999, .overLimit)] {
            var found = EmbeddedFiles(count: 10, totalBytes: 1 << 20, contentBytes: limit)
            found.add(["a.bin"], bytes)
            #expect(found.files.first?.unread == reasons)
            #expect(found.files.first?.bytes.count == limit)
        }
        #expect(InspectionLimits().contentBytes == 64 << 20)
    }

    // MARK: Types

    private func types(_ bytes: [UInt8]) throws -> [String] {
        try FileTyper().types(of: bytes, names: [], declaredType: nil).map(\.name)
    }

    /// libmagic tells JSON by all of it, so that it sees where it is cut.
    @Test func libmagicSeesTheStartOfALongContent() throws {
        func json(_ count: Int) -> [UInt8] {
            Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x78, count: count - 8) + Array("\"}".utf8)
        }
        #expect(try types(json(FileTypingLimits.magicBytes)) == ["json"])
        #expect(try types(json(FileTypingLimits.magicBytes + 1)) == ["plain"])
    }

    /// The part that names a document's kind, behind so many bytes of others.
    @Test func theKindOfAZipIsLookedForUpToADistance() throws {
        let kind = Array("application/vnd.oasis.opendocument.text".utf8)
        func zip(_ count: Int) -> [UInt8] {
            Samples.zip([
                ("a.bin", [UInt8](repeating: 7, count: 200 << 10)), ("b.bin", [UInt8](repeating: 7, count: 200 << 10)),
                ("c.bin", [UInt8](repeating: 7, count: 200 << 10)), ("d.bin", [UInt8](repeating: 7, count: 200 << 10)),
                ("e.bin", [UInt8](repeating: 7, count: count - kind.count - 800 << 10)), ("mimetype", kind),
            ])
        }
        #expect(try types(zip(FileTypingLimits.zipBytes)) == ["odt"])
        #expect(try types(zip(FileTypingLimits.zipBytes + 1)) == ["zip"])
    }

    /// Fields that make a text a mail, the last of which ends there.
    @Test func signsOfAMailAreLookedForUpToADistance() throws {
        func types(_ count: Int) throws -> [String] {
            let fields = "\nFrom: a@b.example\nTo: b@c.example\nSubject:"
            let filling = "X-Filling: " + String(repeating: "x", count: count - fields.utf8.count - 11)
            return try self.types(Array("\(filling)\(fields) x\n\nwords\n".utf8))
        }
        #expect(try types(FileTypingLimits.textBytes) == ["eml"])
        #expect(try types(FileTypingLimits.textBytes + 1) == ["plain"])
    }

    // MARK: Text

    /// A page's text ends its last line.
    @Test(arguments: [("text/plain", 999), ("text/html", 1_000)])
    func theTextOfAContentIsReadUpToItsGreatestSize(type: String, bytes: Int) throws {
        let words = String(repeating: "word ", count: 200).dropLast()
        let mail = Array("MIME-Version: 1.0\r\nContent-Type: \(type)\r\n\r\n\(words)".utf8)
        func missing(_ most: Int) throws -> Reasons {
            try InnerLimitTests.inspect(mail) { $0.textBytes = most }
                .value(of: .messageText, argument: nil, subject: .message).missing
        }
        #expect(try missing(bytes) == [])
        #expect(try missing(bytes - 1) == .overLimit)
        #expect(InspectionLimits().textBytes == 8 << 20)
    }

    // MARK: Compound files

    private static func document(_ streams: [(path: String, bytes: [UInt8])]) throws -> InspectedMessage {
        let bytes = Smith.compound(streams)
        return try InnerLimitTests.inspect(Samples.mail(attachments: [("a.doc", "application/msword", bytes)]))
    }

    /// Four entries fill a sector, so the bound is met by whole ones.
    @Test func entriesOfACompoundFileAreReadUpToACount() {
        func isComplete(_ count: Int) -> Bool? {
            let streams = (1..<count).map { (path: "\($0)", bytes: [UInt8]()) }
            return Smith.compound(streams).withUnsafeBytes { CompoundDirectory($0)?.isComplete }
        }
        #expect(isComplete(FileTypingLimits.compoundEntries) == true)
        #expect(isComplete(FileTypingLimits.compoundEntries + 1) == false)
    }

    @Test func aCompoundFileOfTooManyEntriesIsDamaged() throws {
        let streams = (0..<FileTypingLimits.compoundEntries).map { (path: "\($0)", bytes: [UInt8]()) }
        let message = try Self.document(streams)
        #expect(message.elements(of: .files).missing.contains(.damaged))
    }

    @Test func streamsOfOneNameAreReadUpToACount() throws {
        let empty = [UInt8]([0x09, 0x08, 4, 0, 0, 6, 5, 0, 0x0A, 0, 0, 0])
        func missing(_ count: Int) -> Reasons {
            let streams = (1..<count).map { (path: "\($0)/Workbook", bytes: empty) } + [("Workbook", empty)]
            return SheetText.read(Smith.compound(streams), limits: InspectionLimits()).missing
        }
        #expect(!missing(FileTypingLimits.compoundStreams).contains(.overLimit))
        #expect(missing(FileTypingLimits.compoundStreams + 1).contains(.overLimit))
    }

    @Test func macrosInTooManyStreamsAreOverLimit() throws {
        let end: [UInt8] = [0x0A, 0, 0, 0]
        let sheetOfMacros: [UInt8] = [0x85, 0, 8, 0, 0, 0, 0, 0, 0, 1, 0, 0] + end
        func answer(_ count: Int, last: [UInt8]) -> MacroSearch.Answer {
            let streams = (1..<count).map { (path: "\($0)/Workbook", bytes: end) } + [(path: "z/Workbook", bytes: last)]
            var node = Node(parent: nil, path: "1", depth: 0, role: .attachment)
            node.types = [.known(.xls)]
            return Smith.compound(streams).withUnsafeBytes { bytes in
                CompoundDirectory(bytes).map { CompoundMacros.answer(for: $0, of: node) } ?? .found
            }
        }
        let most = FileTypingLimits.compoundStreams
        #expect(answer(most, last: end) == .none)
        #expect(answer(most, last: sheetOfMacros) == .found)
        #expect(answer(most + 1, last: sheetOfMacros) == .unknown(.overLimit))
    }

    // MARK: Passwords and languages

    @Test func theStartOfASubjectIsSearchedForPasswords() {
        func candidates(_ count: Int) -> [String] {
            let filling = String(repeating: "x", count: count - "password: Tr0ub4dor".utf8.count)
            let mail = "Subject:\(filling) password: Tr0ub4dor\r\n\r\n"
            return PasswordCandidates(in: ParsedMessage(MessageBytes(text: mail))).found
        }
        // The blank before the words counts, too.
        #expect(candidates(PasswordLimits.subjectBytes - 1).contains("Tr0ub4dor"))
        #expect(!candidates(PasswordLimits.subjectBytes).contains("Tr0ub4dor"))
    }

    @Test func theStartOfTheBodiesIsSearchedForPasswords() {
        func candidates(_ count: Int) -> [String] {
            let filling = String(repeating: "x", count: count - " password: Tr0ub4dor".utf8.count)
            let mail = "Subject: x\r\n\r\n\(filling) password: Tr0ub4dor\r\n"
            return PasswordCandidates(in: ParsedMessage(MessageBytes(text: mail))).found
        }
        #expect(candidates(PasswordLimits.textBytes).contains("Tr0ub4dor"))
        #expect(!candidates(PasswordLimits.textBytes + 1).contains("Tr0ub4dor"))
    }

    @Test func aLanguageMustLeadByItsPart() {
        func decide(_ lead: Int) -> LanguageGuesser.Answer {
            let distance = 100 * LanguageLimits.leadDivisor
            return LanguageGuesser.decide([
                LanguageCandidate(model: "fr--utf8", distance: distance),
                LanguageCandidate(model: "ca--utf8", distance: distance + lead),
            ])
        }
        #expect(LanguageLimits.leadDivisor == 100)
        #expect(decide(100) == .language("fr"))
        #expect(decide(99) == .undecided)
    }
}
