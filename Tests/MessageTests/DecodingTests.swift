import Message
import Testing

@Suite struct DecodingTests {
    private func part(_ encoding: String, _ body: String, charset: String = "us-ascii") -> Part {
        message(
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=\(charset)",
            "Content-Transfer-Encoding: \(encoding)", "", body
        ).root
    }

    private func decoded(_ encoding: String, _ body: String) -> (text: String, anomalies: [String]) {
        let result = part(encoding, body).decoded(limit: 1_000)
        let text = String(decoding: result.bytes, as: UTF8.self)
        return (text.hasSuffix("\r\n") ? String(text.dropLast()) : text, result.anomalies.map(\.name))
    }

    @Test(
        arguments: [
            ("aGVsbG8=", "hello", []), ("aGVs\r\nbG8=\r\n", "hello", []), ("aGVsbG8", "hello", ["base64-cut"]),
            ("aGVs!bG8=", "hello", ["base64-junk"]), ("aGU=bGxv", "hello", ["base64-padding-inside"]),
            ("aGVsbG8=\r\n\r\n__ a list\r\n", "hello", ["base64-trailing-text", "base64-junk", "base64-cut"]),
            ("", "", []), ("====", "", []), ("A", "", ["base64-cut"]),
        ] as [(String, String, [String])])
    func base64IsTolerant(body: String, expected: String, anomalies: [String]) {
        let result = decoded("base64", body)
        #expect(result.text.hasPrefix(expected))
        #expect(Set(result.anomalies) == Set(anomalies))
    }

    @Test(
        arguments: [
            ("caf=C3=A9", "café\r\n", []), ("a=\r\nb", "ab\r\n", []), ("a= \r\nb", "ab\r\n", []),
            ("a=3db", "a=b\r\n", []), ("a=zz", "a=zz\r\n", ["quoted-printable-invalid"]),
        ] as [(String, String, [String])])
    func quotedPrintableIsTolerant(body: String, expected: String, anomalies: [String]) {
        let result = part("quoted-printable", body).decoded(limit: 1_000)
        #expect(String(decoding: result.bytes, as: UTF8.self) == expected)
        #expect(result.anomalies.map(\.name) == anomalies)
    }

    @Test func uuencodeYieldsContentAndName() {
        let result = part("x-uuencode", "text before\r\nbegin 644 hello.txt\r\n%:&5L;&\\\r\n`\r\nend").decoded(
            limit: 100)
        #expect(String(decoding: result.bytes, as: UTF8.self) == "hello")
        #expect(result.beginName == "hello.txt")
        #expect(result.anomalies.isEmpty)
    }

    @Test(arguments: [
        ("BASE64", TransferEncoding.base64, nil as String?), (" \"base64\" ", .base64, "odd-encoding"),
        ("base64 (really)", .base64, "odd-encoding"), ("8-bit", .eightBit, nil),
        ("rot13", .unknown, "unknown-encoding"),
        ("x-base64", .base64, "odd-encoding"), ("7bit;", .sevenBit, nil),
    ])
    func labelsAreRead(label: String, expected: TransferEncoding, anomaly: String?) {
        let found = part(label, "x")
        #expect(found.encoding == expected)
        #expect(found.anomalies.map(\.name) == (anomaly.map { [$0] } ?? []))
    }

    @Test func limitsCutEveryDecoder() {
        for (encoding, body) in [
            ("base64", "aGVsbG8gd29ybGQ="), ("quoted-printable", "h=65llo world"), ("8bit", "hello world"),
            ("x-uuencode", "begin 644 x\r\n%:&5L;&\\\r\nend"),
        ] {
            let result = part(encoding, body).decoded(limit: 4)
            #expect(result.bytes == Array("hell".utf8), "\(encoding)")
            #expect(!result.isComplete, "\(encoding)")
            #expect(part(encoding, body).decoded(limit: 0).bytes.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("utf-8", [0xC3, 0xA9], "é", "utf-8", false), ("iso-8859-1", [0xE9, 0x80], "é€", "windows-1252", false),
            ("koi8-r", [0xC1], "а", "koi8-r", false), ("gb2312", [0xC4, 0xE3], "你", "gb18030", false),
            ("utf-7", Array("+AOk-".utf8), "é", "utf-7", false), ("utf-8", [0x61, 0xFF], "a\u{FFFD}", "utf-8", true),
            ("us-ascii", [0xC3, 0xA9], "é", "utf-8", true), ("us-ascii", [0xE9], "é", "windows-1252", true),
            ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "あ", "iso-2022-jp-2", false),
            ("utf-8", [0xFF, 0xFE, 0x41, 0x00], "A", "utf-16le", false),
        ] as [(String, [UInt8], String, String, Bool)])
    func charsetsAreDecoded(label: String, bytes: [UInt8], text: String, used: String, invalid: Bool) {
        let result = Charset.decode(bytes[...], label: label)
        #expect(result.text == text)
        #expect(result.charset == used)
        #expect(result.hasInvalidBytes == invalid)
        #expect(!result.isUnknown)
    }

    @Test func unknownCharsetsFallBackAndAreReported() {
        let odd = part("8bit", "abc", charset: "no-such-thing")
        #expect(odd.anomalies.map(\.name) == ["unknown-charset"])
        #expect(odd.text(limit: 100).isCharsetUnknown)
        #expect(odd.text(limit: 100).text == "abc\r\n")
        for label in ["UTF-8//IGNORE", "?", "--", String(repeating: "a", count: 500)] {
            #expect(!Charset.isKnown(label), "\(label)")
        }
        for alias in [
            "ISO-8859-15", "cp1251", "Shift_JIS", "ks_c_5601-1987", "x-sjis", "big5", "windows-874", "ISO-2022-JP",
            "GB2312", "tis-620",
        ] {
            #expect(Charset.isKnown(alias), "\(alias)")
        }
    }
}
