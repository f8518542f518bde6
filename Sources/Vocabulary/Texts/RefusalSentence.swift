/// What a server that puts us between itself and its client says of a message, in French or English. Plain ASCII,
/// since a reply of SMTP has nothing else (RFC 5321, section 4.2.1).
public enum RefusalSentence: String, CaseIterable, Sendable {
    /// A rule refuses it and says nothing of its own.
    case policy
    /// A rule puts it off.
    case later
    /// It could not be judged in time, or not at all for now.
    case unjudged
    /// What has to be kept of it could not be stored.
    case unstored
    /// The server behind us takes nothing at the moment.
    case nextHop
    case loop
    case tooLarge
    /// Its lines are not ended as SMTP ends them.
    case lineEnds
    /// A server behind us does not take bytes above 127.
    case eightBit
    /// A server behind us does not take addresses that are not ASCII.
    case addresses
    case overloaded

    /// The sentence in the first of the languages that there is one in, else in English.
    public func text(in languages: [String]) -> String {
        let known = languages.lazy.map { LanguageTag.primary($0) }.first { $0 == "fr" || $0 == "en" }
        return known == "fr" ? french : english
    }

    private var english: String {
        switch self {
        case .policy: "the mail policy refuses this message"
        case .later: "the mail policy puts this message off, try again later"
        case .unjudged: "this message could not be inspected now, try again later"
        case .unstored: "this message could not be stored now, try again later"
        case .nextHop: "the next server does not answer, try again later"
        case .loop: "this message goes round in a loop"
        case .tooLarge: "this message is too large"
        case .lineEnds: "this message has line ends that SMTP does not allow"
        case .eightBit: "the next server does not take 8-bit messages"
        case .addresses: "the next server does not take internationalised addresses"
        case .overloaded: "too many messages at once, try again later"
        }
    }

    private var french: String {
        switch self {
        case .policy: "la politique de messagerie refuse ce message"
        case .later: "la politique de messagerie remet ce message a plus tard, reessayez"
        case .unjudged: "ce message n'a pas pu etre inspecte pour l'instant, reessayez plus tard"
        case .unstored: "ce message n'a pas pu etre enregistre pour l'instant, reessayez plus tard"
        case .nextHop: "le serveur suivant ne repond pas, reessayez plus tard"
        case .loop: "ce message tourne en boucle"
        case .tooLarge: "ce message est trop volumineux"
        case .lineEnds: "ce message a des fins de ligne que SMTP n'admet pas"
        case .eightBit: "le serveur suivant n'accepte pas les messages sur 8 bits"
        case .addresses: "le serveur suivant n'accepte pas les adresses internationalisees"
        case .overloaded: "trop de messages a la fois, reessayez plus tard"
        }
    }

    /// Any text as a reply may hold it: one line of ASCII of at most `WrittenTextLimits.refusalBytes`, letters without
    /// their accents, a question mark for what has no likeness.
    public static func ascii(_ text: String) -> String {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let written: [UInt8]
            if (0x20...0x7E).contains(scalar.value) {
                written = [UInt8(scalar.value)]
            } else if scalar.properties.generalCategory == .nonspacingMark {
                written = []
            } else if scalar.isASCII {
                written = [0x20]
            } else {
                written = Array((likenesses[scalar] ?? "?").utf8)
            }
            guard bytes.count + written.count <= WrittenTextLimits.refusalBytes else { break }
            bytes += written
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let likenesses: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [
            "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'", "‘": "'", "“": "\"", "”": "\"", "«": "\"",
            "»": "\"", "–": "-", "—": "-", "…": "...", "\u{A0}": " ", "\u{202F}": " ", "€": "EUR", "ø": "o", "Ø": "O",
        ]
        let letters = zip(
            "àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ".unicodeScalars,
            "aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUY")
        for (letter, plain) in letters { table[letter] = String(plain) }
        return table
    }()
}
