/// The signs of OpenPGP in a content (RFC 9580): ASCII armour anywhere in a text, or the first packet's tag.
enum OpenPGPArmor: Sendable {
    case message
    case signedMessage
    case signature
    case key

    /// The gravest armour head line in the text: an encrypted message before a signed one, that before the rest.
    ///
    /// Linear; head lines count only at the start of a line, where white space, `>` and `|` of quoting are allowed.
    static func find(in text: [UInt8]) -> OpenPGPArmor? {
        var found: OpenPGPArmor?
        var index = 0
        while let start = nextDashes(in: text, from: index) {
            index = start + 1
            guard isAtLineStart(start, in: text) else { continue }
            let rest = text[(start + 5)...]
            if rest.starts(with: Self.messageHead) { return .message }
            if rest.starts(with: Self.signedHead) {
                found = .signedMessage
            } else if rest.starts(with: Self.signatureHead) {
                found = found ?? .signature
            } else if rest.starts(with: Self.publicKeyHead) || rest.starts(with: Self.privateKeyHead) {
                found = found ?? .key
            }
        }
        return found
    }

    private static let messageHead = Array("BEGIN PGP MESSAGE".utf8)
    private static let signedHead = Array("BEGIN PGP SIGNED MESSAGE".utf8)
    private static let signatureHead = Array("BEGIN PGP SIGNATURE".utf8)
    private static let publicKeyHead = Array("BEGIN PGP PUBLIC KEY".utf8)
    private static let privateKeyHead = Array("BEGIN PGP PRIVATE KEY".utf8)
    private static let dash = UInt8(ascii: "-")

    private static func nextDashes(in text: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + 5 < text.count {
            // A run of five dashes must cover one of every five bytes, so four of five need not be looked at.
            guard text[index + 4] == dash else {
                index += 5
                continue
            }
            var first = index + 4
            while first > start, text[first - 1] == dash { first -= 1 }
            var end = index + 5
            while end < text.count, text[end] == dash { end += 1 }
            if end - first >= 5 { return end - 5 }
            index = end
        }
        return nil
    }

    private static func isAtLineStart(_ index: Int, in text: [UInt8]) -> Bool {
        var before = index
        while before > 0, index - before < 64 {
            switch text[before - 1] {
            case 0x0a, 0x0d: return true
            // Behind a quoting mark, or a tag of HTML.
            case UInt8(ascii: ">"): return true
            case 0x20, 0x09, dash, UInt8(ascii: "|"): before -= 1
            default: return false
            }
        }
        return before == 0
    }
}
