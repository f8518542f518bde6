/// Tricks of two kinds at once: a structure that hides the part, in which the part hides its content.
enum CombinedBait {
    static let all: [Construction] = structures.flatMap { structure in
        parts.map { part in
            Construction(name: "\(structure.0) + \(part.0)", mail: Bait.mail(structure.1(part.1)))
        }
    }

    private static let parts: [(String, String)] = {
        let head = Bait.attachment
        let name = Bait.encoding
        let plain = Bait.base64()
        let uu = Bait.uuLines()
        let encoded = Bait.lines(Bait.base64(Bait.bytes(Bait.fields + Bait.part)), 72)
        return [
            ("hidden label", head + "X-Foo: bar\r\(name): base64\n\n" + Bait.body),
            ("two labels", head + "\(name): 7bit\n\(name): base64\n\n" + Bait.body),
            ("encoded label", head + "\(name): =?us-ascii?Q?base64?=\n\n" + Bait.body),
            ("two colons", head + "\(name):: base64\n\n" + Bait.body),
            ("no label", head + "\n" + Bait.body),
            ("signs in base64", head + "\(name): base64\n\n=" + Bait.lines(plain, 4, end: "=\n")),
            ("junk in lines", head + "\(name): base64\n\n" + Bait.lines(plain, 4, end: "#abce01234567fghj\n")),
            ("junk label and lines", head + "\(name) base64\n\n" + Bait.lines(plain, 4, end: "XX\n")),
            ("escapes", head + "\(name): x-quoted-printable\n\n" + Bait.escaped { "=0=\($0)=\n" }),
            ("uuencode", head + "\(name): x-uue\n\n" + uu),
            ("no body break", head + "\(name): base64\n" + Bait.body),
            ("quad before", head + "\(name): base64\nABC=\n\n" + Bait.body),
            ("mail in base64", "Content-Type: message/rfc822\n\(name): base64\n\n" + encoded),
            ("mail in wrong base64", "Content-Type: message/rfc822\n\(name): base-64\n\n" + encoded),
        ]
    }()

    private static let structures: [(String, @Sendable (String) -> String)] = {
        let multipart = "Content-Type: multipart/mixed"
        @Sendable func parts(_ boundary: String, _ part: String) -> String { Bait.parts(boundary, [Bait.note, part]) }
        return [
            ("encoded boundary", { "\(multipart); boundary*0*=''fron; boundary*1*=tier\n\n" + parts("frontier", $0) }),
            ("text type first", { "Content-Type: text/plain\n\(multipart); boundary=b\n\n" + parts("b", $0) }),
            ("hidden type", { "X-Foo: bar\r\(multipart); boundary=b\n\n" + parts("b", $0) }),
            ("no boundary", { "\(multipart)\n\n" + parts("b", $0) }),
            ("wrong case", { "\(multipart); boundary=bound\n\n" + parts("BOUND", $0) }),
            ("prefixed delimiters", { "\(multipart); boundary=b\n\n--bX\n\(Bait.note)--bX\n\($0)--b--\n" }),
            ("behind the end", { "\(multipart); boundary=b\n\n--b\n\(Bait.note)--b--\n--b\n\($0)--b--\n" }),
            ("in the preamble", { "\(multipart); boundary=b\n\n--c\n\($0)--c--\n--b\n\(Bait.note)--b--\n" }),
            ("in the epilogue", { "\(multipart); boundary=b\n\n--b\n\(Bait.note)--b--\n--c\n\($0)--c--\n" }),
            (
                "equal boundaries",
                { part in
                    "\(multipart); boundary=b\n\n--b\n\(multipart); boundary=b\n\n" + parts("b", part) + "--b--\n"
                }
            ),
            (
                "in a mail",
                { "Content-Type: message/rfc822\n\n" + Bait.fields + "\(multipart); boundary=\"b\n\n" + parts("b", $0) }
            ),
            (
                "in a mail in base64",
                { part in
                    let inner = Bait.bytes(Bait.fields + "\(multipart); boundary=b()\n\n" + parts("b", part))
                    return "Content-Type: message/global\n\(Bait.encoding): base64\n\n"
                        + Bait.lines(Bait.base64(inner), 76)
                }
            ),
        ]
    }()
}
