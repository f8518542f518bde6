/// Tricks with the structure: boundaries, types, delimiters, nesting.
enum StructuredBait {
    static let all: [Construction] =
        boundaries + encodedBoundaries + hiddenParameters + comments + delimiters + nested + types + messages + odd

    private static let b1 = "frontier_"
    private static let b2 = "5c2f"
    private static let name = b1 + b2

    /// A multipart with `type` as the whole Content-Type line, and parts between delimiters of `used`.
    private static func one(_ label: String, _ field: String, used: String = name, decoy: String? = nil) -> Construction
    {
        var body = Bait.parts(used, [Bait.note, Bait.part])
        if let decoy { body = "--\(decoy)\n\(Bait.note)\n" + body + "--\(decoy)--\n" }
        return Construction(name: "boundary \(label)", mail: Bait.mail(field + "\n\n" + body))
    }

    private static let multipart = "Content-Type: multipart/mixed"

    private static let boundaries: [Construction] = {
        var all: [Construction] = []
        let spellings: [(String, String)] = [
            ("plain", "; boundary=\(name)"), ("quoted", "; boundary=\"\(name)\""),
            ("single quotes", "; boundary='\(name)'"),
            ("fold", ";\n boundary=\(name)"), ("two folds", ";\n \n boundary=\(name)"),
            ("upper case", "; BOUNDARY=\(name)"),
            ("escape", "; boundary=frontier\\_\(b2)"), ("wrong name", "; oundary=\(name)"),
            ("escaped name", "; bou\\ndary=\(name)"), ("blank =", "; boundary =\(name)"),
            ("tab =", "; boundary\t=\(name)"),
            ("fold =", "; boundary\n =\(name)"), ("escape =", "; boundary\\=\(name)"),
            ("= blank", "; boundary= \(name)"),
            ("= tab", "; boundary=\t\(name)"), ("= fold", "; boundary=\n \(name)"),
            ("= escape", "; boundary=\\\(name)"),
            ("no separator", "  boundary=\(name)"), ("comma", ", boundary=\(name)"),
            ("open quote", "; boundary=\"\(name)"),
            ("quote behind", "; boundary=\(name)\""), ("NUL behind", "; boundary=\(name)\0x"),
            ("NUL before", "; boundary=\0\(name)"), ("CR behind", "; boundary=\"\(name)\r\""), ("none", ""),
            ("empty", "; boundary=\"\""), ("blank behind", "; boundary=\"\(name) \""), ("colon", ": boundary=\(name)"),
            ("two equals", "; boundary==\(name)"), ("zero-width", "; boundary\u{200B}=\(name)"),
            ("long parameter", "; x=" + String(repeating: "y", count: 3_000) + "; boundary=\(name)"),
            ("many parameters", String(repeating: "; x=y", count: 400) + "; boundary=\(name)"),
            ("too long for the limit", "; x=" + String(repeating: "y", count: 70_000) + "; boundary=\(name)"),
        ]
        all += spellings.map { one($0.0, multipart + $0.1) }
        let other = "other_1"
        for (label, value) in [
            ("good, bad", "; boundary=\(name); boundary=\(other)"),
            ("bad, good", "; boundary=\(other); boundary=\(name)"),
            ("good*, bad", "; boundary*=''\(name); boundary=\(other)"),
            ("bad*, good", "; boundary*=''\(other); boundary=\(name)"),
            ("bad, good*", "; boundary=\(other); boundary*=''\(name)"),
            ("good, bad*", "; boundary=\(name); boundary*=''\(other)"),
            ("bad, GOOD", "; boundary=\(other); BOUNDARY=\(name)"),
        ] {
            all.append(one(label, multipart + value, decoy: other))
        }
        all.append(
            one("good field, bad", multipart + "; boundary=\(name)\n" + multipart + "; boundary=\(other)", decoy: other)
        )
        all.append(
            one("bad field, good", multipart + "; boundary=\(other)\n" + multipart + "; boundary=\(name)", decoy: other)
        )
        for (label, value) in [("before", " fron tier"), ("within", "fron tier"), ("behind", "frontier ")] {
            let escaped = value.replacing(" ", with: "%20")
            all.append(one("blank \(label), quotes", multipart + "; boundary=\"\(value)\"", used: value))
            all.append(one("blank \(label), apostrophes", multipart + "; boundary='\(value)'", used: value))
            all.append(one("blank \(label), bare", multipart + "; boundary=\(value);", used: value))
            all.append(one("blank \(label), encoded", multipart + "; boundary*=''\(escaped)", used: value))
        }
        let pairs: [(String, String, String)] = [
            ("blank used", name, "\(name) "), ("words differ", "\"\(name) XX\"", "\(name) YY"),
            ("folded words differ", "\"\(name)\n XX\"", "\(name) YY"), ("CR used", "\"\(name)\r\"", "\(name)\r"),
            ("none used", "\"\"", ""), ("blank alone", "\" \"", " "), ("case differs", name, name.uppercased()),
            ("semicolon", "b;\(b2)", "b;\(b2)"), ("cut at semicolon", "b;\(b2)", "b"),
            ("escaped semicolon", "b\\;\(b2)", "b;\(b2)"),
            ("escape kept", "b\\;\(b2)", "b\\;\(b2)"), ("escape cut", "b\\;\(b2)", "b\\"),
            ("quotes within", "b\"\(b2)\"", "b\"\(b2)\""),
            ("before quotes", "b\"\(b2)\"", "b"), ("in quotes", "b\"\(b2)\"", b2),
            ("behind quotes", "\"b\"\(b2)", "b\(b2)"),
            ("quotes first", "\"b\"\(b2)", "b"), ("escaped quotes", "b\\\"\(b2)\\\"", "b\"\(b2)\""),
            ("before escaped", "b\\\"\(b2)\\\"", "b"), ("in escaped", "b\\\"\(b2)\\\"", b2),
            ("kept escaped", "b\\\"\(b2)\\\"", "b\\\"\(b2)\\\""),
            ("open quote used", "\"\(name)", "\"\(name)"), ("fold within", "\"b\n c\"", "b c"),
            ("fold removed", "\"b\n c\"", "bc"),
            ("escape used", "fron\\tier", "fron\\tier"), ("encoded word", "\"=?us-ascii?Q?\(name)?=\"", name),
            ("encoded word b", "\"=?us-ascii?B?ZnJvbnRpZXJfNWMyZg==?=\"", name), ("8-bit", "\"fröntier\"", "fröntier"),
            ("NUL cut", "\(name)\0zz", name),
            ("long", String(repeating: "b", count: 300), String(repeating: "b", count: 300)),
            ("cut at 70", String(repeating: "b", count: 90), String(repeating: "b", count: 70)),
        ]
        all += pairs.map { one($0.0, multipart + "; boundary=\($0.1)", used: $0.2) }
        return all
    }()

    private static let encodedBoundaries: [Construction] = {
        var all: [Construction] = []
        for (kind, a, b) in [("plain", b1, b2), ("escaped", "frontier%5F", b2)] {
            let values: [(String, String)] = [
                ("*", "boundary*=''\(a)\(b)"), ("*0*", "boundary*0*=''\(a)\(b)"), ("*0", "boundary*0=\(a)\(b)"),
                ("sections*", "boundary*0*=''\(a); boundary*1*=\(b)"),
                ("reversed*", "boundary*1*=\(b); boundary*0*=''\(a)"),
                ("renumbered*", "boundary*1*=''\(a); boundary*0*=\(b)"),
                ("sections", "boundary*0=\(a); boundary*1=\(b)"),
                ("reversed", "boundary*1=\(b); boundary*0=\(a)"), ("renumbered", "boundary*1=\(a); boundary*0=\(b)"),
                ("gap", "boundary*0=\(a); boundary*2=\(b)"), ("from one", "boundary*1=\(a); boundary*2=\(b)"),
                ("double, good", "boundary*0=\(a); boundary*0=foo; boundary*1=\(b)"),
                ("double, bad", "boundary*0=foo; boundary*0=\(a); boundary*1=\(b)"),
                ("leading zero", "boundary*00=\(a); boundary*01=\(b)"), ("charset", "boundary*=x-none'en'\(a)\(b)"),
                ("no quotes", "boundary*=\(a)\(b)"), ("mixed", "boundary*0=\(a); boundary*1*=\(b)"),
            ]
            for (label, value) in values {
                all.append(one("\(kind) \(label)", multipart + "; " + value))
                all.append(one("\(kind) \(label), decoy", multipart + "; " + value, decoy: "fake-in-preamble"))
            }
        }
        let wide = name.map { "%00\($0)" }.joined()
        all.append(one("UTF-16", multipart + "; boundary*=UTF-16''" + wide))
        all.append(one("UTF-16LE", multipart + "; boundary*=UTF-16''" + name.map { "\($0)%00" }.joined()))
        return all
    }()

    private static let hiddenParameters: [Construction] = {
        let values: [(String, String, String)] = [
            ("behind a word", "; foo=bla boundary=\(name)", name),
            ("behind a quote", "; foo=bla\"boundary=\(name)", name),
            ("behind an escape", "; foo=bla\\;boundary=\(name)", name),
            ("in quotes", "; foo=\"bla;boundary=\(name)\"", name),
            ("in quotes, quote kept", "; foo=\"bla;boundary=\(name)\"", name + "\""),
            ("in an open quote", "; foo=\"bla;boundary=\(name)", name),
            ("in an escaped quote", "; foo=\"bla\\\";boundary=\(name)", name),
            ("behind an escaped quote", "; foo=bla\\\";boundary=\(name)", name),
            ("twice the name", "; boundary=boundary=\(name)", "boundary"),
            ("twice, value", "; boundary=boundary=\(name)", name),
            ("twice, all", "; boundary=boundary=\(name)", "boundary=\(name)"),
            ("quoted whole", "; \"boundary=\(name)\"", name), ("quoted with blanks", "; \" boundary=\(name) \"", name),
            ("behind a colon", "; x:boundary=\(name)", name), ("in angle brackets", "; <boundary=\(name)>", name),
        ]
        var all = values.map { one($0.0, multipart + $0.1, used: $0.2) }
        let fields: [(String, String)] = [
            ("CR", "X-Foo: bar\r\(multipart); boundary=\(name)"),
            ("continuation", "X-Foo: bar\n \(multipart); boundary=\(name)"),
            ("odd name continued", "X-Foo :bar\n \(multipart); boundary=\(name)"),
            ("blank name", "X-Foo Bar:x\n \(multipart); boundary=\(name)"),
            ("junk continued", "X-Foo-bar\n \(multipart); boundary=\(name)"),
            ("junk line", "junk\n\(multipart); boundary=\(name)"),
            ("blank before colon", "Content-Type : multipart/mixed; boundary=\(name)"),
            ("two colons", "Content-Type:: multipart/mixed; boundary=\(name)"),
            ("no colon", "Content-Type multipart/mixed; boundary=\(name)"),
            ("fold in front", "Content-Type:\n multipart/mixed; boundary=\(name)"),
            ("two folds in front", "Content-Type:\n \n multipart/mixed; boundary=\(name)"),
            ("vertical tab", "\u{B}\(multipart); boundary=\(name)"), ("NUL before", "\0\(multipart); boundary=\(name)"),
            ("NUL in line", "X-Foo: bar\0\n\(multipart); boundary=\(name)"),
            ("underscore", "Content_Type: multipart/mixed; boundary=\(name)"),
            ("long line before", "X: " + String(repeating: "y", count: 70_000) + "\n\(multipart); boundary=\(name)"),
            ("blank line before", " \n\(multipart); boundary=\(name)"),
            ("CR LF CR", "X-Foo: bar\n\r\(multipart); boundary=\(name)"),
            ("tab name", "Content-Type\t: multipart/mixed; boundary=\(name)"), ("no fields at all", "X-Foo: bar"),
            ("boundary alone", "Content-Type: boundary=\(name)"),
            ("LF CR", "X-Foo: bar\n\r\n\(multipart); boundary=\(name)"),
            ("many fields", String(repeating: "X-A: b\n", count: 6_000) + "\(multipart); boundary=\(name)"),
        ]
        all += fields.map { one("field \($0.0)", $0.1) }
        return all
    }()

    private static let comments: [Construction] = {
        let values: [(String, String, String)] = [
            ("name", "; boundary()=\(name)", name), ("value before", "; boundary=()\(name)", name),
            ("value behind", "; boundary=\(name)()", name),
            ("kept", "; boundary=\(name)()", "\(name)()"), ("within", "; boundary=\(b1)()\(b2)", name),
            ("cut", "; boundary=\(b1)()\(b2)", b1),
            ("within, kept", "; boundary=\(b1)()\(b2)", "\(b1)()\(b2)"),
            ("with boundary", "; boundary=(boundary=\(b2))\(name)", name),
            ("of boundary", "; boundary=(boundary=\(b2))\(name)", b2),
            ("kept whole", "; boundary=(boundary=\(b2))\(name)", "(boundary=\(b2))\(name)"),
            ("in name", "; boun()dary=\(name)", name), ("before name", "; () boundary=\(name)", name),
            ("before name, close", "; ()boundary=\(name)", name),
            ("around", "; ( boundary=\(name) )", name), ("nested around", "; (() boundary=\(name) )", name),
            ("open", "; (boundary=\(name)", name),
            ("quote in comment", "; (\") boundary=\(name)", name),
            ("escape in comment", "; (\\) boundary=\(name)", name),
        ]
        var all = values.map { one("comment \($0.0)", multipart + $0.1, used: $0.2) }
        for type in [
            "() multipart/mixed", "()multipart/mixed", "multipar()t/mixed", "multipart/mixed()", "multipart()/mixed",
        ] {
            all.append(one("comment in type \(type)", "Content-Type: \(type); boundary=\(name)"))
        }
        return all
    }()

    private static let delimiters: [Construction] = {
        var all: [Construction] = []
        func mail(_ label: String, _ body: String, _ parameter: String = name) {
            all.append(
                Construction(
                    name: "delimiter \(label)", mail: Bait.mail("\(multipart); boundary=\(parameter)\n\n" + body)))
        }
        for (label, tail) in [
            ("letter", "X"), ("word", " X"), ("hyphen", "-"), ("blank", " "), ("tab", "\t"), ("vertical tab", "\u{B}"),
            ("NUL", "\0"),
            ("CR", "\r"), ("colon", ":"), ("form feed", "\u{C}"),
        ] {
            mail(label, "--\(name)\(tail)\n\(Bait.note)--\(name)\(tail)\n\(Bait.part)--\(name)--\n")
        }
        let clean = "\n--\(name)\n\(Bait.note)\n--\(name)--\n"
        mail("CR before", "\n\r--\(name)\n\(Bait.part)" + clean)
        mail("blank CR before", " \r--\(name)\n\(Bait.part)" + clean)
        mail("CR for its end", "\n--\(name)\r\(Bait.part)" + clean)
        mail("blank before", "--\(name)\n\(Bait.note) --\(name)\n\(Bait.part)--\(name)--\n")
        mail("in preamble, other", "--other\n\(Bait.part)--other--\n" + clean)
        mail("in epilogue, other", clean + "--other\n\(Bait.part)--other--\n")
        mail("behind end", clean + "--\(name)\n\(Bait.part)--\(name)--\n")
        mail("behind two ends", clean + clean + "--\(name)\n\(Bait.part)")
        mail("in preamble, no delimiter", Bait.part + clean)
        mail("in epilogue, no delimiter", clean + Bait.part)
        mail("no end", "--\(name)\n\(Bait.note)--\(name)\n\(Bait.part)")
        mail("end alone", "--\(name)--\n\(Bait.part)")
        mail(
            "no empty line",
            "--\(name)\n" + Bait.attachment + "\(Bait.encoding): base64\n" + Bait.body + "--\(name)--\n")
        mail(
            "case in the part",
            "--\(name)\n\(Bait.note)\n--\(name.uppercased())\n\(Bait.part)--\(name.uppercased())--\n--\(name)--\n")
        mail("one hyphen", "--\(name)\n\(Bait.note)\n-\(name)\n\(Bait.part)--\(name)--\n")
        mail("no hyphens", "--\(name)\n\(Bait.note)\n\(name)\n\(Bait.part)--\(name)--\n")
        let outer = Bait.fields + "MIME-Version: 1.0\n\(multipart); boundary=\"out:er\"\n"
        let inner = "\(multipart); boundary=\(name)\n"
        let body = Bait.parts(name, [Bait.note, Bait.part])
        for (label, text) in [
            ("end in the message's header", outer + "--out:er--\n\n--out:er\n\(inner)\n\(body)--out:er--\n"),
            ("end in a part's header", outer + "\n--out:er\n\(inner)--out:er--\n\n\(body)--out:er--\n"),
            ("delimiter in a part's header", outer + "\n--out:er\n\(inner)--out:er\n\n\(body)--out:er--\n"),
        ] {
            all.append(Construction(name: "delimiter \(label)", mail: Bait.bytes(text)))
        }
        return all
    }()

    private static let nested: [Construction] = {
        func mail(_ label: String, outer: String, inner: String, _ body: String, end: Bool = true) -> Construction {
            let text =
                "\(multipart); boundary=\"\(outer)\"\n\n--\(outer)\n\(multipart); boundary=\"\(inner)\"\n\n\(body)"
                + (end ? "--\(outer)--\n" : "")
            return Construction(name: "nested \(label)", mail: Bait.mail(text))
        }
        let all = [Bait.note, Bait.part]
        let dummy = "--\(name)\nContent-Type: text/plain\n\ndummy\n--\(name)--\n\n"
        let marked = Bait.part.replacing("base64\n\n", with: "base64\n\n--####\n")
        return [
            mail("inner is outer's end", outer: name, inner: "\(name)--", Bait.parts("\(name)--", all)),
            mail("equal", outer: name, inner: name, Bait.parts(name, all)),
            mail("equal, dummy inside", outer: name, inner: name, dummy + Bait.parts(name, all)),
            Construction(
                name: "nested equal, dummy first",
                mail: Bait.mail(
                    "\(multipart); boundary=\(name)\n\n\(dummy)--\(name)\n\(multipart); boundary=\(name)\n\n"
                        + Bait.parts(name, all) + "--\(name)--\n")),
            mail("outer longer", outer: "\(name)_", inner: name, Bait.parts(name, all)),
            mail("outer longer, dummy", outer: "\(name)_", inner: name, "--\(name)_X\n\n" + Bait.parts(name, all)),
            mail("inner longer", outer: name, inner: "\(name)_", Bait.parts("\(name)_", all)),
            mail("outer in data", outer: "####", inner: name, Bait.parts(name, [Bait.note, marked])),
            mail("no inner end", outer: "outer", inner: name, "--\(name)\n\(Bait.note)--\(name)\n\(Bait.part)"),
            mail("no outer end", outer: "outer", inner: name, Bait.parts(name, all), end: false),
            mail("no ends", outer: "outer", inner: name, "--\(name)\n\(Bait.note)--\(name)\n\(Bait.part)", end: false),
            mail(
                "outer ends within", outer: "outer", inner: name,
                "--\(name)\n\(Bait.note)--outer--\n--\(name)\n\(Bait.part)--\(name)--\n"),
            Construction(name: "nested deep", mail: deep(20)), Construction(name: "nested too deep", mail: deep(60)),
            Construction(
                name: "nested wide", mail: Bait.multipart(Array(repeating: Bait.note, count: 600) + [Bait.part])),
            Construction(
                name: "nested too wide", mail: Bait.multipart(Array(repeating: "\n\n", count: 12_000) + [Bait.part])),
        ]
    }()

    private static func deep(_ levels: Int) -> [UInt8] {
        var text = Bait.part
        for level in 0..<levels {
            text = "\(multipart); boundary=\"level\(level).\"\n\n" + Bait.parts("level\(level).", [text])
        }
        return Bait.mail(text)
    }

    private static let types: [Construction] = {
        var all: [Construction] = []
        for type in [
            "singlepart/mixed", "ultipart/mixed", "x-multipart/mixed", "mULtipart/Mixed", "multiparts/mixed",
            "multipart",
            "multipart/", "/mixed", "multi\\part/mixed", "\"multipart/mixed\"", "=?UTF-8?B?bXVsdGlwYXJ0?=/mixed",
            "multipart/unheard-of",
            "multipart /mixed", "multipart/ mixed", "multipart/alternative", "multipart/related", "multipart/signed",
            "multipart/parallel",
            "multipart/digest", "multipart/report", "multipart/encrypted", "text/plain", "application/octet-stream",
            "message/rfc822", "image/png",
        ] {
            all.append(one("type \(type)", "Content-Type: \(type); boundary=\(name)"))
            let single =
                "Content-Type: \(type); boundary=foo; name=invoice.zip\n\(Bait.encoding): base64\n\n" + Bait.body
            all += Bait.both("type of one, \(type)", single)
        }
        for (label, fields) in [
            ("multipart, text", "\(multipart); boundary=\(name)\nContent-Type: text/plain"),
            ("text, multipart", "Content-Type: text/plain\n\(multipart); boundary=\(name)"),
            ("html, multipart", "Content-Type: text/html\n\(multipart); boundary=\(name)"),
            ("empty, multipart", "Content-Type:\n\(multipart); boundary=\(name)"),
            ("multipart, empty", "\(multipart); boundary=\(name)\nContent-Type:"),
        ] {
            all.append(one("types \(label)", fields))
        }
        let bare = Bait.fields + "\(multipart); boundary=\(name)\n\n" + Bait.parts(name, [Bait.note, Bait.part])
        all.append(Construction(name: "no MIME-Version", mail: Bait.bytes(bare)))
        for version in ["2.0", "(x) 1.0", "1.0 (x)", "", "1", "\"1.0\""] {
            let text = bare.replacing("Message-ID", with: "MIME-Version: \(version)\nMessage-ID")
            all.append(Construction(name: "MIME-Version \(version)", mail: Bait.bytes(text)))
        }
        return all
    }()

    private static let messages: [Construction] = {
        var all: [Construction] = []
        let mail =
            Bait.fields + "MIME-Version: 1.0\n\(multipart); boundary=\(name)\n\n"
            + Bait.parts(name, [Bait.note, Bait.part])
        let encoded = Bait.lines(Bait.base64(Bait.bytes(mail)), 72)
        let printable = Bait.lines(Bait.bytes(mail).map { "=" + Bait.hex($0) }.joined(), 60, end: "=\n")
        for type in [
            "message/rfc822", "message/global", "message/news", "message/partial; id=x; number=1; total=1",
            "message/external-body; access-type=x", "message/x-unheard", "application/octet-stream; name=a.eml",
            "text/plain", "text/rfc822-headers",
        ] {
            all += Bait.both("message \(type)", "Content-Type: \(type)\n\n" + mail)
            all += Bait.both("message \(type), base64", "Content-Type: \(type)\n\(Bait.encoding): base64\n\n" + encoded)
            all += Bait.both(
                "message \(type), quoted-printable",
                "Content-Type: \(type)\n\(Bait.encoding): quoted-printable\n\n" + printable)
        }
        all += Bait.both("message, one part", "Content-Type: message/rfc822\n\n" + Bait.part)
        let digest = "From: me\nTo: you\nSubject: part\n"
        all.append(one("digest", "Content-Type: multipart/digest; boundary=\(name)"))
        all.append(
            Construction(
                name: "digest of parts",
                mail: Bait.mail(
                    "Content-Type: multipart/digest; boundary=\(name)\n\n"
                        + Bait.parts(name, [digest + Bait.note, digest + Bait.part]))))
        all.append(
            Construction(
                name: "digest of messages",
                mail: Bait.mail(
                    "Content-Type: multipart/digest; boundary=\(name)\n\n"
                        + Bait.parts(name, ["\n" + digest + Bait.part]))))
        let parts = Bait.parts(name, [Bait.note, Bait.part])
        all += Bait.both(
            "multipart in base64",
            "\(multipart); boundary=\(name)\n\(Bait.encoding): base64\n\n"
                + Bait.lines(Bait.base64(Bait.bytes(parts)), 76))
        return all
    }()

    private static let odd: [Construction] = {
        let text = "Content-Type: text/plain\n\n"
        var all: [Construction] = [
            Construction(name: "no header", mail: Bait.bytes(Bait.parts(name, [Bait.note, Bait.part]))),
            Construction(name: "empty line first", mail: Bait.bytes("\n") + Bait.multipart([Bait.note, Bait.part])),
            Construction(
                name: "mbox line", mail: Bait.bytes("From x Tue Nov  3 10:00:00 2026\n") + Bait.multipart([Bait.part])),
            Construction(name: "BOM", mail: [0xEF, 0xBB, 0xBF] + Bait.multipart([Bait.part])),
            Construction(name: "text after blank header", mail: Bait.mail("\n" + Bait.part)),
            Construction(name: "part in text", mail: Bait.multipart([text + "--inner\n" + Bait.part + "--inner--\n"])),
            Construction(
                name: "part in HTML", mail: Bait.multipart(["Content-Type: text/html\n\n<p>--inner\n" + Bait.part])),
            Construction(
                name: "part without encoding", mail: Bait.multipart([Bait.note, Bait.attachment + "\n" + Bait.body])),
        ]
        for mail in [Bait.multipart([Bait.note, Bait.part]), Bait.mail(Bait.part)] {
            let crlf = Array(String(decoding: mail, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
            let cr = mail.map { $0 == 0x0A ? UInt8(0x0D) : $0 }
            all.append(Construction(name: "CR LF", mail: crlf))
            all.append(Construction(name: "CR alone", mail: cr))
            all.append(Construction(name: "LF CR", mail: mail.flatMap { $0 == 0x0A ? [0x0A, 0x0D] : [$0] }))
            all.append(Construction(name: "CR CR LF", mail: mail.flatMap { $0 == 0x0A ? [0x0D, 0x0D, 0x0A] : [$0] }))
            all.append(Construction(name: "UTF-16", mail: mail.flatMap { [$0, 0] }))
        }
        return all
    }()
}
