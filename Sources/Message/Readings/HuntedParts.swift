/// Reads a message again as lenient readers might, when something in it raised a doubt.
enum HuntedParts {
    /// A view for each part that hunting found and the first view has not got.
    ///
    /// The bytes of parts inside encoded messages are hunted in their own buffers. Bounded by the number of views and
    /// by what is left of the bytes for nested content.
    static func views(besides root: Part, tally: Tally) -> [MessageView] {
        var buffers: [MessageBytes] = []
        var known: Set<Range<Int>> = []
        for part in root.descendants {
            if buffers.last?.array.count != part.bytes.array.count, !buffers.contains(part.bytes) {
                buffers.append(part.bytes)
            }
            if part.isLeaf, !part.contentType.isMultipart { known.insert(part.bodyRange) }
        }
        if buffers.count > tally.limits.views { hit("views", root.bytes, tally) }
        var views: [MessageView] = []
        for (number, bytes) in buffers.prefix(tally.limits.views).enumerated() {
            views += Self.views(in: bytes, path: "\(number + 1)~", known: number == 0 ? known : [], tally: tally)
        }
        return views
    }

    /// A view for each part found in bytes that are no message, such as a text.
    static func views(in bytes: MessageBytes, path: String, known: Set<Range<Int>>, tally: Tally) -> [MessageView] {
        let hunt = EntityHunt(bytes.array[...], limit: tally.limits.views)
        if hunt.hasMore { hit("views", bytes, tally) }
        var views: [MessageView] = []
        for entity in hunt.entities {
            for body in entity.bodies where !known.contains(body) {
                let size = entity.header.count + body.count
                guard size <= tally.nestedBytesLeft else {
                    hit("nested-bytes", bytes, tally)
                    return views
                }
                tally.nestedBytesLeft -= size
                // What is odd about a part that was mended says nothing about the message.
                let own = Tally(tally.limits)
                own.parts = tally.parts
                own.nestedBytesLeft = tally.nestedBytesLeft
                let mended = MessageBytes(entity.header + bytes.array[body])
                let part = StructureWalk.message(
                    mended, path: "\(path)\(views.count + 1)", depth: 1, isMessageRoot: false, tally: own)
                tally.parts = own.parts
                tally.nestedBytesLeft = own.nestedBytesLeft
                for limit in own.limitsHit { tally.hit(limit) }
                views.append(MessageView(name: "hunted", root: part, place: entity.range))
            }
        }
        return views
    }

    private static func hit(_ limit: String, _ bytes: MessageBytes, _ tally: Tally) {
        tally.hit(LimitHit(limit: limit, part: "1", range: 0..<bytes.count))
    }
}

/// Parts that stand as text within a text: a quoted mail, or one whose header some reader does not need.
public struct PartsInText: Sendable {
    /// A view for each part found.
    public let views: [MessageView]
    /// There may be more.
    public let isComplete: Bool

    /// The parts in `text`; empty for nearly every text, at the cost of a look at each line's start.
    public init(_ text: [UInt8], limits: MessageLimits = MessageLimits()) {
        guard EntityHunt.mayFind(in: text[...]) else {
            (views, isComplete) = ([], true)
            return
        }
        let tally = Tally(limits)
        views = HuntedParts.views(in: MessageBytes(text), path: "~", known: [], tally: tally)
        isComplete = tally.limitsHit.isEmpty
    }
}
