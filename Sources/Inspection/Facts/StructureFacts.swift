import Cryptography
import Vocabulary

extension InspectedMessage {
    func structureValue(of fact: Fact) -> FactValue {
        switch fact {
        case .messageSize: return .known(.number(Int64(parsed.bytes.count)))
        case .messageMalformed: return .known(.bool(isMalformed))
        case .messageAmbiguous: return .known(.bool(isAmbiguous))
        case .messageAnomalies:
            let names = parsed.anomalies.map(\.name) + tree.nodes.flatMap { $0.anomalies.map(\.name) }
            return FactValue(values: Set(names).sorted().map { .text(Text($0)) })
        case .messageEncrypted:
            if !encryptionKinds.isEmpty { return .known(.bool(true)) }
            return FactValue(values: unseen.isEmpty ? [.bool(false)] : [], missing: unseen)
        case .messageEncryption:
            return FactValue(values: encryptionKinds.map { .encryption($0) }, missing: unseen)
        case .messageSigned:
            if !signatureKinds.isEmpty { return .known(.bool(true)) }
            return FactValue(values: unseen.isEmpty ? [.bool(false)] : [], missing: unseen)
        case .messageSignature:
            return FactValue(values: signatureKinds.map { .symbol($0.rawValue) }, missing: unseen)
        default: return .unknown(.unsupported)
        }
    }

    var isMalformed: Bool { parsed.isMalformed || tree.nodes.contains { $0.anomalies.contains(where: \.isMalformed) } }

    var isAmbiguous: Bool { parsed.isAmbiguous || tree.nodes.contains { $0.anomalies.contains(where: \.isAmbiguous) } }

    var encryptionKinds: [EncryptionKind] {
        let found = Set(tree.nodes.compactMap(\.encryption))
        return EncryptionKind.allCases.filter(found.contains)
    }

    var signatureKinds: [SignatureKind] {
        Set(tree.nodes.compactMap(\.signature)).sorted { $0.rawValue < $1.rawValue }
    }

    /// Why there may be nodes that nobody saw, encryption apart: that is what the facts tell.
    private var unseen: Reasons { lists.parts.missing.subtracting(.encrypted) }

    func value(of fact: Fact, part: Int) -> FactValue {
        let node = tree.nodes[part]
        switch fact {
        case .name: return FactValue(values: node.names.map { .text(Text($0)) })
        case .fileExtension:
            return FactValue(values: Self.extensions(of: node.names).map { .text(Text($0)) })
        case .type: return FactValue(values: node.types.map { .fileType($0) }, missing: node.unread)
        case .declaredType: return .optional(node.declaredType.map { .text(Text($0)) })
        case .size: return read(node) { .number(Int64($0.count)) }
        case .depth: return .known(.number(Int64(node.depth)))
        case .path: return .known(.text(Text(node.path)))
        case .contentID: return .optional(node.contentID.map { .text(Text($0)) })
        case .encryption: return .optional(node.encryption.map { .encryption($0) })
        case .signature: return .optional(node.signature.map { .symbol($0.rawValue) })
        case .unlocked: return .known(.bool(node.isUnlocked))
        case .damaged: return .known(.bool(node.isDamaged))
        case .sha256: return read(node) { .hash(SHA256Digest.hash($0).bytes) }
        case .macros: return macros(ofPart: part).value
        case .text: return text(ofPart: part).value
        case .hiddenText:
            let own = text(ofPart: part)
            return FactValue(values: own.concealed.map { .text($0) }, missing: own.missing)
        case .hiddenSize: return text(ofPart: part).hiddenSize
        default: return .unknown(.unsupported)
        }
    }

    func macros(ofPart part: Int) -> MacroSearch.Answer {
        let node = tree.nodes[part]
        // The parts of a document's package declare its macros, and are no documents themselves.
        let isPartOfDocument = node.parent.map { tree.nodes[$0].isOf(.office) } ?? false
        if isPartOfDocument, node.isOf(.xml), node.unread.isEmpty { return .none }
        return MacroSearch.answer(for: node, children: node.children.map { tree.nodes[$0] })
    }

    /// A fact of the whole content: unknown where any of it is missing.
    private func read(_ node: Node, _ value: ([UInt8]) -> Value) -> FactValue {
        node.unread.isEmpty ? .known(value(node.bytes)) : .unknown(node.unread)
    }

    /// Of each name, each once.
    static func extensions(of names: [String]) -> [String] {
        var found: [String] = []
        for text in names.compactMap(NameExtension.of) where !found.contains(text) { found.append(text) }
        return found
    }
}
