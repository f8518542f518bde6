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
    var keys: ArchiveKeys
    let typer: FileTyper
    let deadline: ContinuousClock.Instant

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

    func cut(_ name: String) -> String { name.shortened(to: limits.nameBytes) }

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
            // What stands around parts, or has no type of its own in the place of a text, is shown as it stands.
            let isShown = node.declaredType == nil && (node.role == .body || node.role == .margin)
            node.types = typer.types(
                of: node.bytes, names: node.names, declaredType: node.declaredType, isShown: isShown)
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
