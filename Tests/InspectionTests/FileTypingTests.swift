import Foundation
import Testing
import Vocabulary

@testable import Inspection

/// What contents are, by signs made here and by the corpus.
@Suite struct FileTypingTests {
    private func names(_ bytes: [UInt8], name: String? = nil, declared: String? = nil) throws -> [String] {
        try FileTyper().types(of: bytes, name: name, declaredType: declared).map(\.name)
    }

    private func names(_ text: String, name: String? = nil, declared: String? = nil) throws -> [String] {
        try names(Array(text.utf8), name: name, declared: declared)
    }

    @Test(arguments: KnownType.allCases)
    func typesThatInspectionAsksForAreInTheTable(type: KnownType) {
        #expect(FileType.known(type).name == type.rawValue)
    }

    @Test func textIsWhatItsNameMakesOfIt() throws {
        let text = "echo good morning, this is a line of text\n"
        #expect(try names(text) == ["plain"])
        #expect(try names(text, name: "a.bat") == ["bat"])
        #expect(try names(text, name: "a.CMD. ") == ["cmd"])
        #expect(try names(text, name: "a.vbs") == ["vbs"])
        #expect(try names(text, name: "a.txt", declared: "text/html") == ["plain"])
        #expect(try names(text, declared: "text/html; charset=utf-8") == ["html"])
        #expect(try names(text, name: "a.exe") == ["plain"])
    }

    @Test(arguments: [
        ("<!DOCTYPE html><p>hello", "html"), ("  <HTML><body>x", "html"),
        ("<html><HTA:APPLICATION id=x><script>1</script>", "hta"), ("<?xml version=\"1.0\"?><a/>", "xml"),
        ("<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"></svg>", "svg"),
        ("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>", "word-xml"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "calendar"), ("BEGIN:VCARD\nFN:x\n", "vcard"),
        ("[InternetShortcut]\r\nURL=http://example.org\r\n", "url-shortcut"),
        ("REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\x]\r\n", "reg"), ("#!/bin/sh\necho\n", "sh"),
        ("From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n\r\nhello\r\n", "eml"),
        ("-----BEGIN PGP MESSAGE-----\n\nabc\n", "pgp-message"),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n", "x509"), ("ID;PWXL;N;E\n", "slk"), ("@echo off\r\ndel x\r\n", "bat"),
        ("%PDF-1.7\n", "pdf"), ("oops\n1 0 obj\nstartxref\n0\n%%EOF\n", "pdf"), ("{\\rtf1 hello}", "rtf"),
        ("", "empty"),
    ])
    func openingsDecide(text: String, name: String) throws {
        #expect(try names(text) == [name])
    }

    /// What holds other files and is not opened is known by its bytes, and told as such, whatever it is called.
    @Test(arguments: [
        ("pst", 0, "!BDN"), ("vmdk", 0, "KDMV"), ("vmdk", 0, "COWD"), ("vmdk", 0, "# Disk DescriptorFile\nversion=1\n"),
        ("qcow2", 0, "QFI\u{FB}"), ("vdi", 64, "\u{7F}\u{10}\u{DA}\u{BE}"), ("dmg", 512, "koly"),
        ("dmg", 0, "encrcdsa"),
        ("squashfs", 0, "hsqs"), ("squashfs", 0, "sqsh"), ("wim", 0, "MSWIM\0\0\0"), ("wim", 0, "WLPWM\0\0\0"),
        ("ace", 7, "**ACE**"), ("arj", 0, "\u{60}\u{EA}\u{22}\0\u{1E}\u{0B}\u{01}\0\u{10}\0\u{02}"), ("xar", 0, "xar!"),
        ("disk-image", 0, "WithoutFreeSpace"), ("disk-image", 0, "WithouFreSpacExt"), ("disk-image", 0, "QED\0"),
        ("disk-image", 0, "Bochs Virtual HD Image"), ("lzop", 0, "\u{89}LZO\0\r\n\u{1A}\n"), ("lrzip", 0, "LRZI\0"),
        ("zoo", 20, "\u{DC}\u{A7}\u{C4}\u{FD}"), ("stuffit", 0, "SIT!"), ("alz", 0, "ALZ\u{1}"), ("egg", 0, "EGGA"),
    ])
    func whatIsNotOpenedIsTold(type: String, place: Int, sign: String) throws {
        var bytes = [UInt8](repeating: 1, count: 1_024)
        let own = sign.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        bytes.replaceSubrange(place..<(place + own.count), with: own)
        #expect(try names(bytes, name: "a.jpg", declared: "image/jpeg") == [type])
        let mail = Samples.mail(attachments: [("a.jpg", "image/jpeg", bytes)])
        let message = InspectedMessage(
            mail, envelope: Envelope(), settings: InspectionSettings(), typer: try FileTyper())
        let node = try #require(message.tree.nodes.last)
        #expect(node.hidden.union(node.unread).contains(.unsupported))
    }

    @Test func programsAreKnownWhateverTheyAreCalled() throws {
        var program = [UInt8](repeating: 0, count: 512)
        program.replaceSubrange(0..<2, with: [0x4D, 0x5A])
        program[60] = 0x80
        program.replaceSubrange(0x80..<0x84, with: [0x50, 0x45, 0, 0])
        #expect(try names(program, name: "invoice.pdf", declared: "application/pdf") == ["exe"])
        #expect(try names(program, name: "saver.scr") == ["scr"])
        program[0x80 + 23] = 0x20
        #expect(try names(program) == ["dll"])
        program[0x80] = 0
        #expect(try names(program) == ["dos"])
        #expect(try names([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 64)) == ["elf"])
        #expect(try names([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52] + [UInt8](repeating: 0, count: 64)) == ["class"])
        #expect(try names([0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2] + [UInt8](repeating: 0, count: 64)) == ["macho"])
    }

    @Test func eicarIsText() throws {
        let eicar = #"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR"# + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
        let types = try FileTyper().types(of: Array(eicar.utf8), name: "eicar.com")
        #expect(types.map(\.name) == ["plain"])
    }

    @Test func noiseIsUnknown() throws {
        let noise = (0..<600).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ 0x91 ^ $0 >> 3) }
        #expect(try names(noise) == ["unknown"])
        #expect(try names(noise, name: "a.com") == ["com"])
    }

    @Test func cryptographicMessagesByTheirIdentifier() throws {
        let signed: [UInt8] = [
            0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02, 0xA0, 0x80,
        ]
        #expect(try names(signed) == ["pkcs7-signed"])
        var enveloped = signed
        enveloped[12] = 3
        #expect(try names(enveloped) == ["pkcs7-enveloped"])
    }

    /// Beside the package, or where `LAZARET_CORPUS` says.
    private static let corpus =
        ProcessInfo.processInfo.environment["LAZARET_CORPUS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/corpus").standardizedFileURL

    /// A file of the corpus and the types it must have.
    static let expectations: [(String, [String])] = [
        ("office/msoffcrypto/inputs/plain.doc", ["doc"]), ("office/msoffcrypto/inputs/plain.xls", ["xls"]),
        ("office/msoffcrypto/inputs/plain.ppt", ["ppt"]),
        ("office/msoffcrypto/inputs/example_password.docx", ["encrypted-office"]),
        ("office/msoffcrypto/inputs/example_password.xlsx", ["encrypted-office"]),
        ("office/msoffcrypto/inputs/ecma376standard_password.docx", ["encrypted-office"]),
        ("office/msoffcrypto/outputs/example.docx", ["docx"]), ("office/msoffcrypto/outputs/example.xlsx", ["xlsx"]),
        ("office/oletools/olevba/sample_with_vba.ppt", ["ppt"]),
        ("office/oletools/encrypted/encrypted.docm", ["encrypted-office"]),
        ("office/oletools/encrypted/encrypted.ppt", ["ppt"]),
        ("office/oletools/ooxml/harmless-clean-2003.xml", ["word-xml"]),
        ("office/oletools/excel4-macros/excel4_sample_macro.xlsb", ["xlsb"]),
        ("office/oletools/excel4-macros/excel4_sample_macro_excel5_format.xls", ["xls"]),
        ("office/oletools/excel4-macros/excel4_sample_macro.xlsm", ["xlsm"]),
        ("office/oletools/msodde/dde-test.docm", ["docm"]), ("office/oletools/msodde/dde-test.docx", ["docx"]),
        ("office/oletools/msodde/dde-test.xlsx", ["xlsx"]),
        ("office/oletools/msodde/harmless-clean.doc", ["doc"]),
        ("office/oletools/msodde/dde-test-from-office2016.doc.zip", ["zip"]),
        ("office/oletools/oleobj/embedded-simple-2007.xla", ["xls"]),
        ("office/oletools/oleobj/embedded-simple-2007.ppsx", ["ppsx"]),
        ("office/oletools/oleobj/embedded-simple-2007.potm", ["potm"]),
        ("office/oletools/oleobj/embedded-simple-2007.potx", ["potx"]),
        ("office/oletools/oleobj/embedded-simple-2007.pps", ["ppt"]),
        ("office/oletools/oleobj/embedded-simple-2007.xltx", ["xltx"]),
        ("office/oletools/oleobj/embedded-simple-2007.xlsm", ["xlsm"]),
        ("office/oletools/oleobj/embedded-simple-2007.docm", ["docm"]),
        ("office/oletools/oleobj/embedded-simple-2007.xls", ["xls"]),
        ("office/oletools/oleobj/external_link/sample_with_external_link_to_doc.docx", ["docx"]),
        ("office/oletools/oleobj/external_link/sample_with_external_link_to_doc.pptx", ["pptx"]),
        ("office/qpdf/qpdf/minimal-9.pdf", ["pdf"]), ("office/qpdf/qpdf/bad25.pdf", ["pdf"]),
        ("archives/go-archives/zip/test.zip", ["zip"]), ("archives/go-archives/zip/gophercolor16x16.png", ["png"]),
        ("archives/libarchive/test_read_format_zip_jar.jar", ["jar"]),
        ("archives/libarchive/test_compat_zip_7.xps", ["xps"]),
        ("archives/libarchive/test_read_format_7zip_copy.7z", ["seven-zip"]),
        ("archives/libarchive/test_read_format_rar5_blake2.rar", ["rar"]),
        ("archives/libarchive/test_read_format_rar.rar", ["rar"]),
        ("archives/libarchive/test_read_format_cab_2.cab", ["cab"]),
        ("archives/libarchive/test_compat_gtar_1.tar", ["tar"]),
        ("archives/libarchive/test_compat_xz_1.txz", ["xz"]), ("archives/libarchive/test_expand.bz2", ["bzip2"]),
        ("archives/libarchive/test_expand.gz", ["gzip"]), ("archives/libarchive/test_expand.Z", ["compress"]),
        ("archives/libarchive/test_read_format_cpio_svr4_bzip2_rpm.rpm", ["rpm"]),
        ("archives/libarchive/test_read_format_lha_lh0.lzh", ["lha"]),
        ("archives/libarchive/test_read_format_xar_base64_oob.xar", ["xar"]),
        ("archives/libarchive/test_read_format_warc.warc", ["warc"]),
        ("archives/libarchive/test_read_format_iso_rockridge_zf_overflow.iso", ["iso"]),
        ("archives/mimekit/tnef/christmas.tnef", ["tnef"]), ("archives/mimekit/tnef/panic/image001.jpg", ["jpeg"]),
        ("archives/mimekit/tnef/christmas/message.rtf", ["rtf"]), ("archives/mimekit/tnef/ukr.eml", ["eml"]),
        ("encrypted/thunderbird-crypto/smime/alice.env.eml", ["eml"]),
    ]

    @Test(.enabled(if: FileManager.default.fileExists(atPath: corpus.path)))
    func corpusFilesAreWhatTheirMakersSay() throws {
        let typer = try FileTyper()
        for (path, expected) in Self.expectations {
            let file = Self.corpus.appendingPathComponent(path)
            guard let bytes = FileManager.default.contents(atPath: file.path) else { continue }
            // Without the name: only content speaks.
            let types = typer.types(of: Array(bytes)).map(\.name).filter { $0 != "macro-enabled" }
            #expect(types == expected, "\(path)")
        }
    }

    @Test func cutAndBentFilesAreTypedWithoutHarm() throws {
        let typer = try FileTyper()
        var random = SeededBytes(seed: 7)
        for (path, _) in Self.expectations {
            let file = Self.corpus.appendingPathComponent(path)
            guard let whole = FileManager.default.contents(atPath: file.path).map(Array.init) else { continue }
            for length in [1, 7, 40, 511, 600, whole.count / 2] where length < whole.count {
                #expect(!typer.types(of: Array(whole.prefix(length))).isEmpty)
            }
            var bent = Array(whole.prefix(64 << 10))
            for _ in 0..<20 where !bent.isEmpty {
                bent[Int.random(in: 0..<bent.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            #expect(!typer.types(of: bent).isEmpty)
        }
    }
}

/// A linear congruential generator (Knuth's MMIX constants): the same faults in every run.
private struct SeededBytes: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
