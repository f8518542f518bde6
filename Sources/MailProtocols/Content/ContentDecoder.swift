import Glibc

/// What in a message's bytes would let another server see its end elsewhere, and with it a second message of the sender's
/// making ("SMTP smuggling"). A message with one is refused.
public enum ContentFault: Hashable, Sendable {
    /// A line feed without a carriage return (RFC 5321 2.3.8).
    case bareLineFeed
    /// A dot alone between two line ends of which one is a carriage return alone.
    case loneDotBesideCarriageReturn

    public var reply: Reply {
        let what =
            switch self {
            case .bareLineFeed: "a line feed without a carriage return"
            case .loneDotBesideCarriageReturn: "a lone dot beside a carriage return without a line feed"
            }
        return Reply(
            554, EnhancedStatus(5, 6, 0), "the message has \(what): it is read differently by different servers")
    }
}

/// How the end of a message is told.
public enum ContentFraming: Sendable {
    /// DATA: by a dot on a line of its own; other lines that begin with a dot have one more (RFC 5321 4.5.2).
    case dot
    /// BDAT: by a count of bytes, which the caller keeps (RFC 3030).
    case counted
}

/// Takes the bytes of a message out of its framing, in pieces of any size.
///
/// One pass, by `memchr`; nothing is copied. Other stray carriage returns pass: whether they hide something is a question
/// of inspection.
public struct ContentDecoder: Sendable {
    private enum State {
        case lineStart
        /// Behind a dot that begins a line.
        case dot
        /// Behind that dot and a carriage return, which has not been given out in dot framing.
        case dotCarriageReturn
        case line
        /// Behind a carriage return in a line.
        case carriageReturn
        /// Behind a carriage return alone, and a dot.
        case strayDot
    }

    private let framing: ContentFraming
    private var state = State.lineStart
    /// The first fault. From there on no bytes are given out; the end is still found.
    public private(set) var fault: ContentFault?
    public private(set) var isAtEnd = false

    public init(framing: ContentFraming) { self.framing = framing }

    /// Takes bytes from the wire, and hands on those of the message.
    ///
    /// - Parameter give: called with slices of `bytes`, valid during the call only.
    /// - Returns: how many bytes belong to the message with its framing: all, unless its end was found before.
    public mutating func take(
        _ bytes: UnsafeRawBufferPointer, give: (UnsafeRawBufferPointer) -> Void
    ) -> Int {
        var from = 0
        var index = 0
        var search = LineEndSearch(bytes: bytes)
        while index < bytes.count, !isAtEnd {
            let byte = bytes[index]
            switch state {
            case .lineStart:
                guard byte == ASCII.dot else {
                    state = .line
                    continue
                }
                state = .dot
                if framing == .dot {
                    hand(bytes, from, index, give)
                    from = index + 1
                }
                index += 1
            case .dot:
                guard byte == ASCII.carriageReturn else {
                    state = .line
                    continue
                }
                state = .dotCarriageReturn
                if framing == .dot { from = index + 1 }
                index += 1
            case .dotCarriageReturn:
                if byte == ASCII.lineFeed {
                    state = .lineStart
                    isAtEnd = framing == .dot
                    index += 1
                    if isAtEnd { from = index }
                } else {
                    note(.loneDotBesideCarriageReturn)
                    state = .carriageReturn
                }
            case .line:
                let end = search.next(from: index)
                index = min(end + 1, bytes.count)
                guard end < bytes.count else { continue }
                if bytes[end] == ASCII.carriageReturn { state = .carriageReturn } else { note(.bareLineFeed) }
            case .carriageReturn:
                state = Self.behindCarriageReturn(byte)
                if state != .line { index += 1 }
            case .strayDot:
                if byte == ASCII.carriageReturn { note(.loneDotBesideCarriageReturn) }
                state = .line
            }
        }
        hand(bytes, from, index, give)
        return index
    }

    /// Any other byte begins a line's next piece and is looked at as such.
    private static func behindCarriageReturn(_ byte: UInt8) -> State {
        switch byte {
        case ASCII.lineFeed: .lineStart
        case ASCII.dot: .strayDot
        case ASCII.carriageReturn: .carriageReturn
        default: .line
        }
    }

    /// Tells that a counted message is whole. Where its last line has no end, who sends it on gives it one, and what it
    /// becomes then counts.
    public mutating func finish() {
        if state == .strayDot { note(.loneDotBesideCarriageReturn) }
        isAtEnd = true
    }

    private mutating func note(_ found: ContentFault) {
        if fault == nil { fault = found }
    }

    private func hand(
        _ bytes: UnsafeRawBufferPointer, _ from: Int, _ to: Int, _ give: (UnsafeRawBufferPointer) -> Void
    ) {
        guard fault == nil, from < to else { return }
        give(UnsafeRawBufferPointer(rebasing: bytes[from..<to]))
    }
}

/// The next CR or LF of a piece, each byte looked at twice at most however many there are of one and none of the other.
private struct LineEndSearch {
    private let bytes: UnsafeRawBufferPointer
    /// The first CR at or behind where the last search began; the count of bytes where there is none.
    private var carriageReturn = -1

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// - Returns: its index; the count of bytes where there is none.
    mutating func next(from start: Int) -> Int {
        if carriageReturn < start { carriageReturn = first(ASCII.carriageReturn, in: start..<bytes.count) }
        return first(ASCII.lineFeed, in: start..<carriageReturn)
    }

    private func first(_ byte: UInt8, in range: Range<Int>) -> Int {
        guard let base = bytes.baseAddress, !range.isEmpty,
            let found = memchr(base + range.lowerBound, Int32(byte), range.count)
        else { return range.upperBound }
        return base.distance(to: UnsafeRawPointer(found))
    }
}
