/// Mails as honest programs send them, each with some of the small faults that such programs make.
struct HonestFaults {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private mutating func one(of choices: [String]) -> String { choices[next(choices.count)] }
    private mutating func once(in chances: Int) -> Bool { next(chances) == 0 }

    /// The next mail.
    mutating func mail() -> [UInt8] {
        var header = fields()
        let mime =
            once(in: 20)
            ? "" : one(of: ["MIME-Version: 1.0\n", "Mime-Version: 1.0\n", "MIME-Version: 1.0 (Mail 16)\n"])
        header += mime
        let body: String
        switch next(6) {
        case 0: body = text()
        case 1: body = alternative()
        case 2, 3: body = mixed()
        case 4: body = report()
        default: body = forwarded()
        }
        var mail = header + body
        if once(in: 8) { mail = header.replacing("Subject", with: "X-Empty:\nSubject") + body }
        var bytes = Array(mail.utf8)
        if once(in: 3) { bytes = bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } }
        // Latin-1 in a header, as old programs of small shops send it.
        if once(in: 12) { bytes = Array("X-Shop: Caf".utf8) + [0xE9, 0x0A] + bytes }
        return bytes
    }

    private static let senders = [
        "Shop <shop@shop.example>", "\"Müller, Eva\" <eva@shop.example>", "shop@shop.example (Shop)",
    ]
    private static let recipients = [
        "bob@acme.example", "Bob <bob@acme.example>,\n Ann <ann@acme.example>", "undisclosed-recipients:;",
    ]

    private mutating func fields() -> String {
        let date = one(of: [
            "Tue, 3 Nov 2026 10:00:00 +0100", "3 Nov 26 10:00 GMT", "Tue Nov  3 10:00:00 2026",
            "Tue, 03 Nov 2026 10:00:00 +0100 (CET)",
            "2026-11-03 10:00:00", "Tue, 3 Nov 2026 10:00:00 \"GMT\"", "Di, 03 Nov 2026 10:00:00 +0100", "",
        ])
        let subject = one(of: [
            "Your order", "=?utf-8?Q?Ihre_Bestellung_f=C3=BCr_M=C3=A4rz?=", "Grüße aus Köln",
            "=?UTF-8?B?R3LDvMOfZQ==?=",
            "A long subject that was folded\n in the middle", "Re: Re: [list] minutes\n\tof the meeting", "",
        ])
        var text =
            "Received: from a.example (a.example [192.0.2.1])\n"
            + "\tby mx.example with ESMTPS id 1\n\tfor <bob@acme.example>; \(date)\n"
        if once(in: 2) {
            text +=
                "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=s1;\n"
                + "\th=From:To:Subject:Date:MIME-Version:\n"
                + "\t Content-Type:Content-Transfer-Encoding:List-Unsubscribe;\n\tbh=abc=;\n\tb=Zm9v\n\t YmFy\n"
        }
        text +=
            "From: \(one(of: Self.senders))\n"
        text +=
            "To: \(one(of: Self.recipients))\n"
        return text + "Subject: \(subject)\nDate: \(date)\nMessage-ID: <\(next(1_000_000))@shop.example>\n"
    }

    private mutating func words(_ count: Int) -> String {
        let lexicon = [
            "the", "order", "thank", "you", "invoice", "März", "naïve", "is", "ready", "to", "collect", "x=1", "a==b",
            "--", "Content-Type", "begin 644",
            "https://shop.example/a?b=c&d=e", "100%", "meeting", "£5", "“quoted”", "begin", "end", "From here",
            "table:",
        ]
        var text = ""
        for number in 0..<count {
            text += lexicon[next(lexicon.count)]
            text += number % 11 == 10 ? "\n" : " "
        }
        return text
    }

    private mutating func charset() -> String {
        one(of: ["utf-8", "\"utf-8\"", "UTF-8", "utf-8; format=flowed", "\"UTF-8\"; delsp=yes", "utf-8;", "us-ascii"])
    }

    private mutating func text() -> String {
        let type = "Content-Type: text/\(one(of: ["plain", "html"])); charset=\(charset())\n"
        let words = words(10 + next(120))
        switch next(5) {
        case 0: return type + "Content-Transfer-Encoding: 8bit\n\n\(words)\n-- \nShop\n"
        case 1:
            return type + "Content-Transfer-Encoding: \(one(of: ["7bit", "7Bit", "8BIT", "binary", ""]))\n\n\(words)\n"
        case 2:
            let length = [76, 76, 76, 72, 64, 60, 1_000][next(7)]
            let footer = once(in: 6) ? "\n_______\nlist mailing list\nlist@lists.example\n" : ""
            return type + "Content-Transfer-Encoding: base64\n\n" + Bait.lines(Bait.base64(Array(words.utf8)), length)
                + footer
        case 3:
            let isLower = once(in: 5)
            let quoted = words.utf8.map { byte in
                byte > 0x7E || byte == 0x3D && next(50) > 0
                    ? "=" + Bait.hex(byte, upper: !isLower) : String(UnicodeScalar(byte))
            }.joined()
            return type + "Content-Transfer-Encoding: quoted-printable\n\n\(quoted)\n"
        default: return "\n\(words)\n"
        }
    }

    private mutating func boundary() -> String {
        one(of: [
            "----=_NextPart_000_\(next(9_999))", "=_\(next(9_999))", "000000000000a\(next(9_999))",
            "_----------=_\(next(9_999))", "Apple-Mail=_\(next(9_999))-1",
        ])
    }

    private mutating func multipart(_ subtype: String, _ parts: [String]) -> String {
        let boundary = boundary()
        let value = once(in: 5) ? boundary : "\"\(boundary)\""
        let fold = one(of: ["\n\t", " ", "\n ", "\n    "])
        let preamble = one(of: [
            "", "This is a multi-part message in MIME format.\n", "\n", "This is a MIME-encapsulated message\n\n",
        ])
        var text =
            "Content-Type: multipart/\(subtype);\(fold)boundary=\(value)\(one(of: ["", "", "", ";"]))\n\n\(preamble)"
        for part in parts { text += "--\(boundary)\n\(part)\n" }
        if once(in: 10) { return text }
        return text + "--\(boundary)--\n" + one(of: ["", "", "\n\n", "-- \nlist footer\nhttps://lists.example\n"])
    }

    private mutating func alternative() -> String {
        let html = "Content-Type: text/html; charset=\(charset())\n\n<html><body>\(words(60))</body></html>\n"
        return multipart("alternative", [text(), html])
    }

    private mutating func mixed() -> String {
        let name = one(of: [
            "invoice.pdf", "Rechnung März.pdf", "scan 001.pdf", "=?utf-8?Q?M=C3=A4rz.pdf?=", "report(1).pdf",
        ])
        let type = one(of: [
            "application/pdf; name=\"\(name)\"", "application/pdf", "application/octet-stream; name=\(name)",
            "application/pdf;\n name=\"\(name)\"",
        ])
        let disposition = one(of: [
            "Content-Disposition: attachment; filename=\"\(name)\"\n",
            "Content-Disposition: attachment;\n filename*=utf-8''M%C3%A4rz.pdf\n",
            "Content-Disposition: attachment;\n\tfilename=\"\(name)\"; size=\(next(9_999));\n",
            "Content-Disposition: inline\n", "",
        ])
        let pdf = Array("%PDF-1.4\n1 0 obj <<>> endobj\n\(words(40))\ntrailer <<>>\n%%EOF\n".utf8)
        let data = Bait.lines(Bait.base64(pdf), [76, 76, 72, 60][next(4)])
        let first = once(in: 2) ? text() : alternative()
        return multipart(
            "mixed", [first, "Content-Type: \(type)\nContent-Transfer-Encoding: base64\n\(disposition)\n\(data)"])
    }

    private mutating func report() -> String {
        let status =
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
            + "Final-Recipient: rfc822; x@y.example\nStatus: 5.1.1\n"
        let original = "Content-Type: \(one(of: ["message/rfc822", "text/rfc822-headers"]))\n\n" + fields() + text()
        return multipart("report; report-type=delivery-status", [text(), status, original])
    }

    private mutating func forwarded() -> String {
        let original =
            "Content-Type: message/rfc822\n\(one(of: ["", "Content-Disposition: inline\n"]))\n" + fields()
            + "MIME-Version: 1.0\n" + text()
        if once(in: 3) {
            return "\nHi. This is the qmail-send program.\n--- Below this line is a copy of the message.\n\n" + fields()
                + mixed()
        }
        return multipart("mixed", [text(), original])
    }
}
