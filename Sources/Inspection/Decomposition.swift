import Archives
import Message
import Vocabulary

/// Purpose: opens a message into its tree of nodes, containers within containers, by content and not by what is
/// declared.
/// Takes: the parsed message. Gives: nodes in the order of their paths (a node stands before what it contains).
/// Fails: never; what cannot be opened is a node with `unread` or `hidden` reasons.
/// Limits: `InspectionLimits`; all budgets are of the whole message, so that a bomb split over many parts costs no more
/// than one. Work waits on a stack of its own, so depth costs no machine stack.
struct Decomposition {
    private(set) var nodes: [Node] = []
    /// Why nodes may be missing from the whole tree, apart from what each node says.
    private(set) var missing: Reasons = []
    /// Anomalies of nested mails and of decoding, which the outer message's structure does not show.
    private var remainingBytes: Int
    private var waiting: [Pending] = []
    private let limits: InspectionLimits
    private let typer: FileTyper
    private let deadline: ContinuousClock.Instant

    /// What is still to become a node.
    private enum Pending {
        case part(Part, mail: MailContext, parent: Int?, depth: Int)
        case entry(ArchiveEntry, name: String, parent: Int, depth: Int)
    }

    /// The mail a part belongs to.
    private struct MailContext {
        /// Put before the parts' own paths: empty for the message itself.
        let prefix: String
        let isOutermost: Bool
        let bodies: Set<String>
    }

    init(of message: ParsedMessage, limits: InspectionLimits, typer: FileTyper) {
        self.limits = limits
        self.typer = typer
        remainingBytes = limits.expandedBytes
        deadline = .now.advanced(by: .seconds(limits.seconds))
        if !message.limitsHit.isEmpty { missing.formUnion(.overLimit) }
        if message.isAmbiguous { missing.formUnion(.ambiguous) }
        push(mail: message.root, prefix: "", isOutermost: true, parent: nil, depth: 0)
        run()
    }

    private mutating func run() {
        while let next = waiting.popLast() {
            guard nodes.count < limits.nodes else {
                missing.formUnion(.overLimit)
                return
            }
            switch next {
            case .part(let part, let mail, let parent, let depth):
                add(part, of: mail, parent: parent, depth: depth)
            case .entry(let entry, let name, let parent, let depth):
                add(entry, named: name, parent: parent, depth: depth)
            }
        }
    }

    private mutating func append(_ node: Node) -> Int {
        let index = nodes.count
        nodes.append(node)
        if let parent = node.parent { nodes[parent].children.append(index) }
        return index
    }

    // MARK: Mails

    private mutating func push(mail root: Part, prefix: String, isOutermost: Bool, parent: Int?, depth: Int) {
        let context = MailContext(
            prefix: prefix, isOutermost: isOutermost, bodies: Set(root.bodies.map(\.part.path)))
        waiting.append(.part(root, mail: context, parent: parent, depth: depth))
    }

    private mutating func add(_ part: Part, of mail: MailContext, parent: Int?, depth: Int) {
        let isMultipart = part.contentType.isMultipart && !part.children.isEmpty
        var node = Node(
            parent: parent, path: mail.prefix + part.path, depth: depth,
            role: role(of: part, in: mail, isMultipart: isMultipart), names: names(of: part),
            declaredType: part.contentType.isDefault ? nil : part.contentType.mediaType)
        node.charset = part.contentType.charset
        node.contentID = part.contentID
        node.anomalies = part.anomalies.map(NodeAnomaly.init)
        if part.anomalies.contains(where: { $0.kind == .partialMessage || $0.kind == .externalBody }) {
            node.hidden.formUnion(.unsupported)
        }
        if let kind = signatureKind(ofMultipart: part) { node.signature = kind }
        let parentIsSealed = parent.map { nodes[$0].encryption == .pgpMIME && nodes[$0].role == .multipart } ?? false

        if isMultipart {
            if isEncryptedMultipart(part) {
                node.encryption = .pgpMIME
                node.hidden.formUnion(.pgpMIME)
            }
            let index = append(node)
            for child in part.children.reversed() {
                waiting.append(.part(child, mail: mail, parent: index, depth: depth))
            }
            return
        }
        decode(part, into: &node)
        // Of the two parts of multipart/encrypted (RFC 3156) the first only names the version.
        if parentIsSealed, part.contentType.mediaType != "application/pgp-encrypted" {
            node.encryption = .pgpMIME
        }
        guard part.children.isEmpty else {
            node.types = FileType.named("eml").map { [$0] } ?? []
            let index = append(node)
            for child in part.children.reversed() {
                push(mail: child, prefix: mail.prefix, isOutermost: false, parent: index, depth: depth + 1)
            }
            return
        }
        open(append(typed(node)))
    }

    private func role(of part: Part, in mail: MailContext, isMultipart: Bool) -> Node.Role {
        if isMultipart { return .multipart }
        if mail.bodies.contains(part.path) { return .body }
        return mail.isOutermost ? .attachment : .inner
    }

    private func names(of part: Part) -> [String] {
        part.names.map { cut($0.value) }
    }

    private func cut(_ name: String) -> String {
        name.utf8.count <= limits.nameBytes
            ? name : String(decoding: name.utf8.prefix(limits.nameBytes), as: UTF8.self)
    }

    private mutating func decode(_ part: Part, into node: inout Node) {
        let limit = min(limits.contentBytes, remainingBytes)
        let body = part.decoded(limit: limit)
        remainingBytes -= body.bytes.count
        node.bytes = body.bytes
        node.anomalies += body.anomalies.map(NodeAnomaly.init)
        if !body.isComplete { node.unread.formUnion(.overLimit) }
        if let name = body.beginName, !node.names.contains(name) { node.names.append(cut(name)) }
    }

    private func isEncryptedMultipart(_ part: Part) -> Bool {
        part.contentType.subtype == "encrypted"
    }

    private func signatureKind(ofMultipart part: Part) -> String? {
        guard part.contentType.mediaType == "multipart/signed" else { return nil }
        let signature = part.children.dropFirst().last?.contentType.mediaType ?? ""
        let protocolName = part.contentType.parameter("protocol")?.lowercased() ?? signature
        if protocolName.contains("pgp") { return "pgp-mime" }
        return protocolName.contains("pkcs7") ? "smime" : nil
    }

    // MARK: Entries of containers

    private mutating func add(_ entry: ArchiveEntry, named name: String, parent: Int, depth: Int) {
        var node = Node(
            parent: parent, path: nodes[parent].path + "/" + cut(name), depth: depth, role: .inner,
            names: entry.allNames.isEmpty ? [cut(name)] : entry.allNames.map(cut))
        node.bytes = entry.bytes
        if entry.isEncrypted { node.encryption = .archive }
        if let problem = entry.unread {
            node.unread.formUnion(problem.reason)
            node.isDamaged = problem.isDamage
            node.anomalies.append(NodeAnomaly(problem))
        }
        open(append(typed(node)))
    }

    // MARK: Opening

    private func typed(_ node: Node) -> Node {
        var node = node
        if !node.bytes.isEmpty {
            node.types = typer.types(of: node.bytes, name: node.names.first, declaredType: node.declaredType)
        }
        return node
    }

    /// Looks into a leaf: archives, nested mails, and the signs of encryption and signature.
    private mutating func open(_ index: Int) {
        let node = nodes[index]
        guard !node.bytes.isEmpty else { return }
        recogniseCryptography(index)
        if nodes[index].encryption != nil, nodes[index].encryption != .archive { return }
        if let format = containerFormat(of: node) {
            openArchive(index, as: format)
        } else if node.role != .body, node.isOf(FileType.named("eml")) {
            openMail(index)
        } else if FormatSupport.hidesContents(node.types) {
            nodes[index].hidden.formUnion(.unsupported)
        }
    }

    private func containerFormat(of node: Node) -> ArchiveFormat? {
        if let format = ArchiveFormat.detect(node.bytes) { return format }
        // Only programs carry archives behind their own code.
        return node.isOf(FileType.named("executable")) ? ArchiveFormat.detectEmbedded(in: node.bytes) : nil
    }

    private mutating func openArchive(_ index: Int, as format: ArchiveFormat) {
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        let budget = ArchiveLimits(
            entries: max(0, limits.nodes - nodes.count - waiting.count), bytesPerEntry: limits.contentBytes,
            totalBytes: max(0, remainingBytes), nameBytes: limits.nameBytes, deadline: deadline)
        let contents = ArchiveReader(limits: budget).contents(of: nodes[index].bytes, as: format)
        remainingBytes -= contents.summary.expandedBytes
        for problem in contents.problems {
            nodes[index].hidden.formUnion(problem.reason)
            nodes[index].isDamaged = nodes[index].isDamaged || problem.isDamage
            nodes[index].anomalies.append(NodeAnomaly(problem))
        }
        if contents.summary.hasEncryption { nodes[index].encryption = .archive }
        let ownName = nodes[index].names.first ?? ""
        for (number, entry) in contents.entries.enumerated().reversed() where entry.isContent {
            let name = entry.name ?? format.innerName(ofStreamNamed: ownName) ?? "\(number + 1)"
            waiting.append(.entry(entry, name: name, parent: index, depth: nodes[index].depth + 1))
        }
    }

    private mutating func openMail(_ index: Int) {
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        let mail = ParsedMessage(MessageBytes(nodes[index].bytes))
        if !mail.limitsHit.isEmpty { missing.formUnion(.overLimit) }
        if mail.isAmbiguous { missing.formUnion(.ambiguous) }
        push(
            mail: mail.root, prefix: nodes[index].path + "/", isOutermost: false, parent: index,
            depth: nodes[index].depth + 1)
    }

    private mutating func recogniseCryptography(_ index: Int) {
        let node = nodes[index]
        switch CryptographicMessage.kind(of: node.bytes) {
        case .enveloped:
            nodes[index].encryption = .smime
            nodes[index].hidden.formUnion(.smime)
        case .signed:
            nodes[index].signature = "smime"
            // A detached signature hides nothing; an opaque one carries the content.
            if !isDetachedSignature(node) { nodes[index].hidden.formUnion(.unsupported) }
        case .compressed:
            nodes[index].hidden.formUnion(.unsupported)
        case .other, nil:
            break
        }
        if nodes[index].encryption == .pgpMIME { nodes[index].hidden.formUnion(.pgpMIME) }
        if nodes[index].encryption == nil { recogniseOpenPGP(index) }
        if DocumentEncryption.isEncryptedOLE(node.bytes) {
            nodes[index].encryption = .office
            nodes[index].hidden.formUnion(.encryptedOffice)
        } else if node.isOf(FileType.named("pdf")), DocumentEncryption.isEncryptedPDF(node.bytes) {
            nodes[index].encryption = .pdf
            nodes[index].hidden.formUnion(.encryptedPDF)
        }
    }

    private mutating func recogniseOpenPGP(_ index: Int) {
        let node = nodes[index]
        let mayHoldArmour =
            node.role == .body || node.types.isEmpty || node.isOf(FileType.named("text"))
            || node.isOf(FileType.named("pgp"))
        guard mayHoldArmour else { return }
        switch OpenPGPArmor.find(in: node.bytes) {
        case .message:
            nodes[index].encryption = .pgpInline
            nodes[index].hidden.formUnion(.pgpInline)
        case .signedMessage:
            nodes[index].signature = "pgp-inline"
        case .signature, .key, nil:
            break
        }
    }

    private func isDetachedSignature(_ node: Node) -> Bool {
        guard let parent = node.parent else { return false }
        return nodes[parent].signature == "smime" && nodes[parent].role == .multipart
    }
}
