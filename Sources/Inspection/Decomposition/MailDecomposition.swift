import Message
import Vocabulary

/// Mails as nodes: the parts of the message, and mails that lie in it.
extension Decomposition {
    /// The message in all its views. What the first one has is looked at first, so that the others add what is new.
    mutating func push(
        _ message: ParsedMessage, prefix: String, isOutermost: Bool, parent: Int?, depth: Int
    ) {
        push(
            found: message.views.dropFirst(), .hidden, prefix: prefix, isOutermost: isOutermost, parent: parent ?? 0,
            depth: depth)
        push(
            mail: message.root, prefix: prefix, isOutermost: isOutermost, isDoubtful: message.isDoubtful,
            parent: parent, depth: depth)
    }

    private mutating func push(
        mail root: Part, prefix: String, isOutermost: Bool, isDoubtful: Bool, parent: Int?, depth: Int
    ) {
        let context = MailContext(
            prefix: prefix, isOutermost: isOutermost, bodies: Set(root.bodies.map(\.part.path)),
            isDoubtful: isDoubtful)
        waiting.append(.part(root, mail: context, parent: parent, depth: depth))
    }

    mutating func add(_ part: Part, of mail: MailContext, parent: Int?, depth: Int) {
        let isMultipart = part.contentType.isMultipart && !part.children.isEmpty
        var node = Node(
            parent: parent, path: mail.prefix + part.path, depth: depth,
            role: role(of: part, in: mail, isMultipart: isMultipart), names: names(of: part),
            declaredType: part.contentType.isDefault ? nil : part.contentType.mediaType)
        node.charset = part.contentType.charset
        node.otherCharsets = part.otherCharsets
        node.contentID = part.contentID
        node.smimeType = part.contentType.parameter("smime-type")?.lowercased()
        node.anomalies = part.anomalies.map(NodeAnomaly.init)
        let isWholePiece = part.contentType.isWholePiece
        let isElsewhere = part.anomalies.contains { anomaly in
            anomaly.kind == .externalBody || (anomaly.kind == .partialMessage && !isWholePiece)
        }
        if isElsewhere { node.hidden.formUnion(.unsupported) }
        if let kind = signatureKind(ofMultipart: part) { node.signature = kind }
        if isMultipart {
            addMultipart(node, part, of: mail)
            return
        }
        let body = decode(part, into: &node)
        let isSealed = parent.map { nodes[$0].encryption == .pgpMIME && nodes[$0].role == .multipart } ?? false
        // Of the two parts of multipart/encrypted (RFC 3156) the first only names the version.
        if isSealed, part.contentType.mediaType != "application/pgp-encrypted" { node.encryption = .pgpMIME }
        guard part.children.isEmpty else {
            node.types = [.known(.eml)]
            let index = append(node)
            // What is declared a message may be an archive to whoever saves it under its name.
            openContainers(index)
            for child in part.children.reversed() {
                push(
                    mail: child, prefix: mail.prefix, isOutermost: false, isDoubtful: mail.isDoubtful, parent: index,
                    depth: depth + 1)
            }
            return
        }
        node = typed(node)
        if node.role == .body, !node.isShownAsText { node.role = mail.isOutermost ? .attachment : .inner }
        if let discovery = mail.discovery, !isWorthAdding(&node, discovery) { return }
        let index = append(node)
        if isWholePiece { openPiece(index, in: mail) } else { open(index, in: mail) }
        addOtherReadings(of: part, body, index, in: mail)
    }

    private mutating func addMultipart(_ node: Node, _ part: Part, of mail: MailContext) {
        var node = node
        if part.contentType.subtype == "encrypted" {
            node.encryption = .pgpMIME
            node.hidden.formUnion(.pgpMIME)
        }
        let index = append(node)
        if let epilogue = part.epilogue { addMargin(epilogue, "epilogue", of: part, index) }
        for child in part.children.reversed() {
            waiting.append(.part(child, mail: mail, parent: index, depth: node.depth))
        }
        if let preamble = part.preamble { addMargin(preamble, "preamble", of: part, index) }
    }

    /// What stands before the first and after the last delimiter is shown by readers without MIME, and by those whom
    /// a trick made take another boundary.
    private mutating func addMargin(_ range: Range<Int>, _ name: String, of part: Part, _ parent: Int) {
        let bytes = part.bytes[range]
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        let limit = min(limits.contentBytes, remainingBytes)
        remainingBytes -= min(bytes.count, limit)
        waiting.append(
            .content(
                Array(bytes.prefix(limit)), isComplete: bytes.count <= limit, name: name, parent: parent,
                depth: nodes[parent].depth))
    }

    private func role(of part: Part, in mail: MailContext, isMultipart: Bool) -> Node.Role {
        if isMultipart { return .multipart }
        if mail.bodies.contains(part.path) { return .body }
        return mail.isOutermost ? .attachment : .inner
    }

    private func names(of part: Part) -> [String] {
        part.names.map { cut($0.value) }
    }

    private mutating func decode(_ part: Part, into node: inout Node) -> DecodedBody {
        let limit = min(limits.contentBytes, remainingBytes)
        let body = part.decoded(limit: limit)
        remainingBytes = max(0, remainingBytes - body.bytes.count)
        node.bytes = body.bytes
        node.anomalies += body.anomalies.map(NodeAnomaly.init)
        if !body.isComplete { node.unread.formUnion(.overLimit) }
        if let name = body.beginName, !node.names.contains(name) { node.names.append(cut(name)) }
        return body
    }

    private func signatureKind(ofMultipart part: Part) -> SignatureKind? {
        guard part.contentType.mediaType == "multipart/signed" else { return nil }
        let signature = part.children.dropFirst().last?.contentType.mediaType ?? ""
        let protocolName = part.contentType.parameter("protocol")?.lowercased() ?? signature
        if protocolName.contains("pgp") { return .pgpMIME }
        return protocolName.contains("pkcs7") ? .smime : nil
    }

    // MARK: Mails in one another

    /// Opens a nested mail, or all the mails of an mbox.
    mutating func openMails(_ index: Int) {
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        let mails = Mailbox.mails(in: nodes[index].bytes, limit: max(1, limits.nodes - nodes.count - waiting.count))
        if mails.hasMore { nodes[index].hidden.formUnion(.overLimit) }
        for (number, range) in mails.ranges.enumerated().reversed() {
            let place = mails.ranges.count > 1 ? "/\(number + 1)." : "/"
            openMail(
                Array(nodes[index].bytes[range]), prefix: nodes[index].path + place, isOutermost: false,
                parent: index, depth: nodes[index].depth + 1)
        }
    }

    /// Of a message in pieces (RFC 2046, 5.2.2) the only one is the message; and to whoever knows no pieces and saves it
    /// under its name, it is the file that its bytes are.
    private mutating func openPiece(_ index: Int, in mail: MailContext) {
        let isFile = !nodes[index].isOf(.text) && !nodes[index].isOf(.eml)
        if isFile { open(index, in: mail) }
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        nodes[index].types = (isFile ? nodes[index].types.filter { $0 != .unknown } : []) + [.known(.eml)]
        openMail(
            nodes[index].bytes, prefix: nodes[index].path + "/", isOutermost: false, parent: index,
            depth: nodes[index].depth + 1)
    }

    private mutating func openMail(_ bytes: [UInt8], prefix: String, isOutermost: Bool, parent: Int, depth: Int) {
        let mail = ParsedMessage(MessageBytes(bytes))
        if !mail.limitsHit.isEmpty { missing.formUnion(.overLimit) }
        if mail.isAmbiguous { missing.formUnion(.ambiguous) }
        push(mail, prefix: prefix, isOutermost: isOutermost, parent: parent, depth: depth)
    }

    /// The content of an opaque signature (RFC 8551, 3.5.2) or of a compressed one (3.6) is a MIME entity that readers show
    /// in its place, so it is walked as if it stood there. Elsewhere such objects hold plain files.
    mutating func openEnclosed(_ content: [UInt8], _ index: Int, in mail: MailContext?) {
        guard content.count <= remainingBytes else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        remainingBytes -= content.count
        let isEntity = ParsedMessage(MessageBytes(content)).header.first("Content-Type") != nil
        guard isEntity else {
            let name = nodes[index].names.first.map {
                $0.hasSuffix(".p7m") || $0.hasSuffix(".p7z") ? String($0.dropLast(4)) : $0
            }
            waiting.append(
                .content(content, isComplete: true, name: name ?? "content", parent: index, depth: nodes[index].depth))
            return
        }
        // Enclosures within each other are counted by the depth of their paths, which the budget of bytes bounds too.
        guard nodes[index].signatureDepth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        openMail(
            content, prefix: nodes[index].path + "/", isOutermost: mail?.isOutermost ?? false, parent: index,
            depth: nodes[index].depth)
    }
}
