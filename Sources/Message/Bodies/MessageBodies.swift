/// A part that a reader shows as the message's own text.
public struct MessageBody: Sendable {
    /// How its text is written.
    public enum Form: String, Sendable {
        /// text/plain, and text types treated as such.
        case plain
        /// text/html.
        case html
    }

    /// The part.
    public let part: Part
    /// How its text is written.
    public let form: Form
}

extension MessageView {
    /// The bodies of the message, in order.
    public var bodies: [MessageBody] { root.bodies }
}

extension Part {
    /// The bodies of the message this part is the entity of (RFC 2046): text parts reached through multiparts, first or
    /// shown inline, all branches of an alternative, the root of a related, the content of a signed one. Attachments,
    /// named texts that are not first, and nested messages are none.
    public var bodies: [MessageBody] {
        var found: [MessageBody] = []
        // Depth is bounded by the walk's limit; the list of what waits replaces recursion all the same.
        var waiting: [(part: Part, isFirst: Bool)] = [(self, true)]
        while let (part, isFirst) = waiting.popLast() {
            if part.contentType.isMultipart {
                waiting.append(contentsOf: part.shownChildren(isFirst: isFirst).reversed())
            } else if let form = part.bodyForm, part.disposition?.isAttachment != true,
                isFirst || part.names.isEmpty
            {
                found.append(MessageBody(part: part, form: form))
            }
        }
        return found
    }

    private var bodyForm: MessageBody.Form? {
        switch contentType.mediaType {
        case "text/html": .html
        case "text/plain", "text/enriched", "text/richtext": .plain
        default: nil
        }
    }

    private func shownChildren(isFirst: Bool) -> [(part: Part, isFirst: Bool)] {
        switch contentType.subtype {
        case "alternative": return children.map { ($0, isFirst) }
        case "related":
            let start = contentType.parameter("start")?.trimmingAngles
            let root = children.first { start != nil && $0.contentID == start } ?? children.first
            return root.map { [($0, isFirst)] } ?? []
        case "signed": return children.first.map { [($0, isFirst)] } ?? []
        case "encrypted": return []
        default: return children.enumerated().map { ($1, isFirst && $0 == 0) }
        }
    }
}

extension String {
    /// Without one pair of angle brackets.
    fileprivate var trimmingAngles: String {
        hasPrefix("<") && hasSuffix(">") ? String(dropFirst().dropLast()) : self
    }
}
