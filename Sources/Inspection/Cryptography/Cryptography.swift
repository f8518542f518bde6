import Archives
import Message
import Vocabulary

/// The signs of encryption and signature in a node's own bytes.
extension Decomposition {
    /// Marks a node as what it is to a reader without keys. Returns what is enclosed in the open.
    mutating func recogniseCryptography(_ index: Int) -> [UInt8]? {
        let content = recogniseMessageSyntax(index)
        if nodes[index].encryption == .pgpMIME { nodes[index].hidden.formUnion(.pgpMIME) }
        // A sealed part may still show what it is signed with, or that it was never sealed.
        if nodes[index].encryption == nil || nodes[index].encryption == .pgpMIME { recogniseOpenPGP(index) }
        recogniseLockedDocument(index)
        return content
    }

    private mutating func recogniseMessageSyntax(_ index: Int) -> [UInt8]? {
        let node = nodes[index]
        let isText = node.role == .body || node.isOf(.text) || node.isOf(.pkcs7)
        switch CryptographicMessage.read(node.bytes, isText: isText, limit: limits.contentBytes) {
        case .enveloped:
            nodes[index].encryption = .smime
            nodes[index].hidden.formUnion(.smime)
        case .signed(let content):
            nodes[index].signature = .smime
            return content
        case .signedUnreadable:
            nodes[index].signature = .smime
            nodes[index].hidden.formUnion(.damaged)
            nodes[index].isDamaged = true
            nodes[index].anomalies.append(.unreadableCryptography)
        case .compressed(let packed): return unpacked(packed, index)
        case .compressedUnreadable:
            nodes[index].hidden.formUnion(.unsupported)
        case .other: break
        case nil: checkDeclaredSMIME(index)
        }
        return nil
    }

    private mutating func unpacked(_ packed: [UInt8], _ index: Int) -> [UInt8] {
        let limit = min(limits.contentBytes, remainingBytes)
        let (content, isComplete) = Deflated.unpacked(packed[...], limit: limit)
        if !isComplete, content.count >= limit {
            nodes[index].hidden.formUnion(.overLimit)
        } else if !isComplete {
            nodes[index].hidden.formUnion(.damaged)
            nodes[index].isDamaged = true
            nodes[index].anomalies.append(.unreadableCryptography)
        }
        return content
    }

    /// What is declared S/MIME is handed to an S/MIME reader, which may be more tolerant than we are.
    private mutating func checkDeclaredSMIME(_ index: Int) {
        guard ["application/pkcs7-mime", "application/x-pkcs7-mime"].contains(nodes[index].declaredType) else { return }
        nodes[index].anomalies.append(.unreadableCryptography)
        if nodes[index].smimeType?.contains("enveloped") ?? false {
            nodes[index].encryption = .smime
            nodes[index].hidden.formUnion(.smime)
        } else {
            nodes[index].hidden.formUnion(.damaged)
            nodes[index].isDamaged = true
        }
    }

    private mutating func recogniseOpenPGP(_ index: Int) {
        let node = nodes[index]
        let isBinary = node.types == [.unknown] || node.isOf(.pgp)
        switch OpenPGPPackets.kind(of: node.bytes) {
        case .encrypted:
            markOpenPGP(index)
            return
        case .wrapped where isBinary:
            nodes[index].signature = .pgpInline
            nodes[index].hidden.formUnion(.unsupported)
            return
        case .wrapped, nil:
            break
        }
        // Packets of one piece that only the name tells from other bytes.
        if isNamedOpenPGP(node), OpenPGPPackets.mayBe(node.bytes) {
            nodes[index].hidden.formUnion(.unsupported)
        }
        recogniseArmour(index)
    }

    private mutating func markOpenPGP(_ index: Int) {
        guard nodes[index].encryption == nil else { return }
        nodes[index].encryption = .pgpInline
        nodes[index].hidden.formUnion(.pgpInline)
    }

    private func isNamedOpenPGP(_ node: Node) -> Bool {
        node.names.contains { name in [".pgp", ".gpg", ".asc"].contains { name.lowercased().hasSuffix($0) } }
    }

    private mutating func recogniseArmour(_ index: Int) {
        let node = nodes[index]
        let mayHoldArmour =
            node.role == .body || node.role == .margin || node.types.isEmpty || node.isOf(.text)
            || node.isOf(.pgp)
        guard mayHoldArmour else { return }
        switch OpenPGPArmor.find(in: node.bytes) {
        case .message: markOpenPGP(index)
        case .signedMessage:
            nodes[index].signature = .pgpInline
        case .signature, .key, nil:
            break
        }
    }

    private mutating func recogniseLockedDocument(_ index: Int) {
        let node = nodes[index]
        if DocumentEncryption.isEncryptedOLE(node.bytes) {
            nodes[index].encryption = .office
            nodes[index].hidden.formUnion(.encryptedOffice)
        } else if node.isOf(.pdf), DocumentEncryption.isLockedPDF(node.bytes) {
            nodes[index].encryption = .pdf
            nodes[index].hidden.formUnion(.encryptedPDF)
        }
    }
}
