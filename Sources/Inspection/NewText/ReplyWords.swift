/// The words that mail programs put around quoted mail, in the languages that they speak most.
enum ReplyWords {
    /// What a field of an original says.
    enum Field: UInt8 { case from, date, to, subject }

    private static let fields: [Field: [String]] = [
        .from: [
            "from", "de", "von", "da", "van", "från", "fra", "od", "от", "lähettäjä", "kimden", "expéditeur",
            "remitente", "mittente", "absender", "afzender",
        ],
        .date: [
            "sent", "date", "envoyé", "envoyé le", "date d'envoi", "gesendet", "datum", "inviato", "data",
            "data invio", "enviado", "enviado el", "enviada em", "fecha", "verzonden", "skickat", "sendt", "dato",
            "wysłano", "дата", "отправлено", "lähetetty", "päiväys", "gönderilme", "tarih",
        ],
        .to: [
            "to", "à", "an", "a", "para", "aan", "till", "til", "do", "кому", "pour", "destinataire", "kime", "cc",
            "copie à", "kopie", "kopia", "kopi", "копия",
        ],
        .subject: [
            "subject", "objet", "sujet", "betreff", "oggetto", "asunto", "assunto", "onderwerp", "ämne", "emne",
            "temat", "тема", "aihe", "konu",
        ],
    ]

    private static let fieldOfLabel: [String: Field] = fields.reduce(into: [:]) { all, entry in
        for label in entry.value { all[label] = entry.key }
    }

    /// The field that a label names, in lower case and without its colon.
    static func field(_ label: String) -> Field? { fieldOfLabel[label] }

    private static let verbs = [
        "wrote", "a écrit", "schrieb", "ha scritto", "escribió", "escreveu", "schreef", "skrev", "napisał", "написал",
        "пишет", "kirjoitti", "şunu yazdı",
    ]

    private static let openings = [
        "on ", "le ", "am ", "il ", "el ", "em ", "op ", "den ", "på ", "w dniu ", "dnia ", "ma ", "в ",
    ]

    enum Attribution { case none, perhaps, whole }

    /// Whether words that end in a colon, in lower case, say who wrote what follows: all of it, or perhaps the last line
    /// of it.
    static func attribution(_ words: String) -> Attribution {
        guard verbs.contains(where: words.contains) else { return .none }
        if openings.contains(where: words.hasPrefix) { return .whole }
        return words.contains { $0 == "@" || $0.isNumber } ? .perhaps : .none
    }

    /// Lines that announce an original without dashes around them.
    static let announcements: Set<String> = [
        "begin forwarded message", "début du message transféré", "début du message réexpédié",
        "anfang der weitergeleiteten nachricht", "inizio messaggio inoltrato", "inicio del mensaje reenviado",
        "início da mensagem reencaminhada", "begin doorgestuurd bericht",
    ]
}
