import Glibc

/// Puts a message into the framing of DATA, in pieces of any size (RFC 5321 4.5.2). Nothing is copied.
public struct DotStuffing: Sendable {
    /// Ends the message, once all its bytes are sent.
    public static let end: [UInt8] = [ASCII.dot, ASCII.carriageReturn, ASCII.lineFeed]

    private var isAtLineStart = true

    public init() {}

    /// - Parameter give: called with slices for the wire, valid during the call only.
    public mutating func take(_ bytes: UnsafeRawBufferPointer, give: (UnsafeRawBufferPointer) -> Void) {
        guard let base = bytes.baseAddress, let final = bytes.last else { return }
        var from = 0
        if isAtLineStart, bytes[0] == ASCII.dot { Self.giveDot(give) }
        var line = 0
        while let found = memchr(base + line, Int32(ASCII.lineFeed), bytes.count - line) {
            line = base.distance(to: UnsafeRawPointer(found)) + 1
            guard line < bytes.count else { break }
            guard bytes[line] == ASCII.dot else { continue }
            give(UnsafeRawBufferPointer(rebasing: bytes[from..<line]))
            Self.giveDot(give)
            from = line
        }
        give(UnsafeRawBufferPointer(rebasing: bytes[from...]))
        isAtLineStart = final == ASCII.lineFeed
    }

    /// What is missing before the end: a line end where the message has none of its own.
    public var missingLineEnd: [UInt8] { isAtLineStart ? [] : [ASCII.carriageReturn, ASCII.lineFeed] }

    private static func giveDot(_ give: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeBytes(of: ASCII.dot, give)
    }
}
