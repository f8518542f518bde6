/// Tricks with transfer encodings: how the label is written, and how the data are.
enum EncodedBait {
    static let all = labels + printableLabels + base64Data + printableData + otherEncodings + breaks + twice

    private static let base64 = "\(Bait.encoding): base64\n"
    private static let quoted = "\(Bait.encoding): quoted-printable\n"

    private static func labelled(_ lines: [(String, String)], _ body: String) -> [Construction] {
        lines.flatMap { name, line in Bait.both("label \(name)", Bait.attachment + line + "\n" + body) }
    }

    private static let labels: [Construction] = {
        let name = Bait.encoding
        let values: [(String, String)] = [
            ("without blank", ":base64"), ("tab", ":\tbase64"), ("vertical tab", ":\u{B}base64"), ("CR", ":\rbase64"),
            ("mixed case", ": baSE64"), ("x-", ": x-base64"), ("fold", ":\n base64"), ("two folds", ":\n \n base64"),
            ("blanks", ": " + String(repeating: " ", count: 2_000) + "base64"), ("quoted", ": \"base64\""),
            ("single quoted", ": 'base64'"), ("escape", ": base\\64"), ("encoded word b", ": =?UTF-8?B?YmFzZTY0?="),
            ("encoded word q", ": =?UTF-8?Q?base64?="), ("encoded word open", ": =?UTF-8?Q?base64"),
            ("comment before", ": (xx) base64"), ("comment within", ": bas()e64"),
            ("folded comment within", ": bas(\n )e64"), ("comment behind", ": base64 (xx)"),
            ("word before", ": xx base64"),
            ("word behind", ": base64 xx"), ("prefixed", ": xxbase64"), ("suffixed", ": base64xx"),
            ("comma", ": base64,"),
            ("comma before", ": ,base64"), ("semicolon", ": base64;"), ("semicolon before", ": ;base64"),
            ("parameter", ": base64; x=y"), ("blank before colon", " : base64"), ("two colons", ":: base64"),
            ("no colon", " base64"), ("qp word", ": quoted-printable base64"),
            ("qp behind", ": base64 quoted-printable"),
            ("qp list", ": quoted-printable,base64"), ("list qp", ": base64,quoted-printable"), ("NUL", ": base64\0"),
            ("NUL within", ": ba\0se64"), ("7bit word", ": 7bit base64"), ("equals", ":= base64"), ("b64", ": b64"),
            ("fullwidth", ": ｂａｓｅ６４"), ("tab fold", ":\n\tbase64"), ("CR fold", ":\r base64"),
            ("dash", ": base-64"), ("dot", ": base64."), ("angle", ": <base64>"), ("zero-width", ": base\u{200B}64"),
        ]
        let lines: [(String, String)] = [
            ("blank before name", " \(name): base64\n"), ("CR before name", "\r\(name): base64\n"),
            ("CR before field", "X-Foo: bar\r\(name): base64\n"), ("tab before name", "\t\(name): base64\n"),
            ("twice qp first", quoted + base64), ("twice qp last", base64 + quoted),
            ("empty first", "\(name): \n" + base64),
            ("empty last", base64 + "\(name): \n"), ("junk first", "\(name): xxx\n" + base64),
            ("junk last", base64 + "\(name): xxx\n"), ("7bit first", "\(name): 7bit\n" + base64),
            ("7bit last", base64 + "\(name): 7bit\n"), ("8bit first", "\(name): 8bit\n" + base64),
            ("junk line before", "XXXXXXXXXX\n" + base64), ("control line before", "\u{1}\u{2}\u{3}\n" + base64),
            ("blank line before", " \n" + base64), ("tab line before", "\t\n" + base64), ("missing", ""),
            ("underscores", "Content_Transfer_Encoding: base64\n"), ("misspelt", "Content-Transfer-Encodin: base64\n"),
            ("content-encoding", "Content-Encoding: base64\n"),
            ("NUL in name", "Content-Transfer\0-Encoding: base64\n"),
            ("upper case", "CONTENT-TRANSFER-ENCODING: BASE64\n"), ("long line", longField + base64),
            ("many fields", String(repeating: "X-A: b\n", count: 400) + base64),
        ]
        return labelled(values.map { ($0.0, name + $0.1 + "\n") } + lines, Bait.body)
    }()

    private static let longField = "X-Long: " + String(repeating: "a", count: 5_000) + "\n"

    private static let printableLabels: [Construction] = {
        let name = Bait.encoding
        let lines: [(String, String)] = [
            ("q x-", "\(name): x-quoted-printable\n"), ("q base64 last", quoted + base64),
            ("q base64 first", base64 + quoted),
            ("q words", "\(name): quoted-printable base64\n"), ("q behind", "\(name): base64 quoted-printable\n"),
            ("q list", "\(name): quoted-printable,base64\n"), ("q list last", "\(name): base64,quoted-printable\n"),
            ("q empty first", "\(name): \n" + quoted), ("q empty last", quoted + "\(name): \n"),
            ("q junk first", "\(name): xxx\n" + quoted), ("q junk last", quoted + "\(name): xxx\n"),
            ("q short", "\(name): quoted-printabl\n"), ("q shorter", "\(name): quoted-print\n"),
            ("q joined", "\(name): quotedprint\n"), ("q missing", ""), ("q 7bit first", "\(name): 7bit\n" + quoted),
        ]
        return labelled(lines, Bait.escaped())
    }()

    private static func data(_ name: String, _ body: String, _ label: String = base64) -> [Construction] {
        Bait.both("data \(name)", Bait.attachment + label + "\n" + body)
    }

    private static let base64Data: [Construction] = {
        let plain = Bait.base64()
        let lines = Bait.lines(plain, 64)
        func spread(_ mark: String) -> String { Bait.lines(plain, 1, end: mark) + "\n" }
        func perQuad(_ body: (Substring) -> String) -> String {
            var rest = plain[...]
            var text = ""
            while !rest.isEmpty {
                text += body(rest.prefix(4))
                rest = rest.dropFirst(4)
            }
            return text
        }
        var all: [(String, String)] = [
            ("empty lines", Bait.lines(plain, 64, end: "\n\n")), ("blanks", spread(" ")), ("tabs", spread("\t")),
            ("vertical tabs", spread("\u{B}")), ("CRs", spread("\r")), ("single characters", spread("\n\n")),
            ("pairs", Bait.lines(plain, 2, end: "\n\n")), ("triples", Bait.lines(plain, 3, end: "\n\n")),
            ("begin-base64", "begin-base64 744 foobar.pdf\n\(lines)====\n"), ("one line", plain + "\n"),
            ("quad and junk", Bait.lines(plain, 4, end: "#abce01234567fghj\n")),
            ("triple and junk", Bait.lines(plain, 3, end: "#abce01234567fghj\n")), ("one before", "A\n\n" + lines),
            ("two before", "AB\n\n" + lines), ("three before", "ABC\n\n" + lines), ("sign at end", lines + "=\n"),
            ("sign at lines' ends", Bait.lines(plain, 64, end: "=\n")), ("sign first", "=\n" + lines),
            ("signs first", "====\n" + lines), ("sign behind quads", perQuad { $0 + "=" } + "\n"),
            ("sign within quads", perQuad { $0.contains("=") ? String($0) : $0.prefix(2) + "=" + $0.suffix(2) }),
            ("sign at lines' starts", "=" + Bait.lines(plain, 64, end: "\n=")),
            ("signs at lines' starts", "====" + Bait.lines(plain, 64, end: "\n====")),
            ("lines of 3", Bait.lines(plain, 3)), ("lines of 4", Bait.lines(plain, 4)),
            ("lines of 5", Bait.lines(plain, 5)),
            ("quad and X", Bait.lines(plain, 4, end: "X\n")), ("quad and XX", Bait.lines(plain, 4, end: "XX\n")),
            ("quad and XXX", Bait.lines(plain, 4, end: "XXX\n")), ("quad and sign", Bait.lines(plain, 4, end: "=\n")),
            ("A as sign", signForA(lines)), ("cut", String(plain.dropLast(1)) + "\n"), ("no end of line", plain),
            ("junk behind", lines + "====\n" + Bait.lines(Bait.base64(Array("innocent".utf8)), 64)),
            ("text before", "This is the file:\n\n" + lines), ("text behind", lines + "\n-- \nA mailing list\n"),
            ("URL-safe", lines.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()),
            ("delimiters within", "--#####\n" + lines), ("NULs", spread("\0")), ("8-bit junk", spread("é")),
        ]
        for mark in ["#", ":", ".", "%", "-", "_", "!", "*", ",", ";", "<", "~"] {
            all.append(("junk \(mark)", spread(mark)))
        }
        for size in [1, 2, 4, 5] { all.append(("pieces of \(size)", pieces(size, join: ""))) }
        for size in [1, 2, 4, 5] { all.append(("lines of pieces of \(size)", pieces(size, join: "\n"))) }
        for place in 0...2 { all.append(("sign at \(place)", pieces(2, join: "") { moved($0, to: place) })) }
        all.append(("one sign of two", pieces(1, join: "") { $0.replacing("==", with: "=") }))
        all.append(("halves", pieces(Bait.payload.count / 2 / 3 * 3 + 1, join: "\n")))
        return all.flatMap { data($0.0, $0.1) }
    }()

    /// Each piece encoded by itself, with padding.
    private static func pieces(_ size: Int, join: String, _ change: (String) -> String = { $0 }) -> String {
        stride(from: 0, to: Bait.payload.count, by: size).map { start in
            change(Bait.base64(Array(Bait.payload[start..<min(start + size, Bait.payload.count)])))
        }.joined(separator: join) + "\n"
    }

    /// `ABC=` with its sign elsewhere; other quads stay.
    private static func moved(_ quad: String, to place: Int) -> String {
        guard quad.hasSuffix("="), !quad.hasSuffix("==") else { return quad }
        var symbols = Array(quad.dropLast())
        symbols.insert("=", at: place)
        return String(symbols)
    }

    private static func signForA(_ lines: String) -> String {
        let head = lines.dropLast(8)
        return head.map { $0 == "A" ? "=" : String($0) }.joined() + lines.suffix(8)
    }

    private static let printableData: [Construction] = {
        let small = Bait.payload
        func all(_ each: @escaping (String) -> String) -> String { Bait.escaped(small, each: each) + "\n" }
        let upper = small.map { "=" + Bait.hex($0) }.joined()
        let hexMixed = small.map { byte in
            (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
                ? "=a" + String(UnicodeScalar(byte)) : "=\(Bait.hex(byte))"
        }.joined()
        let bodies: [(String, String)] = [
            ("each", all { "=\($0)=\n" }), ("one line", upper + "\n"), ("blank behind", all { "=\($0)= \n" }),
            ("tab behind", all { "=\($0)=\t\n" }), ("lower case", Bait.lines(upper.lowercased(), 60, end: "=\n")),
            ("two signs", all { "==\($0)=\n" }), ("sign and digit", all { "=0=\($0)=\n" }),
            ("sign, digit, letter", all { "=0X=\($0)=\n" }), ("lower case junk", all { "=0a=\($0)=\n" }),
            ("sign and letters", all { "=XX=\($0)=\n" }), ("sign and blank", all { "= =\($0)=\n" }),
            ("lower case before digits", hexMixed + "\n"), ("soft break in escapes", softBroken()),
            ("CR breaks", all { "=\($0)=\r" }), ("trailing sign", upper + "="),
        ]
        return bodies.flatMap { data("q \($0.0)", $0.1, quoted) }
    }()

    private static func softBroken() -> String {
        Bait.payload.map { "=" + Bait.hex($0) }.joined(separator: "=\n") + "\n"
    }

    private static let otherEncodings: [Construction] = {
        var all: [Construction] = []
        let uu = Bait.uuLines()
        for label in ["uuencode", "x-uuencode", "uue", "x-uue", "x-uu", "UUENCODE", "uuencoded"] {
            for (name, body) in [
                ("bare", uu), ("begin", "begin 644 invoice.zip\n" + uu),
                ("whole", "begin 644 invoice.zip\n\(uu)`\nend\n"),
            ] {
                all += Bait.both("\(label) \(name)", Bait.attachment + "\(Bait.encoding): \(label)\n\n" + body)
            }
        }
        for label in ["binhex", "binhex40", "mac-binhex40", "mac-binhex", "x-binhex40", "x-mac-binhex40"] {
            all += Bait.both(label, Bait.attachment + "\(Bait.encoding): \(label)\n\n" + Bait.binHex())
        }
        for label in ["x-yencode", "yenc", "x-yenc"] {
            let head = Bait.fields + "MIME-Version: 1.0\n" + Bait.attachment + "\(Bait.encoding): \(label)\n\n"
            all.append(Construction(name: label, mail: Bait.bytes(head) + Bait.yEnc()))
        }
        let text = Bait.fields + "\nHello, the file is below.\n\n"
        all.append(Construction(name: "inline yEnc", mail: Bait.bytes(text) + Bait.yEnc()))
        all.append(Construction(name: "inline uuencode", mail: Bait.bytes(text + "begin 644 a.zip\n\(uu)`\nend\n")))
        all.append(Construction(name: "inline uuencode, no begin", mail: Bait.bytes(text + uu + "`\nend\n")))
        all.append(Construction(name: "inline BinHex", mail: Bait.bytes(text + Bait.binHex())))
        let bare = Bait.binHex().split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
        all.append(Construction(name: "inline BinHex, no begin", mail: Bait.bytes(text + bare)))
        all += Bait.both("inline uuencode in a text part", "Content-Type: text/plain\n\nbegin 644 a.zip\n\(uu)`\nend\n")
        return all
    }()

    /// How the fields end and the body starts.
    private static let breaks: [Construction] = {
        let head = Bait.attachment + base64
        let between: [(String, String)] = [
            ("none", ""), ("blank", " \n"), ("two blanks", " \n \n"), ("tab", "\t\n"), ("vertical tab", "\u{B}\n"),
            ("two vertical tabs", "\u{B}\n\u{B}\n"), ("quad", "ABCD\n\n"), ("padded quad", "ABC=\n\n"),
            ("quad, blank", "ABCD\n \n"), ("padded quad, blank", "ABC=\n \n"), ("quad, none", "ABCD\n"),
            ("padded quad, none", "ABC=\n"), ("two quads", "ABCD\nABCD\n\n"), ("two padded quads", "ABC=\nABC=\n\n"),
            ("CR", "\r"), ("two CRs", "\r\r"), ("CR LF CR", "\r\n\r"), ("LF CR", "\n\r"), ("NUL", "\0\n"),
            ("form feed", "\u{C}\n"), ("no-break space", "\u{A0}\n"), ("colon", ":\n\n"), ("dot", ".\n\n"),
        ]
        let starts: [(String, String)] = [
            ("CR", "\r"), ("LF", "\n"), ("vertical tab", "\u{B}"), ("blank line", " \n"), ("colon line", ":\n"),
            ("NUL", "\0"), ("junk line", "xyz\n"), ("BOM", "\u{FEFF}"), ("two LFs", "\n\n"), ("mbox line", "From x\n"),
        ]
        return between.flatMap { Bait.both("break \($0.0)", head + $0.1 + Bait.body) }
            + starts.flatMap { Bait.both("start \($0.0)", $0.1 + base64 + Bait.attachment + "\n" + Bait.body) }
    }()

    private static let twice: [Construction] = {
        let again = Bait.lines(Bait.base64(Array(Bait.body.utf8)), 76)
        let printable = Array(Bait.body.utf8).map { "=" + Bait.hex($0) }.joined()
        return data("base64 twice", again, base64 + base64) + data("base64 twice, one label", again)
            + data("base64 in quoted-printable", Bait.lines(printable, 60, end: "=\n"), quoted + base64)
    }()
}
