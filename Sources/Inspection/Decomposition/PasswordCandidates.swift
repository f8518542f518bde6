import Message
import Vocabulary

/// What may be the password of a locked archive: words of the subject and the bodies of the mail that brought it.
///
/// Takes the message; gives candidates, the likeliest first: what follows a word for "password", what stands in quotes,
/// what stands alone on a line. Looks at the outermost mail only. Limits: `PasswordLimits`.
struct PasswordCandidates {
    private(set) var found: [String] = []
    private var seen: Set<String> = []

    /// Words that announce a password, in lower case; a word that ends so counts too (`Zip-Passwort`).
    private static let announcements = [
        "password", "passwort", "kennwort", "passwd", "passphrase", "passcode", "pwd", "pass", "pin", "code", "mdp",
        "passe", "contraseña", "clave", "parola", "senha", "wachtwoord", "lösenord", "hasło", "hasla", "пароль",
        "密码", "パスワード",
    ]
    /// Words between the announcement and the password.
    private static let fillers: Set<String> = [
        "is", "the", "for", "to", "this", "file", "archive", "attachment", "zip", "ist", "lautet", "für", "die", "der",
        "das", "datei", "archiv", "est", "de", "du", "la", "le", "l'archive", "pour", "es", "del", "archivo", "per",
        "è", "del'archivio", "=", ":", "-", "–", "->", "=>",
    ]

    init(in message: ParsedMessage) {
        let texts = Self.texts(of: message)
        let lines = texts.flatMap { $0.split { $0.isNewline } }
        for text in texts { addAnnounced(text) }
        for line in lines { addQuoted(line) }
        for line in lines {
            let words = line.split { $0.isWhitespace }
            if words.count == 1 { add(words[0]) }
        }
    }

    private static func texts(of message: ParsedMessage) -> [String] {
        var texts = message.header.all("Subject").map { $0.decodedText(limit: PasswordLimits.subjectBytes) }
        var room = PasswordLimits.textBytes
        var limits = InspectionLimits()
        limits.textBytes = PasswordLimits.textBytes
        for body in message.root.bodies where room > 0 {
            let part = body.part
            var node = Node(
                parent: nil, path: part.path, depth: 0, role: .body,
                declaredType: part.contentType.isDefault ? nil : part.contentType.mediaType)
            node.charset = part.contentType.charset
            node.bytes = part.decoded(limit: room).bytes
            room -= node.bytes.count
            texts += NodeText(of: node, limits: limits).texts.map(\.string)
        }
        return texts
    }

    /// The words behind an announcement, with what stands in quotes there taken whole.
    private mutating func addAnnounced(_ text: String) {
        var rest = text[...]
        while !rest.isEmpty, found.count < PasswordLimits.candidates {
            rest = rest.drop { $0.isWhitespace }
            let word = rest.prefix { !$0.isWhitespace }
            rest = rest[word.endIndex...]
            guard let announced = Self.behindAnnouncement(word) else { continue }
            if !announced.isEmpty { add(announced) }
            addFollowing(rest)
        }
    }

    /// What a word announces in itself: `pwd:abc` announces `abc`, `Password:` nothing yet. Nil for other words.
    private static func behindAnnouncement(_ word: Substring) -> Substring? {
        let head = word.prefix { $0 != ":" && $0 != "=" }
        let bare = head.lowercased().trimmedOf(punctuation)
        guard announcements.contains(where: bare.hasSuffix) else { return nil }
        return word[head.endIndex...].drop { $0 == ":" || $0 == "=" }
    }

    private mutating func addFollowing(_ text: Substring) {
        var rest = text
        var taken = 0
        for _ in 0..<PasswordLimits.wordsBehind {
            rest = rest.drop { $0.isWhitespace }
            if let (quoted, end) = Self.quotation(rest) {
                add(quoted)
                rest = rest[end...]
                taken += 1
            } else {
                let word = rest.prefix { !$0.isWhitespace }
                guard !word.isEmpty else { return }
                rest = rest[word.endIndex...]
                if Self.fillers.contains(word.lowercased()) { continue }
                add(word)
                taken += 1
            }
            if taken == 2 { return }
        }
    }

    private mutating func addQuoted(_ line: Substring) {
        var rest = line
        while let start = rest.firstIndex(where: { Self.quotes[$0] != nil }) {
            guard let (quoted, end) = Self.quotation(rest[start...]) else {
                rest = rest[rest.index(after: start)...]
                continue
            }
            add(quoted)
            rest = rest[end...]
        }
    }

    private static let quotes: [Character: [Character]] = [
        "\"": ["\""], "'": ["'"], "`": ["`"], "“": ["”"], "„": ["“", "”"], "‘": ["’"], "«": ["»"], "»": ["«"],
        "‚": ["‘"], "「": ["」"],
    ]
    private static let punctuation: Set<Character> = [
        ".", ",", ";", ":", "!", "?", "(", ")", "[", "]", "<", ">", "\"", "'", "*", "`", "“", "”", "„", "«", "»",
    ]

    /// What stands in the quotes that a text begins with.
    private static func quotation(_ text: Substring) -> (Substring, end: Substring.Index)? {
        guard let first = text.first, let closing = quotes[first] else { return nil }
        let inner = text.dropFirst().prefix(PasswordLimits.passwordBytes + 1)
        guard let close = inner.firstIndex(where: { closing.contains($0) || $0.isNewline }), !inner[close].isNewline
        else { return nil }
        return (inner[..<close], text.index(after: close))
    }

    /// Adds a word as it stands, and without the punctuation around it.
    private mutating func add(_ word: Substring) {
        for candidate in [String(word), String(word).trimmedOf(Self.punctuation), String(word).trimmedOf([".", ","])]
        where found.count < PasswordLimits.candidates {
            let trimmed = candidate.trimmed
            guard (1...PasswordLimits.passwordBytes).contains(trimmed.utf8.count), !trimmed.utf8.contains(0),
                seen.insert(trimmed).inserted
            else { continue }
            found.append(trimmed)
        }
    }
}

/// The bounds of looking for passwords.
enum PasswordLimits {
    /// Bytes of the bodies in which passwords are looked for.
    static let textBytes = 64 << 10
    /// Bytes of the subject.
    static let subjectBytes = 4 << 10
    /// Words behind an announcement that are looked at.
    static let wordsBehind = 6
    /// Candidates for one message. A mail names its password once or twice.
    static let candidates = 48
    /// Bytes of a password.
    static let passwordBytes = 128
    /// Trials for one message, all its locked containers together.
    static let trials = 512
}

extension String {
    /// Without these characters at its ends.
    fileprivate func trimmedOf(_ characters: Set<Character>) -> String {
        var text = self[...]
        while let first = text.first, characters.contains(first) { text.removeFirst() }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text)
    }
}
