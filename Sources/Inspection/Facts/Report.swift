import Cryptography
import Vocabulary

extension InspectedMessage {
    /// Everything inspection knows, as a tree.
    ///
    /// - Parameter withText: also the extracted texts, which can be large.
    public func report(withText: Bool) -> InspectionReport {
        var root = reportedNode(of: 0, withText: withText)
        // Parts beyond a limit have no node that could say so.
        root.unread.formUnion(tree.missing.subtracting(.ambiguous))
        let seen = lists.parts.missing.subtracting(.encrypted)
        return InspectionReport(
            encrypted: !encryptionKinds.isEmpty ? true : seen.isEmpty ? false : nil,
            signed: !signatureKinds.isEmpty ? true : seen.isEmpty ? false : nil, malformed: isMalformed,
            ambiguous: isAmbiguous, root: root,
            urls: links.links.prefix(InspectionReport.mostURLs).map(reported), urlCount: links.links.count,
            urlsUnread: links.missing)
    }

    private func reported(_ link: Link) -> ReportedURL {
        func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        return ReportedURL(
            part: path(ofPart: link.part), url: string(link.address.serialized),
            host: link.address.host.domain?.name.string, shownText: link.shown.map(string),
            shownDomain: link.shownDomain?.name.string)
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
            encryption: node.encryption, signature: node.signature?.rawValue, macros: reportedMacros(of: index),
            anomalies: node.anomalies.map { ReportedAnomaly(name: $0.name, range: $0.range, sentence: $0.sentence) },
            unread: node.unread.union(node.hidden), virus: findings(of: index))
        if withText, node.role != .multipart {
            let texts = text(ofPart: index).texts
            if !texts.isEmpty { reported.text = texts.map(\.string).joined(separator: "\n") }
        }
        return reported
    }

    /// Asked of documents only: of everything else the answer says nothing.
    private func reportedMacros(of index: Int) -> Bool? {
        let node = tree.nodes[index]
        let isDocument = node.isOf(.document) || node.isOf(.macroEnabled)
        switch macros(ofPart: index) {
        case .found: return true
        case .none: return isDocument ? false : nil
        case .unknown: return nil
        }
    }

    /// What the engines said of a node; at the root joined with what they said of the message as a whole.
    private func findings(of index: Int) -> [EngineFinding] {
        guard !settings.antivirus.isEmpty else { return [] }
        let own = scan.findings[index] ?? []
        guard index == 0 else { return own }
        let whole = scan.findings[nil] ?? []
        guard !own.isEmpty else { return whole }
        return own.map { finding in
            whole.first { $0.engine == finding.engine }.map(finding.joined(with:)) ?? finding
        }
    }

    /// The types and all wider ones, the narrowest first.
    private func kinds(of types: [FileType]) -> [String] {
        var wider: [FileType] = []
        for kind in FileType.all where types.contains(where: { $0.isSubtype(of: kind) }) { wider.append(kind) }
        func width(_ type: FileType) -> Int { FileType.all.count { type.isSubtype(of: $0) } }
        return wider.sorted { (width($1), $0.name) < (width($0), $1.name) }.map(\.name)
    }
}

extension EngineFinding {
    /// One answer for two contents: infected if either is, clean only if both are.
    fileprivate func joined(with other: EngineFinding) -> EngineFinding {
        let isInfected = infected == true || other.infected == true
        let isClean = infected == false && other.infected == false
        return EngineFinding(
            engine: engine, infected: isInfected ? true : isClean ? false : nil,
            names: names + other.names.filter { !names.contains($0) }, unknown: unknown.union(other.unknown),
            explanation: explanation ?? other.explanation,
            elapsedMicroseconds: elapsedMicroseconds + other.elapsedMicroseconds)
    }
}
