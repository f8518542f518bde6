/// A Content-Transfer-Encoding (RFC 2045 section 6).
public enum TransferEncoding: String, Sendable {
    case sevenBit = "7bit"
    case eightBit = "8bit"
    case binary
    case base64
    case quotedPrintable = "quoted-printable"
    case uuencode
    case yEnc = "x-yenc"
    case binHex = "binhex"
    /// A label nobody knows: the bytes are taken as they are.
    case unknown

    /// Whether the bytes are the content as they stand.
    public var isIdentity: Bool {
        switch self {
        case .sevenBit, .eightBit, .binary, .unknown: true
        case .base64, .quotedPrintable, .uuencode, .yEnc, .binHex: false
        }
    }

    /// Undoes the encoding of bytes that stand outside any part's body, such as armour within a text.
    public func decoded(_ bytes: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        let output = Part.decode(MessageBytes(Array(bytes)), 0..<bytes.count, self, limit: max(0, limit)).output
        return (output.bytes, output.isComplete)
    }

    /// What a label means and whether it had to be guessed at.
    struct Reading {
        let encoding: TransferEncoding
        /// Not one of the registered words, so that readers may differ.
        let isOdd: Bool
    }

    /// Reads an unfolded field value. Comments, quotes and what follows a blank or semicolon are set aside.
    static func read(_ value: [UInt8]) -> Reading {
        let text = String(decoding: value.map(asciiLowercase), as: UTF8.self)
        if let exact = registered(text) { return Reading(encoding: exact, isOdd: false) }
        let primary = ParameterReader(value, limit: 1).primary
        let word = primary.filter { $0 != 0x22 && $0 != 0x27 }.map(asciiLowercase)
        let token = String(decoding: word.prefix { $0 > 0x20 && $0 != 0x2C }, as: UTF8.self)
        if let found = registered(token) { return Reading(encoding: found, isOdd: !found.isIdentity) }
        switch token {
        case "", "7-bit", "7bits", "7-bits", "8-bit", "8bits", "8-bits", "utf-8", "utf8", "us-ascii":
            return Reading(encoding: .eightBit, isOdd: false)
        case "base-64", "base_64", "x-base64", "b", "b64", "gzip64", "x-gzip64":
            return Reading(encoding: .base64, isOdd: true)
        case "quotedprintable", "quoted_printable", "x-quoted-printable", "qp", "q":
            return Reading(encoding: .quotedPrintable, isOdd: true)
        default: return Reading(encoding: .unknown, isOdd: false)
        }
    }

    private static func registered(_ text: String) -> TransferEncoding? {
        switch text {
        case "x-uuencode", "x-uue", "uue", "x-uu": .uuencode
        case "x-yencode", "yencode", "yenc": .yEnc
        case "x-binhex", "binhex40", "x-binhex40", "mac-binhex40", "mac-binhex", "x-mac-binhex40": .binHex
        case "unknown": nil
        default: TransferEncoding(rawValue: text)
        }
    }
}
