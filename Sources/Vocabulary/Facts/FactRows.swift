extension FactCatalogue {
    private static let authenticationResults = ["none", "pass", "fail", "softfail", "neutral", "policy", "permerror"]
    static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    private static let unread: Reasons = [.encrypted, .damaged, .ambiguous, .unsupported, .overLimit]

    static let envelope: [FactRow] = [
        row(
            .direction, .symbol, .envelope, scope: .recipient, symbols: Direction.allCases.map(\.rawValue),
            "which way the message goes for this recipient: inbound, outbound or internal"),
        row(.recipient, .address, .envelope, scope: .recipient, "the recipient who is judged"),
        row(.sender, .address, .envelope, absent: true, "the envelope's reverse path; absent for `<>`"),
        row(.recipients, .address, .envelope, "all recipients of the envelope"),
        row(.clientIP, .ip, .envelope, absent: true, "the address of the client that sent the message"),
        row(.clientName, .domain, .envelope, absent: true, "the verified name of the client"),
        row(.tls, .bool, .envelope, "whether the message came over TLS"),
        row(.authenticated, .bool, .envelope, "whether the client logged in"),
        row(.receivedAt, .time, .envelope, "when the message arrived"),
        row(.receivedHour, .int, .envelope, "the hour of its arrival in the policy's time zone, 0 to 23"),
        row(
            .receivedWeekday, .symbol, .envelope, symbols: weekdays,
            "the day of the week of its arrival in the policy's time zone"),
    ]

    static let headerFields: [FactRow] = [
        row(.from, .address, .header, absent: true, "the mailboxes of the From field"),
        row(.to, .address, .header, absent: true, "the mailboxes of the To fields"),
        row(.cc, .address, .header, absent: true, "the mailboxes of the Cc fields"),
        row(.replyTo, .address, .header, absent: true, "the mailboxes of the Reply-To field"),
        row(.subject, .text, .header, absent: true, "the decoded subject"),
        row(.date, .time, .header, absent: true, "the Date field; absent also where it cannot be read as a date"),
        row(.dateHour, .int, .header, absent: true, "the hour of the Date field in the policy's time zone, 0 to 23"),
        row(
            .dateWeekday, .symbol, .header, absent: true, symbols: weekdays,
            "the day of the week of the Date field in the policy's time zone"),
        row(.messageID, .text, .header, absent: true, "the Message-ID without its angle brackets"),
        row(.inReplyTo, .text, .header, absent: true, "the message identifiers of In-Reply-To"),
        row(.references, .text, .header, absent: true, "the message identifiers of References"),
        row(.received, .text, .header, absent: true, "the Received fields, newest first"),
        row(.header, .text, .header, absent: true, argument: true, "the values of the named header field"),
        row(.listID, .text, .header, absent: true, "the identifier of the List-Id field"),
        row(
            .automatic, .bool, .header,
            "whether a program sent the message (RFC 3834): the reverse path is `<>`, Auto-Submitted is other than `no`, "
                + "Precedence is bulk, list or junk, X-Auto-Response-Suppress is other than `none`, a List- field stands, "
                + "or it is a report"),
        row(
            .authSPF, .symbol, .header, unknown: .engineDown, symbols: authenticationResults,
            "SPF's result in a trusted Authentication-Results field"),
        row(
            .authDKIM, .symbol, .header, unknown: .engineDown, symbols: authenticationResults,
            "DKIM's result in a trusted Authentication-Results field"),
        row(
            .authDMARC, .symbol, .header, unknown: .engineDown, symbols: authenticationResults,
            "DMARC's result in a trusted Authentication-Results field; it vouches for the domain of From"),
    ]

    static let structure: [FactRow] = [
        row(.messageSize, .size, .structure, "the size of the whole message as received"),
        row(.messageMalformed, .bool, .structure, "whether the message breaks its formats anywhere"),
        row(.messageAmbiguous, .bool, .structure, "whether mail readers would see different contents"),
        row(.messageAnomalies, .text, .structure, absent: true, "the names of the anomalies found"),
        row(
            .messageEncrypted, .bool, .structure, unknown: [.damaged, .ambiguous, .unsupported, .overLimit],
            "whether any node at any depth is encrypted"),
        row(
            .messageSigned, .bool, .structure, unknown: [.damaged, .ambiguous, .unsupported, .overLimit],
            "whether any node at any depth is signed"),
        row(
            .messageEncryption, .encryption, .structure, absent: true,
            unknown: [.damaged, .ambiguous, .unsupported, .overLimit], "the kinds of encryption at any depth"),
        row(
            .messageSignature, .symbol, .structure, absent: true,
            unknown: [.damaged, .ambiguous, .unsupported, .overLimit], symbols: signatureKinds,
            "the kinds of signature at any depth"),
    ]

    static let signatureKinds = SignatureKind.allCases.map(\.rawValue)

    static let partStructure: [FactRow] = [
        part(.name, .text, absent: true, "the file's name, in every reading of it"),
        part(.fileExtension, .text, absent: true, "what follows the last dot of the name"),
        part(.type, .fileType, unknown: unread, "the type by content"),
        part(.declaredType, .text, absent: true, "the media type that the sender declared, such as `image/png`"),
        part(.size, .size, unknown: unread, "the decoded size"),
        part(.depth, .int, "how many containers the part lies in"),
        part(.path, .text, "the path of the part in the message"),
        part(.contentID, .text, absent: true, "the Content-ID without its angle brackets"),
        part(.encryption, .encryption, absent: true, unknown: [.damaged, .overLimit], "how the part is encrypted"),
        part(
            .signature, .symbol, absent: true, unknown: [.damaged, .overLimit], symbols: signatureKinds,
            "how the part is signed"),
        part(
            .macros, .bool, unknown: unread,
            "whether the document has macros; false for what is no office document, unknown where they can't be seen"),
        part(.damaged, .bool, "whether the part's format is broken"),
        part(.sha256, .hash, unknown: unread, "the SHA-256 digest of the decoded content"),
        part(
            .unlocked, .bool,
            "whether a password found in the subject or the bodies opened all that is locked in the container; "
                + "it stays encrypted, and its files are inspected like any others"),
    ]

    static let content: [FactRow] = [
        row(
            .text, .text, .content, scope: .element(.part), absent: true, unknown: unread,
            "the text of the part, decoded to Unicode, as it is shown and with what is hidden in it"),
        row(
            .hiddenText, .text, .content, scope: .element(.part), absent: true, unknown: unread,
            "what the text of the part has and does not show: by styles of a page, as hidden letters of a document"),
        row(
            .hiddenSize, .size, .content, scope: .element(.part), unknown: unread,
            "how many bytes of text are not shown"),
        row(.bodyText, .text, .content, absent: true, unknown: unread, "the plain text of the bodies"),
        row(
            .bodyHTML, .text, .content, absent: true, unknown: unread,
            "the HTML of the bodies, as text a person sees, and with what is hidden in it"),
        row(
            .bodyHiddenText, .text, .content, absent: true, unknown: unread,
            "what stands in the HTML of the bodies and is not shown"),
        row(.bodyHiddenSize, .size, .content, unknown: unread, "how many bytes of the bodies' text are not shown"),
        row(
            .bodyNewText, .text, .content, absent: true, unknown: unread,
            "the text of each body, plain or HTML, without quoted mail, forwarded originals and signature; absent where "
                + "nothing is left. Whoever writes a mail can make a text look quoted: what must not pass is sought in "
                + "`body.text`, `body.html` or `message.text`"),
        row(
            .bodyLanguage, .text, .content, absent: true, unknown: unread.union(.engineDown),
            "the language of each body as an ISO 639-1 code, such as `fr`; absent where a body is too short to tell"),
        row(
            .messageText, .text, .content, absent: true, unknown: unread,
            "subject, bodies and every file's text, each on its own, as it is shown and with what is hidden in it"),
        url(.urlScheme, absent: false, "the scheme, such as `https`"),
        url(.urlUser, "what stands before the `@` of the host, a password included"),
        url(
            .urlHost, type: .domain, unknown: [.damaged, .ambiguous],
            "the host as browsers understand it; an IPv6 address in brackets"),
        url(.urlPath, "the path"),
        url(.urlQuery, "what follows the question mark"),
        url(.urlFragment, "what follows the number sign"),
        url(.shownText, unknown: .overLimit, "the text that is shown for the link"),
        url(.shownDomain, type: .domain, unknown: .overLimit, "the domain that the shown text names"),
    ]

    static let engines: [FactRow] = [
        row(.virus, .bool, .engine, unknown: .all, "whether any antivirus engine found a virus in any part"),
        row(.virusName, .text, .engine, absent: true, unknown: .all, "the names of the viruses found"),
        row(.virusEngines, .text, .engine, absent: true, unknown: .all, "the engines that found one"),
        row(
            .yara, .bool, .engine, unknown: .all, argument: true, "whether the named YARA rule matches any part"),
        row(.spamScore, .decimal, .engine, absent: true, unknown: .all, "the score of each spam engine"),
        row(.spamSymbols, .text, .engine, absent: true, unknown: .all, "the names of what the spam engines saw"),
    ]

    private static func part(
        _ fact: Fact, _ type: ValueType, absent: Bool = false, unknown reasons: Reasons = [], symbols: [String] = [],
        _ documentation: String
    ) -> FactRow {
        row(
            fact, type, .structure, scope: .element(.part), absent: absent, unknown: reasons, symbols: symbols,
            documentation)
    }

    private static func url(
        _ fact: Fact, type: ValueType = .text, absent: Bool = true, unknown reasons: Reasons = [],
        _ documentation: String
    ) -> FactRow {
        row(fact, type, .content, scope: .element(.url), absent: absent, unknown: reasons, documentation)
    }
}
