/// Mails made for measuring: plausible words, sizes and structures, the same in every run.
struct SampleMail {
    private var numbers: SeededNumbers
    private let words: [String]

    init(seed: UInt64) {
        numbers = SeededNumbers(seed: seed)
        var making = SeededNumbers(seed: 7)
        let syllables = [
            "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
        ]
        words = (0..<4_000).map { _ in
            (0..<Int.random(in: 1...4, using: &making)).map { _ in
                syllables[Int.random(in: 0..<syllables.count, using: &making)]
            }.joined()
        }
    }

    private mutating func sentence(_ count: Int) -> String {
        (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &numbers)] }.joined(separator: " ")
    }

    /// A text mail of about `bytes` bytes.
    mutating func text(bytes: Int) -> [UInt8] {
        var mail = header(type: "text/plain; charset=utf-8")
        while mail.utf8.count < bytes { mail += sentence(11) + "\r\n" }
        return Array(mail.utf8)
    }

    /// A mail with a text and one base64 attachment of about `bytes` bytes.
    mutating func attachment(bytes: Int) -> [UInt8] {
        var mail = header(type: "multipart/mixed; boundary=\"=_part\"")
        mail += "--=_part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        for _ in 0..<20 { mail += sentence(11) + "\r\n" }
        mail += "--=_part\r\nContent-Type: application/octet-stream; name=\"data.bin\"\r\n"
        mail += "Content-Transfer-Encoding: base64\r\n\r\n"
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var encoded: [UInt8] = []
        while encoded.count < bytes {
            for _ in 0..<76 { encoded.append(alphabet[Int(numbers.next() & 63)]) }
            encoded += [0x0d, 0x0a]
        }
        return Array(mail.utf8) + encoded + Array("--=_part--\r\n".utf8)
    }

    private mutating func header(type: String) -> String {
        """
        Received: from mail.example.net (mail.example.net [192.0.2.1]) by mx.acme.example with ESMTP id 1;\r
        \tMon, 2 Nov 2026 10:00:00 +0000\r
        From: "\(sentence(2))" <\(sentence(1))@partner.example>\r
        To: bob@acme.example\r
        Subject: \(sentence(6))\r
        Date: Mon, 2 Nov 2026 10:00:00 +0000\r
        Message-ID: <\(numbers.next())@partner.example>\r
        MIME-Version: 1.0\r
        Content-Type: \(type)\r
        \r

        """
    }

    /// A word of at least six letters that occurs in the mails.
    mutating func knownWord() -> String {
        while true {
            let word = words[Int.random(in: 0..<words.count, using: &numbers)]
            if word.utf8.count >= 6 { return word }
        }
    }

    /// A word of the same letters and lengths that occurs in no mail.
    mutating func strangeWord() -> String { String(knownWord().reversed()) + knownWord() }
}
