/// How a delivery is told to a mail server: edits of the message it has.
///
/// Deletions come first, from the last field of a name to its first, then insertions from the top down. So every index
/// means the same whether the mail server counts fields that were deleted before or not.
struct MilterChanges: Sendable {
    private(set) var replies: [MilterReply] = []
    /// What the mail server must allow.
    private(set) var needed: MilterActions = []

    /// - Returns: `nil` for what the protocol cannot say: an address is to get nothing and stands in the envelope a
    ///   second time, to be delivered to.
    init?(of message: MilterMessage, _ delivery: MilterDelivery, keepsLeadingSpace: Bool) {
        let recipients = message.transaction.recipients
        let withheld = delivery.withheld.sorted().filter { recipients.indices.contains($0) }.map {
            recipients[$0].mailbox
        }
        let kept = recipients.indices.filter { !delivery.withheld.contains($0) }.map { recipients[$0].mailbox }
        guard Set(withheld).isDisjoint(with: kept + delivery.added) else { return nil }
        if let sender = delivery.sender, sender != message.transaction.reversePath {
            add(.changeSender(sender), .changeSender)
        }
        var deleted: Set<Mailbox> = []
        for mailbox in withheld where deleted.insert(mailbox).inserted {
            add(.deleteRecipient(mailbox), .deleteRecipients)
        }
        for mailbox in delivery.added { add(.addRecipient(mailbox), .addRecipients) }
        if let content = delivery.content { change(message, to: content, keepsLeadingSpace) }
    }

    private mutating func add(_ reply: MilterReply, _ action: MilterActions) {
        replies.append(reply)
        needed.insert(action)
    }

    private mutating func change(_ message: MilterMessage, to content: [UInt8], _ keepsLeadingSpace: Bool) {
        let new = HeaderSplit(content)
        let edits = FieldEdits(from: message.fields, to: new.fields)
        let written = { (value: [UInt8]) in
            keepsLeadingSpace || value.first != ASCII.space ? value : Array(value.dropFirst())
        }
        for index in edits.removed.reversed() {
            add(
                .changeHeader(index: edits.ordinals[index], name: message.fields[index].name, value: []), .changeHeaders
            )
        }
        for index in edits.inserted {
            let field = new.fields[index]
            let value = written(field.value)
            // The mail server's own field stands above all of them.
            add(
                index >= edits.tail
                    ? .addHeader(name: field.name, value: value)
                    : .insertHeader(index: index + 1, name: field.name, value: value), .addHeaders)
        }
        let old = message.content[message.bodyStart...]
        guard !old.elementsEqual(content[new.bodyStart...]) else { return }
        var rest = content[new.bodyStart...]
        repeat {
            add(.replaceBody(rest.prefix(MilterReply.bodyPiece)), .changeBody)
            rest = rest.dropFirst(MilterReply.bodyPiece)
        } while !rest.isEmpty
    }
}

/// A message's header section as the milter protocol has it, and where the body begins.
struct HeaderSplit {
    private(set) var fields: [MilterField] = []
    private(set) var bodyStart: Int

    init(_ content: [UInt8]) {
        bodyStart = content.count
        var start = 0
        while start < content.count {
            let end = content[start...].firstIndex(of: ASCII.lineFeed) ?? content.count
            var line = content[start..<end]
            if line.last == ASCII.carriageReturn { line.removeLast() }
            let next = min(end + 1, content.count)
            if line.isEmpty {
                bodyStart = next
                return
            }
            if ASCII.space == line.first || ASCII.tab == line.first, !fields.isEmpty {
                fields[fields.count - 1].value += [ASCII.lineFeed] + line
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(ASCII.isGraphic)
            {
                fields.append(MilterField(name: Array(line[..<colon]), value: Array(line[(colon + 1)...])))
            } else {
                // No field: the body begins, as every mail server would have it.
                bodyStart = start
                return
            }
            start = next
        }
    }
}

/// Which fields go and which come, in one pass: the fields that both lists have in the same order stay.
struct FieldEdits {
    /// Positions in the old list, ascending.
    private(set) var removed: [Int] = []
    /// Positions in the new list, ascending.
    private(set) var inserted: [Int] = []
    /// From here on all of the new list is inserted.
    private(set) var tail = 0
    /// Of each old field the place among those of its name, from 1.
    private(set) var ordinals: [Int] = []

    init(from old: [MilterField], to new: [MilterField]) {
        var counts: [[UInt8]: Int] = [:]
        for field in old {
            counts[field.key, default: 0] += 1
            ordinals.append(counts[field.key] ?? 1)
        }
        var places: [MilterField: [Int]] = [:]
        for index in old.indices.reversed() { places[old[index], default: []].append(index) }
        var next = 0
        for (index, field) in new.enumerated() {
            // Places before `next` are passed for good, so each is looked at once.
            while let place = places[field]?.last, place < next { places[field]?.removeLast() }
            guard let place = places[field]?.last else {
                inserted.append(index)
                continue
            }
            removed += next..<place
            next = place + 1
            tail = index + 1
        }
        removed += next..<old.count
    }
}
