/// Mails as they come in: trace fields, signatures, texts in each encoding, pages, files, mail within mail.
struct MailMaking {
    enum Kind {
        /// A text or a text beside a page, 3 to 30 KB.
        case text
        /// With a file of 40 to 400 KB.
        case file
        /// With an archive in archives, or forwarded mail that has a file.
        case nested
        /// With a file of 1.5 to 7 MB.
        case large
    }

    private var text: TextMaking

    init(seed: UInt64) { text = TextMaking(seed: seed) }

    mutating func mail(_ kind: Kind) -> [UInt8] {
        switch kind {
        case .text: return header() + body(text.numbers.upToTenfold(3_000))
        case .file:
            let size = text.numbers.upToTenfold(37_500)
            return header() + mixed([body(min(size / 12, 8_000)), attachment(size)])
        case .large:
            return header() + mixed([body(6_000), attachment(1_500_000 + text.numbers.below(5_800_000))])
        case .nested: return header() + nested()
        }
    }

    // MARK: Header

    private mutating func person() -> (name: String, address: String, domain: String) {
        let first = text.name()
        let last = text.name()
        let domain = text.domain()
        return ("\(first) \(last)", "\(first.lowercased()).\(last.lowercased())@\(domain)", domain)
    }

    private mutating func header(isTraced: Bool = true) -> [UInt8] {
        let sender = person()
        let recipient = person()
        let date = "Tue, \(1 + text.numbers.below(28)) Oct 2026 10:\(10 + text.numbers.below(50)):00 +0000"
        var fields = ""
        if isTraced {
            fields += "Return-Path: <\(sender.address)>\r\n"
            for hop in 0...text.numbers.below(4) {
                fields += "Received: from mx\(hop).\(text.domain()) (mx\(hop).example [192.0.2.\(hop + 1)])\r\n"
                fields += "\tby in\(hop).\(text.domain()) (Postfix) with ESMTPS id \(text.numbers.next())\r\n"
                fields += "\tfor <\(recipient.address)>; \(date)\r\n"
            }
            if text.numbers.chance(70) { fields += signature(of: sender.domain) }
            if text.numbers.chance(50) {
                fields += "Authentication-Results: in.example.com; spf=pass smtp.mailfrom=\(sender.address);\r\n"
                fields += "\tdkim=pass header.d=\(sender.domain); dmarc=pass\r\n"
            }
            if text.numbers.chance(30) { fields += "List-Id: <news.\(sender.domain)>\r\nPrecedence: bulk\r\n" }
            if text.numbers.chance(60) { fields += "X-Mailer: \(text.name()) \(text.numbers.below(20)).1\r\n" }
        }
        fields += "From: \"\(sender.name)\" <\(sender.address)>\r\nTo: \(recipient.name) <\(recipient.address)>\r\n"
        fields += "Subject: \(subject())\r\nDate: \(date)\r\nMessage-ID: <\(text.numbers.next())@\(sender.domain)>\r\n"
        return Array((fields + "MIME-Version: 1.0\r\n").utf8)
    }

    private mutating func subject() -> String {
        if text.numbers.chance(15) { return "=?utf-8?B?WsO8cmljaCBtZWV0aW5n?=" }
        return String(decoding: text.sentence().prefix(20 + text.numbers.below(50)).filter { $0 < 0x80 }, as: UTF8.self)
    }

    private mutating func signature(of domain: String) -> String {
        let signature = TransferEncodings.base64(text.numbers.bytes(256)).split(separator: 0x0A)
            .map { String(decoding: $0.dropLast(), as: UTF8.self) }
        return "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=\(domain); s=s1;\r\n"
            + "\th=from:to:subject:date:message-id:mime-version; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=;\r\n"
            + "\tb=" + signature.joined(separator: "\r\n\t ") + "\r\n"
    }

    // MARK: Bodies

    /// An entity with its fields: one text, or a text beside a page.
    private mutating func body(_ bytes: Int) -> [UInt8] {
        guard text.numbers.chance(60) else {
            let paragraphs = text.paragraphs(bytes: bytes)
            switch text.numbers.below(20) {
            case 0..<7: return entity("text/plain; charset=utf-8", "8bit", TextMaking.lines(paragraphs))
            case 7..<15: return quoted("text/plain; charset=utf-8", joined(paragraphs))
            default: return encoded("text/plain; charset=utf-8", joined(paragraphs))
            }
        }
        let shown = text.paragraphs(bytes: bytes * 3 / 10)
        let page = text.page(shown + text.paragraphs(bytes: bytes * 35 / 100))
        let type = "text/html; charset=utf-8"
        return multipart(
            "alternative",
            [
                quoted("text/plain; charset=utf-8", joined(shown)),
                text.numbers.chance(70) ? quoted(type, page) : encoded(type, page),
            ])
    }

    private func joined(_ paragraphs: [[UInt8]]) -> [UInt8] {
        Array(paragraphs.joined(separator: [0x0D, 0x0A, 0x0D, 0x0A])) + [0x0D, 0x0A]
    }

    private func entity(_ type: String, _ encoding: String, _ body: [UInt8], more: String = "") -> [UInt8] {
        Array("Content-Type: \(type)\r\n\(more)Content-Transfer-Encoding: \(encoding)\r\n\r\n".utf8) + body
    }

    private func quoted(_ type: String, _ body: [UInt8]) -> [UInt8] {
        entity(type, "quoted-printable", TransferEncodings.quotedPrintable(body))
    }

    private func encoded(_ type: String, _ body: [UInt8]) -> [UInt8] {
        entity(type, "base64", TransferEncodings.base64(body))
    }

    private mutating func attachment(_ size: Int) -> [UInt8] {
        var making = FileMaking(text: text)
        let kind = FileMaking.Kind.allCases[making.text.numbers.below(FileMaking.Kind.allCases.count)]
        let file = making.file(kind, size: size)
        text = making.text
        return attachment(kind, "\(text.name())_\(text.numbers.below(1_000)).\(kind.name)", file)
    }

    private func attachment(_ kind: FileMaking.Kind, _ name: String, _ file: [UInt8]) -> [UInt8] {
        entity(
            "\(kind.mediaType);\r\n\tname=\"\(name)\"", "base64", TransferEncodings.base64(file),
            more: "Content-Disposition: attachment;\r\n\tfilename=\"\(name)\"\r\n")
    }

    private mutating func mixed(_ parts: [[UInt8]]) -> [UInt8] {
        multipart("mixed", parts, preamble: "This is a multi-part message in MIME format.\r\n")
    }

    private mutating func multipart(_ subtype: String, _ parts: [[UInt8]], preamble: String = "") -> [UInt8] {
        let boundary = "----=_Part_\(text.numbers.next())"
        var bytes = Array("Content-Type: multipart/\(subtype);\r\n\tboundary=\"\(boundary)\"\r\n\r\n\(preamble)".utf8)
        for part in parts { bytes += Array("--\(boundary)\r\n".utf8) + part + [0x0D, 0x0A] }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    // MARK: Contents within contents

    private mutating func nested() -> [UInt8] {
        text.numbers.chance(50) ? mixed([body(4_000), archives()]) : mixed([body(4_000), forwarded()])
    }

    /// A document within up to three archives.
    private mutating func archives() -> [UInt8] {
        var making = FileMaking(text: text)
        var file = making.file(.docx, size: 20_000 + making.text.numbers.below(40_000))
        var name = "inner.docx"
        for level in 0...making.text.numbers.below(3) {
            file = Deflate.zip([(name, file), ("readme.txt", TextMaking.lines(making.text.paragraphs(bytes: 2_000)))])
            name = "level\(level).zip"
        }
        text = making.text
        return attachment(.zip, "archive.zip", file)
    }

    /// A mail with a PDF, forwarded once or twice.
    private mutating func forwarded() -> [UInt8] {
        var making = FileMaking(text: text)
        let file = making.file(.pdf, size: 20_000 + making.text.numbers.below(60_000))
        text = making.text
        var inner = header(isTraced: false) + mixed([body(5_000), attachment(.pdf, "in.pdf", file)])
        if text.numbers.chance(50) { inner = header(isTraced: false) + mixed([body(2_000), message(inner)]) }
        return message(inner)
    }

    private func message(_ mail: [UInt8]) -> [UInt8] {
        Array("Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n".utf8) + mail
    }
}
