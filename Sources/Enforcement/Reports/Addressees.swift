import Vocabulary

/// Addresses in reports, such as are not ASCII among them (RFC 6531, RFC 6533).
enum Addressees {
    /// The address as a field and a forward path have it, and whether that takes SMTPUTF8; `nil` where neither can.
    static func mailbox(_ address: Address) -> (text: String, isUTF8: Bool)? {
        if let ascii = FieldWriting.mailbox(address) { return (ascii, false) }
        let text = address.addrSpec
        let local = address.local.string
        let atoms = local.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...64).contains(local.utf8.count), address.domain.ascii != nil,
            WrittenText.line(text, upTo: WrittenTextLimits.valueBytes) == text,
            atoms.allSatisfy({ atom in
                !atom.isEmpty
                    && atom.unicodeScalars.allSatisfy { !$0.isASCII || FieldWriting.isOfAtom(UInt8($0.value)) }
            })
        else { return nil }
        return (text, true)
    }

    /// With its type; what is not ASCII is written by the numbers of its characters, so that the report stays ASCII.
    static func typed(_ address: Address) -> String {
        if let ascii = FieldWriting.mailbox(address) { return "rfc822; \(ascii)" }
        let text = WrittenText.line(address.addrSpec, upTo: WrittenTextLimits.valueBytes)
        return "utf-8; "
            + text.unicodeScalars.map { scalar in
                let isPlain = (0x21...0x7E).contains(scalar.value) && !"+=\\".unicodeScalars.contains(scalar)
                return isPlain ? String(scalar) : "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
            }.joined()
    }
}
