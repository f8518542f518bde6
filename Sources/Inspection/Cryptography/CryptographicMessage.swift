import Message

/// What a CMS (PKCS #7) object is (RFC 5652), whatever the message declares, and what it carries in the open.
enum CryptographicMessage: Equatable {
    /// Encrypted, by any of the content types that do so.
    case enveloped
    /// Signed: with the content inside, or without (a signature that stands apart, or certificates alone).
    case signed(content: [UInt8]?)
    /// Signed, but the structure is broken before its content could be found.
    case signedUnreadable
    /// Compressed by zlib (RFC 3274), as it lies there.
    case compressed(content: [UInt8])
    /// Compressed by another method, or broken before its content could be found.
    case compressedUnreadable
    case other

    /// Reads the object in DER, BER, PEM or bare base64; nil for anything else.
    ///
    /// - Parameter isText: whether the bytes are characters, in which armour may stand.
    static func read(_ bytes: [UInt8], isText: Bool, limit: Int) -> CryptographicMessage? {
        if let binary = readBinary(bytes) { return binary }
        guard isText, let body = armoured(bytes) else { return nil }
        guard kind(of: TransferEncoding.base64.decoded(body.prefix(128), limit: 128).bytes) != nil else { return nil }
        return readBinary(TransferEncoding.base64.decoded(body, limit: limit).bytes)
    }

    private static func readBinary(_ bytes: [UInt8]) -> CryptographicMessage? {
        switch kind(of: bytes) {
        case .signed: signed(bytes)
        case .enveloped: .enveloped
        case .compressed: compressed(bytes)
        case .store, .other: .other
        case nil: nil
        }
    }

    private static func kind(of bytes: [UInt8]) -> CryptographicMessageHead? {
        bytes.withUnsafeBytes { CryptographicMessageHead.identifier($0) }
    }

    /// The base64 of a text that is nothing else: between PEM's lines, or the whole text.
    private static func armoured(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let text = bytes.drop { $0 <= 0x20 }
        let head = Array("-----BEGIN ".utf8)
        if text.starts(with: head) {
            let label = text.dropFirst(head.count).prefix(40).prefix { $0 != 0x2D }
            let name = String(decoding: label, as: UTF8.self).uppercased()
            guard name.contains("PKCS") || name.contains("CMS") || name.contains("SMIME"), !name.contains("KEY") else {
                return nil
            }
            let rest = text.dropFirst(head.count + label.count).drop { $0 == 0x2D }
            return rest.prefix { $0 != 0x2D }
        }
        // A SEQUENCE of any length above 127 bytes, or of an indefinite one, starts so in base64.
        guard text.starts(with: Array("MI".utf8)) else { return nil }
        return text
    }

    private static func signed(_ bytes: [UInt8]) -> CryptographicMessage {
        switch encapsulated(bytes)?.content {
        case .content(let content): .signed(content: content)
        case .absent: .signed(content: nil)
        case nil: .signedUnreadable
        }
    }

    private static func compressed(_ bytes: [UInt8]) -> CryptographicMessage {
        guard let (method, content) = encapsulated(bytes), method == zlib, case .content(let packed) = content else {
            return .compressedUnreadable
        }
        return .compressed(content: packed)
    }

    /// id-alg-zlibCompress, the only method that RFC 3274 has.
    private static let zlib: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x03, 0x08]

    private enum Encapsulated {
        case content([UInt8])
        case absent
    }

    /// ContentInfo { type, [0] Data { version, methods, EncapsulatedContentInfo, … } }: signed and compressed data are both
    /// so. Nil where the structure is broken before the content's end.
    private static func encapsulated(_ bytes: [UInt8]) -> (method: [UInt8]?, content: Encapsulated)? {
        let reader = BERReader(bytes)
        guard let info = reader.element(at: 0, limit: bytes.count),
            let explicit = reader.elements(in: info.content).dropFirst().first, explicit.tag == 0xA0,
            let data = reader.element(at: explicit.content.lowerBound, limit: explicit.content.upperBound),
            data.tag == 0x30
        else { return nil }
        let fields = reader.elements(in: data.content)
        guard fields.count >= 3, fields[2].tag == 0x30 else { return nil }
        let method = reader.element(at: fields[1].content.lowerBound, limit: fields[1].content.upperBound)
            .map { Array(bytes[$0.content]) }
        let encapsulated = reader.elements(in: fields[2].content)
        guard encapsulated.first?.tag == 0x06 else { return nil }
        guard encapsulated.count > 1 else { return fields[2].isCut ? nil : (method, .absent) }
        guard encapsulated[1].tag == 0xA0,
            let string = reader.element(
                at: encapsulated[1].content.lowerBound, limit: encapsulated[1].content.upperBound)
        else { return nil }
        var content: [UInt8] = []
        guard append(string, of: reader, bytes, to: &content) else { return nil }
        return (method, .content(content))
    }

    /// Puts the pieces of an octet string together. False if it is cut or no octet string.
    private static func append(
        _ string: BERReader.Element, of reader: BERReader, _ bytes: [UInt8], to content: inout [UInt8]
    ) -> Bool {
        // PKCS #7 version 1.5 allows any type here; Authenticode puts a SEQUENCE.
        guard string.tag == 0x24 else {
            content += bytes[string.content]
            return !string.isCut
        }
        var waiting = [string]
        while let next = waiting.popLast() {
            guard !next.isCut else { return false }
            switch next.tag {
            case 0x04: content += bytes[next.content]
            case 0x24: waiting += reader.elements(in: next.content).reversed()
            default: return false
            }
        }
        return true
    }
}
