import Vocabulary

/// What a `winmail.dat` holds: the bodies and attachments that Outlook would show ([MS-OXTNEF]).
///
/// A stream of attributes, each with a level, an identifier, a length and a checksum. An attached message is such a
/// stream within a property; it waits its turn, so that depth costs no machine stack.
struct TransportFiles {
    static let signature: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]

    private enum Attribute {
        static let body = 0x0002_800C
        static let attachmentStart = 0x0006_9002
        static let title = 0x0001_8010
        static let data = 0x0006_800F
        static let attachmentProperties = 0x0006_9005
        static let messageProperties = 0x0006_9003
    }

    private struct Attachment {
        var names: [String] = []
        var data: [UInt8]?
    }

    private var waiting: [(bytes: [UInt8], depth: Int)]
    private var attachment: Attachment?

    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var reader = TransportFiles(waiting: [(bytes, 0)])
        while let next = reader.waiting.popLast() { reader.read(next.bytes, depth: next.depth, &found) }
    }

    private init(waiting: [(bytes: [UInt8], depth: Int)]) { self.waiting = waiting }

    private mutating func read(_ bytes: [UInt8], depth: Int, _ found: inout EmbeddedFiles) {
        var cursor = ByteCursor(bytes)
        guard cursor.take(4).map({ $0.elementsEqual(Self.signature) }) == true, cursor.take(2) != nil else {
            found.missing.formUnion(.damaged)
            return
        }
        while cursor.left > 0 {
            guard let level = cursor.number(1), level == 1 || level == 2, let identifier = cursor.number(4),
                let length = cursor.number(4), let data = cursor.take(length), cursor.take(2) != nil
            else {
                // Files are often filled with zeros behind their end.
                if bytes[cursor.offset...].contains(where: { $0 != 0 }) { found.missing.formUnion(.damaged) }
                break
            }
            guard !found.isFull else {
                found.missing.formUnion(.overLimit)
                break
            }
            read(identifier, data, depth: depth, &found)
        }
        finish(&found)
    }

    private mutating func read(
        _ identifier: Int, _ data: ArraySlice<UInt8>, depth: Int, _ found: inout EmbeddedFiles
    ) {
        switch identifier {
        case Attribute.body: found.add(["body.txt"], data.prefix { $0 != 0 })
        case Attribute.attachmentStart:
            finish(&found)
            attachment = Attachment()
        case Attribute.title:
            let name = String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
            attachment = attachment ?? Attachment()
            attachment?.names.append(name)
        case Attribute.data:
            attachment = attachment ?? Attachment()
            // A second content does not replace the first: which one is shown is up to the reader.
            if attachment?.data != nil { finish(&found) }
            attachment = attachment ?? Attachment()
            attachment?.data = Array(data)
        case Attribute.attachmentProperties: readAttachment(MailProperties(data), depth: depth, &found)
        case Attribute.messageProperties: readMessage(MailProperties(data), &found)
        default: break
        }
    }

    private mutating func finish(_ found: inout EmbeddedFiles) {
        if let attachment, let data = attachment.data { found.add(attachment.names, data) }
        attachment = nil
    }

    private mutating func readAttachment(
        _ properties: MailProperties, depth: Int, _ found: inout EmbeddedFiles
    ) {
        if !properties.isComplete { found.missing.formUnion(.damaged) }
        var own = attachment ?? Attachment()
        // The long name first: it is what Outlook shows.
        for name in [properties.text(0x3704), properties.text(0x3707)].compactMap({ $0 }) {
            own.names.insert(name, at: 0)
        }
        if let object = properties.data(0x3701, 0x0D), object.count > 16 {
            // An interface's identifier comes first, then a message or any other object.
            let content = Array(object[16...])
            if content.starts(with: Self.signature) {
                if depth < InspectionLimits.transportDepth {
                    waiting.append((content, depth + 1))
                } else {
                    found.missing.formUnion(.overLimit)
                }
            } else {
                own.data = own.data ?? content
            }
        } else if let data = properties.data(0x3701, 0x102), data != own.data {
            if own.data == nil { own.data = data } else { found.add(own.names, data) }
        }
        attachment = own
    }

    private func readMessage(_ properties: MailProperties, _ found: inout EmbeddedFiles) {
        if !properties.isComplete { found.missing.formUnion(.damaged) }
        if let text = properties.text(0x1000) { found.add(["body.txt"], Array(text.utf8)) }
        if let page = properties.data(0x1013, 0x102) ?? properties.data(0x1013, 0x1E) {
            found.add(["body.html"], page)
        }
        if let packed = properties.data(0x1009, 0x102) {
            CompressedRichText.add(packed, to: &found)
        }
    }
}
