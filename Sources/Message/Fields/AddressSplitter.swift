/// Splits an address list (RFC 5322 section 3.4) into mailboxes and names its groups. GMime reads the mailboxes one by
/// one: handed a whole list, it looks ahead from each element without a domain, which takes seconds for 64 KB of commas.
struct AddressSplitter {
    /// One element of the list and the group it stands in.
    struct Element {
        let text: ArraySlice<UInt8>
        let group: ArraySlice<UInt8>?
    }

    private let input: [UInt8]
    private var position = 0
    private(set) var elements: [Element] = []
    private var group: ArraySlice<UInt8>?
    private var start = 0
    private var hasAt = false
    private var hasAngle = false

    /// Commas inside an unquoted display name ("Doe, John <j@example.org>") that are taken as part of it.
    private static let nameCommas = 3
    /// The last comma passed over because no address came before it.
    private var pendingCommas: [Int] = []

    init(_ value: [UInt8]) {
        input = value
        while position < input.count { step() }
        finish(at: input.count)
    }

    private mutating func step() {
        switch input[position] {
        case 0x22: skipQuoted()
        case 0x28: skipComment()
        case 0x3C:
            hasAngle = true
            skipAngle()
        case 0x5B: skip(to: 0x5D)
        case 0x40:
            hasAt = true
            position += 1
        case 0x3A where group == nil && !hasAt && !hasAngle:
            // What preceded unfinished commas is no part of a group's name.
            if let comma = pendingCommas.last { flushPending(upTo: comma) }
            group = input[start..<position]
            position += 1
            begin()
        case 0x3B:
            finish(at: position)
            group = nil
            position += 1
            begin()
        case 0x2C: comma()
        default: position += 1
        }
    }

    private mutating func comma() {
        if hasAt || hasAngle {
            finish(at: position)
            position += 1
            begin()
        } else {
            pendingCommas.append(position)
            if pendingCommas.count > Self.nameCommas { flushPending(upTo: pendingCommas[0]) }
            position += 1
        }
    }

    private mutating func begin() {
        start = position
        hasAt = false
        hasAngle = false
        pendingCommas.removeAll(keepingCapacity: true)
    }

    /// Gives out what stands before the comma at `place` as elements of their own.
    private mutating func flushPending(upTo place: Int) {
        while let comma = pendingCommas.first, comma <= place {
            add(start..<comma)
            start = comma + 1
            pendingCommas.removeFirst()
        }
    }

    private mutating func finish(at end: Int) {
        // Commas belong to a display name only where an angle address follows it.
        if !hasAngle, let comma = pendingCommas.last { flushPending(upTo: comma) }
        add(start..<max(start, end))
    }

    private mutating func add(_ range: Range<Int>) {
        let text = input[range]
        if text.contains(where: { $0 > 0x20 }) { elements.append(Element(text: text, group: group)) }
    }

    private mutating func skipQuoted() {
        position += 1
        while position < input.count, input[position] != 0x22 { position += input[position] == 0x5C ? 2 : 1 }
        position = min(position + 1, input.count)
    }

    private mutating func skipComment() {
        var level = 0
        while position < input.count {
            let byte = input[position]
            position += byte == 0x5C ? 2 : 1
            if byte == 0x28 { level += 1 }
            if byte == 0x29 {
                level -= 1
                if level == 0 { break }
            }
        }
        position = min(position, input.count)
    }

    private mutating func skipAngle() {
        position += 1
        while position < input.count, input[position] != 0x3E {
            if input[position] == 0x22 {
                skipQuoted()
            } else {
                position += 1
            }
        }
        position = min(position + 1, input.count)
    }

    private mutating func skip(to byte: UInt8) {
        while position < input.count, input[position] != byte { position += 1 }
        position = min(position + 1, input.count)
    }
}
