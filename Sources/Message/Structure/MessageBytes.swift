import Glibc

/// One immutable buffer: a raw message, or a nested one after its transfer encoding was undone. Ranges of parts, fields
/// and anomalies are offsets into the buffer of their part.
public struct MessageBytes: Sendable, Equatable {
    /// The bytes themselves.
    public let array: [UInt8]

    /// A buffer holding `bytes`.
    public init(_ bytes: [UInt8]) { array = bytes }

    /// A buffer holding the UTF-8 of `text`, for samples and tests.
    public init(text: String) { array = Array(text.utf8) }

    /// Number of bytes.
    public var count: Int { array.count }

    /// The bytes of `range`, shared and not copied. A range outside the buffer is cut to it.
    public subscript(range: Range<Int>) -> ArraySlice<UInt8> { array[range.clamped(to: 0..<array.count)] }

    /// The bytes of `range` as text: UTF-8 with replacement characters.
    public func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

    /// The first place of `byte` in `range`, by memchr.
    public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        let range = range.clamped(to: 0..<array.count)
        return array.withUnsafeBytes { raw -> Int? in
            guard let base = raw.baseAddress, !range.isEmpty,
                let hit = memchr(base + range.lowerBound, Int32(byte), range.count)
            else { return nil }
            return UnsafeRawPointer(hit) - base
        }
    }
}
