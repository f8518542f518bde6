import Testing

@testable import Message

/// Encoded words whose base64 is padded, which a decoder must not take for the end of all words.
@Suite struct EncodedWordTests {
    @Test(
        arguments: [
            ("=?UTF-8?B?YQ==?= =?UTF-8?B?Yg==?= =?UTF-8?B?Y2Nj?=", "abccc"),
            ("=?UTF-8?B?YWE=?=\r\n =?utf-8?b?w6kgYg==?= =?UTF-8?Q?_c?=", "aaé b c"),
            ("=?UTF-8?B?YQ==?= plain =?UTF-8?B?Yg==?=", "a plain b"),
            // A character split between words comes together.
            ("=?UTF-8?B?YWHD?= =?UTF-8?B?qQ==?= =?UTF-8?B?IQ==?=", "aaé!"),
            ("=?ISO-8859-1?B?6Q==?= =?UTF-8?B?w6k=?= =?UTF-8?B?IQ==?=", "éé!"),
            ("=?UTF-8?B?YQ==?=", "a"), ("=?UTF-8?B?YQ==", "=?UTF-8?B?YQ=="),
        ])
    func nothingBehindAPaddedWordIsLost(_ value: String, _ expected: String) {
        let message = ParsedMessage(MessageBytes(text: "Subject: \(value)\r\n\r\nx"))
        #expect(message.header.subject == expected)
    }

    @Test func longWordsAndNamesComeWhole() {
        // 5,000 characters in one word, then another.
        let long = String(repeating: "YWFh", count: 1_666) + "YWE="
        let subject = "=?UTF-8?B?\(long)?= =?UTF-8?B?Yg==?="
        let header = ParsedMessage(
            MessageBytes(text: "Subject: \(subject)\r\nFrom: =?UTF-8?B?QQ==?= =?UTF-8?B?Qg==?= <a@b.example>\r\n\r\nx")
        ).header
        #expect(header.subject == String(repeating: "a", count: 5_000) + "b")
        #expect(header.addresses("From").map(\.displayName) == ["AB"])
    }

    @Test func manyBeginningsTakeLinearTime() {
        let value = Array(String(repeating: "=?a?b?=", count: 9_000).utf8)
        #expect(EncodedWords.withoutPadding(value).count >= value.count)
    }
}
