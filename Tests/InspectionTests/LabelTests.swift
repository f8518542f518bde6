import Inspection
import Testing
import Vocabulary

/// What the corpus says of its files, against what inspection says. `docs/formats.md` has the table for people.
@Suite(.enabled(if: Corpus.isThere)) struct LabelTests {
    /// A mail is inspected as it is, any other file as an attachment.
    private func report(_ row: Corpus.Row, _ typer: FileTyper) -> InspectionReport {
        let isMail = ["encrypted/", "evasion/", "ham/", "spam/", "mime/"].contains { row.path.hasPrefix($0) }
        let mail =
            isMail
            ? row.bytes : Samples.mail(attachments: [(row.name, "application/octet-stream", row.bytes)])
        return InspectedMessage(mail, envelope: Envelope(), settings: InspectionSettings(), typer: typer)
            .report(withText: false)
    }

    private func nodes(_ report: InspectionReport) -> [InspectionNode] {
        var found: [InspectionNode] = []
        var waiting = [report.root]
        while let node = waiting.popLast() {
            found.append(node)
            waiting += node.children
        }
        return found
    }

    /// The kinds of encryption that a label promises.
    private func encryption(of row: Corpus.Row) -> Set<EncryptionKind> {
        let label = row.label.lowercased()
        var kinds: Set<EncryptionKind> = []
        if row.path.hasPrefix("archives/"), label.hasPrefix("encrypted") { kinds.insert(.archive) }
        if label == "encrypted-zip" || label.contains("zip password") { kinds.insert(.archive) }
        if row.path.hasPrefix("office/"), label.hasPrefix("encrypted") { kinds.insert(.office) }
        if label == "encrypted-office" { kinds.insert(.office) }
        if label.contains("has /encrypt"), !Self.readByAll.contains(row.path) { kinds.insert(.pdf) }
        if label.contains("pdf_encrypted") { kinds.insert(.pdf) }
        if label.contains("multipart-encrypted-pgp") {
            kinds.insert(.pgpMIME)
        } else if label.contains("pgp-message-block") {
            kinds.insert(.pgpInline)
        }
        if label.contains("enveloped") { kinds.insert(.smime) }
        return kinds
    }

    /// Two RAR files for a fuzzer whose headers bear the flag of encryption; they are labelled for their defect alone.
    private static let encryptedBeyondTheirLabel: Set<String> = [
        "archives/libarchive/test_read_format_rar_ppmd_use_after_free.rar",
        "archives/libarchive/test_read_format_rar_ppmd_use_after_free2.rar",
    ]

    /// PDFs that the empty password opens.
    private static let readByAll: Set<String> = [
        "office/qpdf/qpdf/bad-encryption-length.pdf", "office/qpdf/qpdf/invalid-id-xref.pdf",
    ]

    /// A mail that names the password of its archive, which is opened.
    private static let opened: Set<String> = ["evasion/spamassassin-tests/spam/olevbmacro/zippwmacro.eml"]

    @Test func whatIsLabelledEncryptedIsEncryptedInTheSameWayAndNothingElseIs() throws {
        let typer = try FileTyper()
        var labelled = 0
        for row in Corpus.rows
        where !["policies/", "wordlists/", "SOURCES/", "LICENSES/"].contains(where: row.path.hasPrefix) {
            let wanted = encryption(of: row)
            let report = report(row, typer)
            let found = Set(nodes(report).compactMap(\.encryption))
            if Self.encryptedBeyondTheirLabel.contains(row.path) {
                #expect(found == [.archive], "\(row.path)")
            } else {
                #expect(found == wanted, "\(row.path): \(row.label)")
            }
            guard !wanted.isEmpty else { continue }
            labelled += 1
            #expect(report.encrypted == true, "\(row.path)")
            guard !Self.opened.contains(row.path) else { continue }
            // What is sealed is unread, and says by what.
            let reasons = wanted.reduce(into: Reasons()) { $0.formUnion($1.reason) }
            let unread = nodes(report).reduce(into: Reasons()) { $0.formUnion($1.unread) }
            #expect(unread.isSuperset(of: reasons), "\(row.path)")
        }
        #expect(labelled >= 76)
    }

    /// Signed mails that are labelled for something else.
    private static let signedBeyondTheirLabel: [String: String] = [
        "mime/python-tests/test_email_data/msg_33.txt": "pgp-mime",
        "mime/python-tests/test_email_data/msg_45.txt": "pgp-mime",
        "mime/ruby-mail/emails/mime_emails/sig_only_email.eml": "pgp-mime",
        "mime/stalwart-mail-parser/eml/malformed/015.eml": "pgp-mime",
        "mime/ruby-mail/emails/attachment_emails/attachment_with_base64_encoded_name.eml": "smime",
        "mime/ruby-mail/emails/attachment_emails/attachment_with_encoded_name.eml": "smime",
        "mime/ruby-mail/emails/plain_emails/raw_email8.eml": "smime",
        "mime/ruby-mail/emails/mime_emails/raw_email_with_nested_attachment.eml": "smime",
    ]

    @Test func whatIsLabelledSignedIsSignedInTheSameWay() throws {
        let typer = try FileTyper()
        for row in Corpus.rows where row.path.hasPrefix("encrypted/") || row.path.hasPrefix("mime/") {
            var wanted: Set<String> = []
            if row.label.contains("multipart-signed-smime") || row.label.contains("cms-signedData") {
                wanted.insert("smime")
            }
            if row.label.contains("multipart-signed-pgp") { wanted.insert("pgp-mime") }
            if row.label.contains("inline-pgp-signed") { wanted.insert("pgp-inline") }
            if let kind = Self.signedBeyondTheirLabel[row.path] { wanted.insert(kind) }
            #expect(Set(nodes(report(row, typer)).compactMap(\.signature)) == wanted, "\(row.path): \(row.label)")
        }
    }

    /// Files that are not what their extension says.
    private static let misnamed: Set<String> = [
        // A PDF.
        "mime/ruby-mail/attachments/test.zip",
        // Zips behind other bytes: the bytes alone are unknown, inspection finds the zip.
        "archives/go-archives/zip/test-prefix.zip", "archives/libarchive/test_compat_zip_4.zip",
        "archives/libarchive/test_read_format_zip_padded3.zip",
        // Zips that are a Java program and printed pages.
        "archives/libarchive/test_compat_zip_1.zip", "archives/libarchive/test_compat_zip_5.zip",
        // Broken beyond what readers repair: no first line and no last one.
        "office/qpdf/qpdf/bad-direct-root.pdf", "office/qpdf/qpdf/bad1.pdf", "office/qpdf/qpdf/issue-150.pdf",
        "office/qpdf/qpdf/issue-1503.pdf",
    ]

    @Test func typesAreAsTheExtensionsSay() throws {
        let typer = try FileTyper()
        let extensions: Set<String> = [
            "7z", "bmp", "bz2", "cab", "docx", "docm", "gif", "gz", "iso", "jar", "jpg", "lz4", "lzo", "pdf", "png",
            "potm", "potx", "ppsx", "ppt", "pptx", "rar", "rpm", "rtf", "tiff", "tnef", "webp", "wav", "xar", "xls",
            "xlsb", "xlsm", "xlsx", "xltx", "xz", "zip", "doc", "pps", "lzh", "html",
        ]
        for row in Corpus.rows where ["office/", "mime/", "archives/"].contains(where: row.path.hasPrefix) {
            guard let dot = row.name.lastIndex(of: ".") else { continue }
            let own = String(row.name[row.name.index(after: dot)...]).lowercased()
            guard extensions.contains(own), !Self.misnamed.contains(row.path), !row.label.contains("defect"),
                !row.label.contains("damaged"), row.label != "multi-volume"
            else {
                continue
            }
            let types = typer.types(of: row.bytes, name: row.name)
            let isLocked = types.contains { $0.name == "encrypted-office" }
            let isRight = types.contains { type in FileType.withExtension(own).contains { type.isSubtype(of: $0) } }
            #expect(isRight || isLocked, "\(row.path): \(types)")
        }
    }
}
