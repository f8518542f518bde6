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
    var nodes: [Node] = []
    /// Why nodes may be missing from the whole tree, apart from what each node says.
    var missing: Reasons = []
    /// What decoding and unpacking may still produce; never below 0.
    var remainingBytes: Int
    /// Contents seen so far, for those found in more than one reading.
    var contents = KnownContents()
    var waiting: [Pending] = []
    let limits: InspectionLimits
    private var keys: ArchiveKeys
    let typer: FileTyper
    private let deadline: ContinuousClock.Instant

    /// What is still to become a node.
    enum Pending {
        case part(Part, mail: MailContext, parent: Int?, depth: Int)
        case entry(ArchiveEntry, name: String, parent: Int, depth: Int)
        case content([UInt8], isComplete: Bool, name: String, parent: Int, depth: Int)
        case embedded(EmbeddedFile, number: Int, parent: Int)
    }

    /// The mail a part belongs to.
    struct MailContext {
        /// Put before the parts' own paths: empty for the message itself.
        let prefix: String
        let isOutermost: Bool
        let bodies: Set<String>
        /// Readers may have undone other encodings than ours.
        var isDoubtful = false
        /// How the part was found, where it is not of the first view.
        var discovery: Discovery?
    }

    init(of message: ParsedMessage, limits: InspectionLimits, typer: FileTyper) {
        self.limits = limits
        self.typer = typer
        keys = ArchiveKeys(of: message)
        remainingBytes = limits.expandedBytes
        deadline = .now.advanced(by: .seconds(limits.seconds))
        if !message.limitsHit.isEmpty { missing.formUnion(.overLimit) }
        if message.isAmbiguous { missing.formUnion(.ambiguous) }
        push(message, prefix: "", isOutermost: true, parent: nil, depth: 0)
        run()
    }

    private mutating func run() {
        while let next = waiting.popLast() {
            guard nodes.count < limits.nodes, ContinuousClock.now < deadline else {
                missing.formUnion(.overLimit)
                return
            }
            switch next {
            case .part(let part, let mail, let parent, let depth):
                add(part, of: mail, parent: parent, depth: depth)
            case .entry(let entry, let name, let parent, let depth):
                add(entry, named: name, parent: parent, depth: depth)
            case .content(let bytes, let isComplete, let name, let parent, let depth):
                add(bytes, isComplete: isComplete, named: name, parent: parent, depth: depth)
            case .embedded(let file, let number, let parent): add(file, number: number, parent: parent)
            }
        }
    }

    mutating func append(_ node: Node) -> Int {
        let index = nodes.count
        nodes.append(node)
        // What an office package calls its parts is no name for a person.
        if !(node.parent.map { nodes[$0].isOf(.office) } ?? false) {
            nodes[index].anomalies += NameOddities(node).anomalies
        }
        if let parent = node.parent {
            nodes[index].signatureDepth = nodes[parent].signatureDepth + (nodes[parent].signature == nil ? 0 : 1)
        }
        if let parent = node.parent { nodes[parent].children.append(index) }
        return index
    }

    // MARK: Mails

    /// The message in all its views. What the first one has is looked at first, so that the others add what is new.
    private mutating func push(
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

    private mutating func add(_ part: Part, of mail: MailContext, parent: Int?, depth: Int) {
        let isMultipart = part.contentType.isMultipart && !part.children.isEmpty
        var node = Node(
            parent: parent, path: mail.prefix + part.path, depth: depth,
            role: role(of: part, in: mail, isMultipart: isMultipart), names: names(of: part),
            declaredType: part.contentType.isDefault ? nil : part.contentType.mediaType)
        node.charset = part.contentType.charset
        node.contentID = part.contentID
        node.smimeType = part.contentType.parameter("smime-type")?.lowercased()
        node.anomalies = part.anomalies.map(NodeAnomaly.init)
        if part.anomalies.contains(where: { $0.kind == .partialMessage || $0.kind == .externalBody }) {
            node.hidden.formUnion(.unsupported)
        }
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
        open(index, in: mail)
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

    func cut(_ name: String) -> String { name.shortened(to: limits.nameBytes) }

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

    // MARK: Entries of containers

    private mutating func add(_ entry: ArchiveEntry, named name: String, parent: Int, depth: Int) {
        var node = Node(
            parent: parent, path: path(of: name, in: parent), depth: depth, role: .inner,
            names: entry.allNames.isEmpty ? [cut(name)] : entry.allNames.map(cut))
        node.bytes = entry.bytes
        // What was opened is a content like any other; that it came locked is told of its container.
        if entry.isEncrypted, !entry.isComplete { node.encryption = .archive }
        if let problem = entry.unread {
            node.unread.formUnion(problem.reason)
            node.isDamaged = problem.isDamage
            node.anomalies.append(NodeAnomaly(problem))
        }
        if let anomaly = NodeAnomaly(linkOrSpecial: entry) { node.anomalies.append(anomaly) }
        open(append(typed(node)), in: nil)
    }

    /// Adds content that stood within another node without being an entry or a part.
    private mutating func add(_ bytes: [UInt8], isComplete: Bool, named name: String, parent: Int, depth: Int) {
        let isMargin = nodes[parent].role == .multipart
        var node = Node(
            parent: parent, path: path(of: name, in: parent), depth: depth, role: isMargin ? .margin : .inner,
            names: isMargin ? [] : [cut(name)])
        node.bytes = bytes
        if !isComplete { node.unread.formUnion(.overLimit) }
        open(append(typed(node)), in: nil)
    }

    /// Names as long as formats allow them would, level upon level, make a report of gigabytes.
    private func path(of name: String, in parent: Int) -> String {
        nodes[parent].path + "/" + name.shortened(to: limits.pathNameBytes)
    }

    // MARK: Opening

    func typed(_ node: Node) -> Node {
        var node = node
        if !node.bytes.isEmpty {
            node.types = typer.types(of: node.bytes, names: node.names, declaredType: node.declaredType)
        }
        return node
    }

    /// Looks into a leaf: archives, nested mails, and the signs of encryption and signature.
    ///
    /// - Parameter mail: the mail of which it is a part; nil for what lies in containers.
    mutating func open(_ index: Int, in mail: MailContext?) {
        guard !nodes[index].bytes.isEmpty else { return }
        let content = recogniseCryptography(index)
        if let content { openEnclosed(content, index, in: mail) }
        let isContainer = openContainers(index)
        guard !isContainer, [nil, .pgpMIME].contains(nodes[index].encryption) else { return }
        openDocument(index)
        let node = nodes[index]
        if node.role != .body, node.isOf(.eml) || node.isOf(.mbox) {
            openMails(index)
        } else if node.isOf(.text) || node.types == [.unknown] || node.isOf(.eml) {
            openInlineFiles(index)
            openPartsInText(index, in: mail)
        } else if FormatSupport.hidesContents(node.types) {
            nodes[index].hidden.formUnion(.unsupported)
        }
    }

    /// Opens the container that a content is and those that it carries. True if it is one from its first byte on.
    @discardableResult
    private mutating func openContainers(_ index: Int) -> Bool {
        let bytes = nodes[index].bytes
        if let format = ArchiveFormat.detect(bytes) {
            openArchive(index, bytes, as: format)
            // Two containers in one file: which one is opened is up to the program, which goes by the name.
            if format != .zip, EmbeddedArchive.endsAsZip(bytes) {
                nodes[index].anomalies.append(.embeddedArchive(isAmbiguous: true))
                openArchive(index, bytes, as: .zip)
            }
            return true
        }
        let isCompound = nodes[index].isOf(.ole)
        for embedded in EmbeddedArchive.all(in: bytes) where !isCompound {
            let isProgram = nodes[index].isOf(.executable)
            nodes[index].anomalies.append(.embeddedArchive(isAmbiguous: !isProgram))
            if !isProgram, let type = FileType.named(embedded.format.typeName) {
                nodes[index].types = nodes[index].types.filter { $0 != .unknown } + [type]
            }
            openArchive(
                index, embedded.offset == 0 ? bytes : Array(bytes[embedded.offset...]), as: embedded.format)
        }
        return false
    }

    private mutating func openArchive(_ index: Int, _ bytes: [UInt8], as format: ArchiveFormat) {
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        var contents = ArchiveReader(limits: archiveLimits).contents(of: bytes, as: format)
        remainingBytes = max(0, remainingBytes - contents.summary.expandedBytes)
        if contents.summary.hasEncryption, let password = password(of: bytes, as: format) {
            contents = ArchiveReader(limits: archiveLimits).contents(of: bytes, as: format, password: password)
            remainingBytes = max(0, remainingBytes - contents.summary.expandedBytes)
            nodes[index].isUnlocked =
                contents.problems.isEmpty && contents.entries.allSatisfy { !$0.isEncrypted || $0.isComplete }
        }
        for problem in contents.problems {
            nodes[index].hidden.formUnion(problem.reason)
            nodes[index].isDamaged = nodes[index].isDamaged || problem.isDamage
            nodes[index].anomalies.append(NodeAnomaly(problem))
        }
        nodes[index].anomalies += contents.anomalies.map(NodeAnomaly.init)
        if contents.summary.hasEncryption { nodes[index].encryption = .archive }
        let ownName = nodes[index].names.first ?? ""
        for (number, entry) in contents.entries.enumerated().reversed() where entry.isContent {
            let name = entry.name ?? format.innerName(ofStreamNamed: ownName) ?? "\(number + 1)"
            waiting.append(.entry(entry, name: name, parent: index, depth: nodes[index].depth + 1))
        }
    }

    /// What is left of the message's budgets for one container.
    private var archiveLimits: ArchiveLimits {
        ArchiveLimits(
            entries: max(0, limits.nodes - nodes.count - waiting.count), bytesPerEntry: limits.contentBytes,
            totalBytes: remainingBytes, nameBytes: limits.nameBytes, deadline: deadline)
    }

    /// The password of the mail that opens a container. Every trial is paid for, so that many candidates for many
    /// containers cost no more than opening one.
    private mutating func password(of bytes: [UInt8], as format: ArchiveFormat) -> String? {
        guard format.opensWithPassword else { return nil }
        for candidate in keys.candidates {
            guard keys.takeTrial(), ContinuousClock.now < deadline else { return nil }
            let trial = ArchiveReader(limits: archiveLimits).tries(candidate, on: bytes, as: format)
            remainingBytes = max(0, remainingBytes - trial.expandedBytes)
            if trial.opens {
                keys.prefer(candidate)
                return candidate
            }
        }
        return nil
    }

    /// Opens a nested mail, or all the mails of an mbox.
    private mutating func openMails(_ index: Int) {
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

    private mutating func openMail(_ bytes: [UInt8], prefix: String, isOutermost: Bool, parent: Int, depth: Int) {
        let mail = ParsedMessage(MessageBytes(bytes))
        if !mail.limitsHit.isEmpty { missing.formUnion(.overLimit) }
        if mail.isAmbiguous { missing.formUnion(.ambiguous) }
        push(mail, prefix: prefix, isOutermost: isOutermost, parent: parent, depth: depth)
    }

    /// The content of an opaque signature (RFC 8551, 3.5.2) or of a compressed one (3.6) is a MIME entity that readers show
    /// in its place, so it is walked as if it stood there. Elsewhere such objects hold plain files.
    private mutating func openEnclosed(_ content: [UInt8], _ index: Int, in mail: MailContext?) {
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

    private mutating func openInlineFiles(_ index: Int) {
        let room = max(0, limits.nodes - nodes.count - waiting.count)
        let (files, hasMore) = InlineFile.all(
            in: nodes[index].bytes, count: room, limit: min(limits.contentBytes, remainingBytes))
        if hasMore { nodes[index].hidden.formUnion(.overLimit) }
        for (number, file) in files.enumerated().reversed() {
            remainingBytes = max(0, remainingBytes - file.bytes.count)
            waiting.append(
                .content(
                    file.bytes, isComplete: file.isComplete, name: file.name.isEmpty ? "\(number + 1)" : file.name,
                    parent: index, depth: nodes[index].depth + 1))
        }
    }
    // MARK: Documents

    /// Takes out the files that stand in a document or text.
    private mutating func openDocument(_ index: Int) {
        let isTooDeep = nodes[index].depth >= limits.depth
        var found = EmbeddedFiles(
            count: isTooDeep ? 0 : max(0, limits.nodes - nodes.count - waiting.count),
            totalBytes: isTooDeep ? 0 : remainingBytes, contentBytes: limits.contentBytes)
        EmbeddedFileSearch.take(from: nodes[index], into: &found)
        nodes[index].hidden.formUnion(found.missing)
        nodes[index].anomalies += found.anomalies
        remainingBytes = min(remainingBytes, isTooDeep ? remainingBytes : found.remainingBytes)
        for (number, file) in found.files.enumerated().reversed() {
            waiting.append(.embedded(file, number: number + 1, parent: index))
        }
    }

    private mutating func add(_ file: EmbeddedFile, number: Int, parent: Int) {
        let names = file.names.map(cut)
        var node = Node(
            parent: parent, path: path(of: names.first ?? "\(number)", in: parent), depth: nodes[parent].depth + 1,
            role: .inner, names: names)
        node.bytes = file.bytes
        node.unread = file.unread
        node.isDamaged = !file.unread.isDisjoint(with: .damaged)
        open(append(typed(node)), in: nil)
    }
}
