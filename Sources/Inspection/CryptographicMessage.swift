/// What a CMS (PKCS #7) object is by its outermost ASN.1 object identifier (RFC 5652), whatever the message declares.
enum CryptographicMessage: Sendable {
    case enveloped
    case signed
    case compressed
    case other

    /// Reads the head of the ContentInfo SEQUENCE: `SEQUENCE { OBJECT IDENTIFIER … }`, in DER or BER.
    ///
    /// Returns `nil` for bytes that do not start with one of PKCS #7's identifiers. Looks at 32 bytes at most.
    static func kind(of bytes: some RandomAccessCollection<UInt8>) -> CryptographicMessage? {
        let head = Array(bytes.prefix(32))
        guard head.count > 4, head[0] == 0x30 else { return nil }
        var index = 2
        if head[1] & 0x80 != 0 {
            // The indefinite form has no length bytes; otherwise the low bits tell how many there are.
            index += Int(head[1] & 0x7f)
            guard head[1] & 0x7f <= 8 else { return nil }
        }
        guard index + 2 < head.count, head[index] == 0x06 else { return nil }
        let length = Int(head[index + 1])
        guard length < 0x80, index + 2 + length <= head.count else { return nil }
        let identifier = Array(head[(index + 2)..<(index + 2 + length)])
        let pkcs7: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07]
        let smimeContentTypes: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01]
        if identifier.starts(with: pkcs7), identifier.count == 9 {
            switch identifier[8] {
            // signedAndEnvelopedData is 4, encryptedData 6.
            case 3, 4, 6: return .enveloped
            case 2: return .signed
            default: return .other
            }
        }
        if identifier.starts(with: smimeContentTypes), identifier.count == 11 {
            switch identifier[10] {
            case 23: return .enveloped  // authEnvelopedData, RFC 5083
            case 9: return .compressed  // RFC 3274
            default: return .other
            }
        }
        return nil
    }
}
