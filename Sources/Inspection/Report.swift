import Digests
import Vocabulary

extension InspectedMessage {
    /// Everything inspection knows, as a tree.
    ///
    /// - Parameter withText: also the extracted texts, which can be large.
    public func report(withText: Bool) -> InspectionReport {
        let root = reportedNode(of: 0, withText: withText)
        let seen = lists.parts.missing.subtracting(.encrypted)
        return InspectionReport(
            encrypted: !encryptionKinds.isEmpty ? true : seen.isEmpty ? false : nil,
            signed: !signatureKinds.isEmpty ? true : seen.isEmpty ? false : nil, malformed: isMalformed,
            ambiguous: isAmbiguous, root: root)
    }

    /// Builds from the last node to the first: children stand behind their parents, so all are ready.
    private func reportedNode(of root: Int, withText: Bool) -> InspectionNode {
        var built: [Int: InspectionNode] = [:]
        for index in tree.nodes.indices.reversed() {
            var node = single(index, withText: withText)
            node.children = tree.nodes[index].children.compactMap { built.removeValue(forKey: $0) }
            built[index] = node
        }
        return built[root] ?? InspectionNode(path: "")
    }

    private func single(_ index: Int, withText: Bool) -> InspectionNode {
        let node = tree.nodes[index]
        let isRead = node.unread.isEmpty && node.role != .multipart
        var reported = InspectionNode(
            path: node.path, name: node.names.first, names: node.names, declaredType: node.declaredType,
            type: node.types.first?.name, kinds: kinds(of: node.types), size: isRead ? node.bytes.count : nil,
            depth: node.depth, sha256: isRead ? SHA256Digest.hash(node.bytes).description : nil,
            encryption: node.encryption, signature: node.signature,
            anomalies: node.anomalies.map { ReportedAnomaly(name: $0.name, range: $0.range, sentence: $0.sentence) },
            unread: node.unread.union(node.hidden), virus: settings.antivirus.isEmpty ? [] : scan.findings[index] ?? [])
        if withText, node.role != .multipart {
            let texts = text(ofPart: index).texts
            if !texts.isEmpty { reported.text = texts.map(\.string).joined(separator: "\n") }
        }
        return reported
    }

    private func kinds(of types: [FileType]) -> [String] {
        var names: [String] = []
        for type in types {
            for wider in FileType.all where type.isSubtype(of: wider) && !names.contains(wider.name) {
                names.append(wider.name)
            }
        }
        return names
    }
}
