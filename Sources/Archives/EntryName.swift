/// The readings of a name whose charset the container does not tell.
///
/// What the recipient's program shows decides what he opens, so a rule about names must see every reading: UTF-8,
/// the charset of MS-DOS (code page 437), and Latin 1 as Western Windows shows it.
struct EntryName {
    let name: String?
    let all: [String]

    init(_ bytes: [UInt8], format: ArchiveFormat) {
        self.init(bytes, isOfUnknownCharset: format.hasNamesInUnknownCharset)
    }

    init(_ bytes: [UInt8], isOfUnknownCharset: Bool) {
        guard !bytes.isEmpty else {
            name = nil
            all = []
            return
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let old = Self.codePage437(bytes)
            name = old
            all = [old, Self.latin1(bytes), String(decoding: bytes, as: UTF8.self)]
            return
        }
        name = text
        let isPlain = bytes.allSatisfy { $0 < 0x80 }
        all = isPlain || !isOfUnknownCharset ? [text] : [text, Self.codePage437(bytes)]
    }

    private static func latin1(_ bytes: [UInt8]) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func codePage437(_ bytes: [UInt8]) -> String {
        String(
            String.UnicodeScalarView(
                bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : upperHalf[Int($0) - 0x80] }))
    }

    /// Code page 437 from 0x80 on.
    private static let upperHalf: [Unicode.Scalar] = Array(
        ("ÇüéâäàåçêëèïîìÄÅ" + "ÉæÆôöòûùÿÖÜ¢£¥₧ƒ" + "áíóúñÑªº¿⌐¬½¼¡«»" + "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧" + "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" + "αßΓπΣσµτΦΘΩδ∞φε∩" + "≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
}
