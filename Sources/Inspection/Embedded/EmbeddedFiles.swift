import Glibc
import Vocabulary

/// A file that stands within a document, as its reader took it out.
struct EmbeddedFile {
    /// Every name it bears, the one that is shown first; empty if it has none.
    var names: [String] = []
    var bytes: [UInt8]
    /// Why bytes are missing.
    var unread: Reasons = []
}

/// What a reader took out of a document, within what is left of the message's budgets.
struct EmbeddedFiles {
    private(set) var files: [EmbeddedFile] = []
    /// Why there may be files that were not taken out.
    var missing: Reasons = []
    private(set) var anomalies: [NodeAnomaly] = []
    /// How many bytes further files may have.
    private(set) var remainingBytes: Int
    private let count: Int
    private let contentBytes: Int

    init(count: Int, totalBytes: Int, contentBytes: Int) {
        self.count = count
        remainingBytes = totalBytes
        self.contentBytes = contentBytes
    }

    /// Whether nothing more is taken.
    var isFull: Bool { files.count >= count || remainingBytes <= 0 }

    /// The most bytes that the next file may have.
    var room: Int { min(contentBytes, remainingBytes) }

    /// Adds a file; without its end, and saying so, where it is longer than what is left.
    mutating func add(_ names: [String], _ bytes: some Collection<UInt8>, unread: Reasons = []) {
        guard !isFull else {
            missing.formUnion(.overLimit)
            return
        }
        let given = names.lazy.filter { !$0.isEmpty }
        let names = Array(given.prefix(InspectionLimits.embeddedNames))
        if given.dropFirst(names.count).first != nil { missing.formUnion(.overLimit) }
        let isCut = bytes.count > room
        let kept = isCut ? Array(bytes.prefix(room)) : Array(bytes)
        remainingBytes -= kept.count
        files.append(
            EmbeddedFile(
                names: names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element),
                bytes: kept, unread: isCut ? unread.union(.overLimit) : unread))
    }

    /// Adds a file unless another way of looking has found it already.
    mutating func addNew(_ bytes: [UInt8]) {
        if !files.contains(where: { $0.bytes == bytes }) { add([], bytes) }
    }

    mutating func note(_ anomaly: NodeAnomaly) {
        if !anomalies.contains(where: { $0.name == anomaly.name }) { anomalies.append(anomaly) }
    }

    /// Something that the document does by itself, or carries, is told of in the same way as a breach of format.
    mutating func note(_ name: String, _ sentence: String, isMalformed: Bool = false) {
        note(
            NodeAnomaly(name: name, sentence: sentence, range: nil, isMalformed: isMalformed, isAmbiguous: false))
    }
}

/// A reader's place in bytes; every step is checked, and a step beyond the end gives nothing.
struct ByteCursor {
    let bytes: ArraySlice<UInt8>
    private(set) var offset: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
    }

    init(_ bytes: [UInt8]) { self.init(bytes[...]) }

    var left: Int { bytes.endIndex - offset }

    /// The next `count` bytes, if so many are left.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= left else { return nil }
        defer { offset += count }
        return bytes[offset..<(offset + count)]
    }

    /// A little-endian number of `count` bytes, four at most.
    mutating func number(_ count: Int) -> Int? {
        take(count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    /// The bytes up to a zero, which is passed.
    mutating func zeroTerminated() -> ArraySlice<UInt8>? {
        guard let end = bytes[offset...].firstIndex(of: 0) else { return nil }
        defer { offset = end + 1 }
        return bytes[offset..<end]
    }

    /// Passes what fills up to a multiple of `unit`, counted from the start.
    mutating func align(to unit: Int) {
        let rest = (offset - bytes.startIndex) % unit
        if rest != 0 { offset = min(bytes.endIndex, offset + unit - rest) }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where a byte next stands, by the C library's search: long texts have few of those that are looked for.
    func next(_ byte: UInt8, from start: Int) -> Int? {
        guard let base = baseAddress, start >= 0, start < count,
            let hit = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
    }
}
