import Cryptography
import Message
import Vocabulary

extension Decomposition {
    /// How a part came to light that the likeliest reader does not see.
    struct Discovery {
        enum Kind {
            /// Something in the message made readers differ.
            case hidden
            /// It stands in a text, as parts of a quoted mail do.
            case inText
        }

        let kind: Kind
        /// Where the part's fields stand.
        let place: Range<Int>
    }

    mutating func push(
        found views: some Collection<MessageView>, _ kind: Discovery.Kind, prefix: String, isOutermost: Bool,
        parent: Int, depth: Int
    ) {
        for view in views.reversed() {
            let context = MailContext(
                prefix: prefix, isOutermost: isOutermost, bodies: Set(view.root.bodies.map(\.part.path)),
                isDoubtful: true, discovery: Discovery(kind: kind, place: view.place))
            waiting.append(.part(view.root, mail: context, parent: parent, depth: depth))
        }
    }

    /// Whether a part that was found is new, and something. Its node is set to what it is to a reader.
    mutating func isWorthAdding(_ node: inout Node, _ discovery: Discovery) -> Bool {
        guard node.bytes.contains(where: { $0 > 0x20 }), !contents.holds(node.bytes, among: nodes) else { return false }
        let isPlain = isPlainText(node)
        if node.types == [.unknown] || (isPlain && node.names.isEmpty) { node.role = .margin }
        let isHidden = discovery.kind == .hidden
        let isAmbiguous = isHidden && !isPlain && node.types != [.unknown] && !isContinuation(node.bytes)
        if isAmbiguous { missing.formUnion(.ambiguous) }
        node.anomalies = [
            isHidden ? .hiddenPart(at: discovery.place, isAmbiguous: isAmbiguous) : .partInText(at: discovery.place)
        ]
        node.rereadings = (node.parent.map { nodes[$0].rereadings } ?? 0) + 1
        return true
    }

    /// Adds what other readers get from a body, as nodes below its own: what is a content of some kind.
    mutating func addOtherReadings(of part: Part, _ body: DecodedBody, _ index: Int, in mail: MailContext) {
        let readings = part.otherReadings(
            than: body, isDoubtful: mail.isDoubtful, limit: min(limits.contentBytes, remainingBytes))
        for (number, reading) in readings.enumerated() {
            guard nodes.count < limits.nodes else {
                missing.formUnion(.overLimit)
                return
            }
            guard let node = node(of: reading, number: number + 1, below: index) else { continue }
            guard nodes[index].rereadings < limits.rereadings else {
                nodes[index].hidden.formUnion(.overLimit)
                return
            }
            add(node, of: reading, below: index, at: part.bodyRange, isOutermost: mail.isOutermost)
        }
    }

    /// What a reading is, or nil where it is noise or known.
    private mutating func node(of reading: BodyReading, number: Int, below index: Int) -> Node? {
        guard !contents.holds(reading.bytes, among: nodes) else { return nil }
        let base = nodes[index]
        let names = base.names + [reading.name].compactMap { $0 }.filter { !base.names.contains($0) }.map(cut)
        var node = Node(
            parent: index, path: "\(base.path)~r\(number)", depth: base.depth, role: base.role, names: names,
            declaredType: base.declaredType)
        node.bytes = reading.bytes
        node.charset = base.charset
        node.otherCharsets = base.otherCharsets
        node.rereadings = base.rereadings + 1
        if !reading.isComplete { node.unread.formUnion(.overLimit) }
        node = typed(node)
        let isKnown = node.types != [.unknown] && !node.types.isEmpty && !isPlainText(node)
        return isKnown || isPrintable(reading.bytes) ? node : nil
    }

    private mutating func add(
        _ node: Node, of reading: BodyReading, below index: Int, at place: Range<Int>, isOutermost: Bool
    ) {
        var node = node
        let base = nodes[index]
        let isPlain = isPlainText(node)
        remainingBytes = max(0, remainingBytes - reading.bytes.count)
        if base.role == .body { node.role = isPlain ? .margin : isOutermost ? .attachment : .inner }
        let isContinuation = base.bytes.starts(with: reading.bytes) || reading.bytes.starts(with: base.bytes)
        let isAmbiguous =
            !(isPlain && base.role == .body) && !isContinuation && base.role != .margin
            && node.types != base.types
        if isAmbiguous { missing.formUnion(.ambiguous) }
        nodes[index].anomalies.append(.otherReading(reading.way, at: place, isAmbiguous: isAmbiguous))
        open(append(node), in: nil)
    }

    /// Looks for parts in a text: those of a quoted mail, or of one whose own header a trick made useless.
    mutating func openPartsInText(_ index: Int, in mail: MailContext?) {
        // The fields of the message itself were hunted with it.
        guard mail?.discovery == nil else { return }
        let found = PartsInText(nodes[index].bytes)
        if !found.isComplete { nodes[index].hidden.formUnion(.overLimit) }
        guard nodes[index].rereadings < limits.rereadings, nodes[index].depth < limits.depth else {
            if !found.views.isEmpty { nodes[index].hidden.formUnion(.overLimit) }
            return
        }
        push(
            found: found.views, .inText, prefix: nodes[index].path, isOutermost: mail?.isOutermost ?? false,
            parent: index, depth: nodes[index].depth)
    }

    /// Whether a content is one that is known, with something behind it or without its end.
    private func isContinuation(_ bytes: [UInt8]) -> Bool {
        nodes.contains { node in
            min(node.bytes.count, bytes.count) >= 16
                && (bytes.starts(with: node.bytes) || node.bytes.starts(with: bytes))
        }
    }

    private func isPlainText(_ node: Node) -> Bool {
        node.types.allSatisfy { $0.isUnder(.text) && !$0.isUnder(.script) }
    }

    /// Nearly all of it ASCII that is shown or ends lines: what a wrong decoder makes never is.
    private func isPrintable(_ bytes: [UInt8]) -> Bool {
        let shown = bytes.count { (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        return shown * 100 >= bytes.count * 97
    }
}

/// The contents of nodes by their digests, computed when it is first asked for.
struct KnownContents {
    private var digests: Set<SHA256Digest> = []
    private var sizes: Set<Int> = []
    private var looked = 0

    /// Whether one of the nodes has these bytes.
    mutating func holds(_ bytes: [UInt8], among nodes: [Node]) -> Bool {
        while looked < nodes.count {
            let own = nodes[looked].bytes
            looked += 1
            guard !own.isEmpty else { continue }
            sizes.insert(own.count)
            digests.insert(SHA256Digest.hash(own))
        }
        return sizes.contains(bytes.count) && digests.contains(SHA256Digest.hash(bytes))
    }
}

extension NodeAnomaly {
    /// A part stands where the likeliest reader sees none.
    static func hiddenPart(at place: Range<Int>, isAmbiguous: Bool) -> NodeAnomaly {
        NodeAnomaly(
            name: "hidden-part", sentence: "some readers find a part here that others do not see", range: place,
            isMalformed: isAmbiguous, isAmbiguous: isAmbiguous)
    }

    /// A part stands in a text.
    static func partInText(at place: Range<Int>) -> NodeAnomaly {
        NodeAnomaly(
            name: "part-in-text", sentence: "a part stands within a text, as in a quoted mail", range: place,
            isMalformed: false, isAmbiguous: false)
    }

    /// Another reader decodes other bytes.
    static func otherReading(_ way: String, at place: Range<Int>, isAmbiguous: Bool) -> NodeAnomaly {
        NodeAnomaly(
            name: "other-reading", sentence: "some readers decode other bytes from this part (\(way))", range: place,
            isMalformed: isAmbiguous, isAmbiguous: isAmbiguous)
    }
}
