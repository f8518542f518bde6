import Vocabulary

/// The objects of a rich text: what stands as hexadecimal digits, or as bytes, in its groups `\objdata`.
///
/// Takes the text; gives the objects' files. Word skips nearly everything that is no digit, and hostile texts put much
/// of that between digits: blanks, control words with and without numbers, groups to be ignored, bytes by `\bin`.
/// One pass, with a stack of one byte for each open group.
struct RichTextObjects {
    /// What the text of a group is for.
    private enum Destination: UInt8 {
        case other, object, ignored
    }

    private let bytes: [UInt8]
    private var place = 0
    private var stack: [Destination] = []
    private var current = Destination.other
    /// Whether the group has just begun, or began with `\*`: the next control word names its destination.
    private var isStart = false
    private var isIgnorable = false
    private var object: [UInt8] = []
    /// The same with the digits of groups that are to be ignored: readers differ.
    private var loose: [UInt8] = []
    private var nibble: UInt8?
    private var looseNibble: UInt8?
    private var objectDepth = 0
    private var isObfuscated = false
    private var isComplete = true

    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var reader = RichTextObjects(bytes: bytes)
        reader.run(&found)
        if !reader.isComplete { found.missing.formUnion(.damaged) }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run(_ found: inout EmbeddedFiles) {
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "{"): openGroup()
            case UInt8(ascii: "}"): closeGroup(&found)
            case UInt8(ascii: "\\"): control()
            case 0x0A, 0x0D: break
            default: text(byte)
            }
        }
        if objectDepth > 0 {
            isComplete = false
            finish(&found)
        }
    }

    private mutating func openGroup() {
        guard stack.count < InspectionLimits.richTextDepth else {
            isComplete = false
            return
        }
        stack.append(current)
        isStart = true
        isIgnorable = false
    }

    private mutating func closeGroup(_ found: inout EmbeddedFiles) {
        if objectDepth > 0, stack.count == objectDepth { finish(&found) }
        current = stack.popLast() ?? .other
        isStart = false
    }

    private mutating func text(_ byte: UInt8) {
        isStart = false
        guard objectDepth > 0 else { return }
        guard let digit = HexDigit.value(byte) else {
            if byte > 0x20 { isObfuscated = true }
            return
        }
        if current == .object { Self.add(digit, &nibble, &object) }
        Self.add(digit, &looseNibble, &loose)
    }

    private static func add(_ digit: UInt8, _ nibble: inout UInt8?, _ bytes: inout [UInt8]) {
        if let upper = nibble {
            bytes.append(upper << 4 | digit)
            nibble = nil
        } else {
            nibble = digit
        }
    }

    /// A control word with its number and the blank that ends it, or a control symbol.
    private mutating func control() {
        guard place < bytes.count else { return }
        guard Self.isLetter(bytes[place]) else { return symbol() }
        let start = place
        while place < bytes.count, Self.isLetter(bytes[place]) { place += 1 }
        let word = bytes[start..<place]
        var number: Int?
        let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
        if isNegative { place += 1 }
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
            number = min((number ?? 0) * 10 + Int(bytes[place] - 0x30), bytes.count)
            place += 1
        }
        if place < bytes.count, bytes[place] == 0x20 { place += 1 }
        meaning(of: word.map { $0 | 0x20 }, isNegative ? 0 : number ?? 0)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private mutating func symbol() {
        let symbol = bytes[place]
        place += 1
        switch symbol {
        case UInt8(ascii: "*"): isIgnorable = true
        // A byte of text by two digits, which are none of the object.
        case UInt8(ascii: "'"):
            place = min(bytes.count, place + 2)
            isStart = false
            if objectDepth > 0 { isObfuscated = true }
        default:
            if objectDepth > 0 { isObfuscated = true }
        }
    }

    private mutating func meaning(of word: [UInt8], _ number: Int) {
        let wasStart = isStart
        isStart = false
        if word.elementsEqual("objdata".utf8) {
            current = .object
            if objectDepth == 0 { objectDepth = max(1, stack.count) } else { isObfuscated = true }
        } else if word.elementsEqual("bin".utf8) {
            binary(number)
        } else if objectDepth > 0 {
            isObfuscated = true
            if wasStart, isIgnorable { current = .ignored }
        }
        isIgnorable = false
    }

    private mutating func binary(_ count: Int) {
        let end = min(bytes.count, place + count)
        if objectDepth > 0 {
            if current == .object { object += bytes[place..<end] }
            loose += bytes[place..<end]
        }
        place = end
    }

    private mutating func finish(_ found: inout EmbeddedFiles) {
        objectDepth = 0
        if isObfuscated {
            found.note(
                "rtf-obfuscated-object", "an object's digits are broken up by what programs skip", isMalformed: true)
        }
        if !object.isEmpty { ObjectData.take(object, into: &found) }
        if loose != object, !loose.isEmpty { ObjectData.take(loose, into: &found) }
        object = []
        loose = []
        nibble = nil
        looseNibble = nil
        isObfuscated = false
    }
}
