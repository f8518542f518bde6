/// Purpose: the text of policies, places in it, and what is said about them.
/// Takes: bytes and spans. Gives: diagnostics, rendered for people and for programs. Fails: never.
/// Limits: `Limits.swift`. Must not import: anything of the project.

/// Names one file of a set of sources; cheap to keep in every span.
public struct FileID: Hashable, Sendable, Comparable {
    /// The position of the file in its set.
    public let index: Int32

    /// Makes the name of the file at a position.
    public init(_ index: Int) { self.index = Int32(truncatingIfNeeded: index) }

    /// Orders files as they were added.
    public static func < (left: FileID, right: FileID) -> Bool { left.index < right.index }
}

/// A place of a file as people count it: both from one; columns are Unicode scalars.
public struct SourcePosition: Hashable, Sendable {
    /// The line, the first being 1.
    public let line: Int
    /// The column in Unicode scalars, the first being 1.
    public let column: Int
}

/// A policy file as it was read: its bytes, whatever they are, and where its lines begin.
public struct SourceFile: Sendable {
    /// The file's name within its set.
    public let id: FileID
    /// The path shown in diagnostics.
    public let path: String
    /// The bytes as read; they need not be valid UTF-8.
    public let bytes: [UInt8]
    /// The offset of the first byte of each line.
    public let lineStarts: [Int]
    /// How many scalars start before each stretch of `stretchBytes`, so that a column costs no walk over a long line: a
    /// file of one line with a hundred thousand conditions asks for a hundred thousand columns.
    private let scalarsBefore: [Int]
    private static let stretchBytes = 512

    /// Makes a file of bytes. Costs one pass over them.
    public init(id: FileID = FileID(0), path: String, bytes: [UInt8]) {
        self.id = id
        self.path = path
        self.bytes = bytes
        var starts = [0]
        var before: [Int] = []
        var scalars = 0
        for (offset, byte) in bytes.enumerated() {
            if offset % Self.stretchBytes == 0 { before.append(scalars) }
            if byte & 0xC0 != 0x80 { scalars += 1 }
            if byte == 0x0A { starts.append(offset + 1) }
        }
        before.append(scalars)
        lineStarts = starts
        scalarsBefore = before
    }

    /// Makes a file of a string.
    public init(id: FileID = FileID(0), path: String, text: String) {
        self.init(id: id, path: path, bytes: Array(text.utf8))
    }

    /// The number of the line (from zero) that holds a byte offset; logarithmic.
    public func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line (from zero) without its line end.
    public func lineRange(_ index: Int) -> Range<Int> {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return start..<max(start, end)
    }

    /// The line and column of a byte offset; offsets past the end are the end.
    public func position(of offset: Int) -> SourcePosition {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineIndex(of: offset)
        return SourcePosition(line: line + 1, column: scalars(before: offset) - scalars(before: lineStarts[line]) + 1)
    }

    /// How many scalars start before a byte offset; costs at most one stretch.
    private func scalars(before offset: Int) -> Int {
        let stretch = min(offset / Self.stretchBytes, scalarsBefore.count - 1)
        // Behind a file of whole stretches stands the sum of all, which is the count before its end.
        guard stretch * Self.stretchBytes < offset else { return scalarsBefore[stretch] }
        return bytes[(stretch * Self.stretchBytes)..<offset].reduce(scalarsBefore[stretch]) {
            $1 & 0xC0 == 0x80 ? $0 : $0 + 1
        }
    }

    /// The text of a range of bytes, faulty bytes replaced; a range outside the file is cut to it.
    public func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// The text of a span of this file.
    public func text(_ span: SourceSpan) -> String { text(span.range) }
}

/// A range of bytes of a file.
public struct SourceSpan: Hashable, Sendable {
    /// The file.
    public let file: FileID
    /// The offset of the first byte.
    public let start: Int
    /// The offset behind the last byte; never before `start`.
    public let end: Int

    /// Makes a span; an end before the start is moved to the start.
    public init(file: FileID, start: Int, end: Int) {
        self.file = file
        self.start = start
        self.end = max(start, end)
    }

    /// The offsets as a range.
    public var range: Range<Int> { start..<end }

    /// The span from this one's start to another's end (in the same file).
    public func joined(to other: SourceSpan) -> SourceSpan {
        SourceSpan(file: file, start: min(start, other.start), end: max(end, other.end))
    }

    /// The empty span before this one.
    public var before: SourceSpan { SourceSpan(file: file, start: start, end: start) }

    /// The empty span behind this one.
    public var after: SourceSpan { SourceSpan(file: file, start: end, end: end) }
}

/// The files of one policy; spans are resolved through it.
public struct SourceSet: Sendable {
    /// The files, each at the index its `id` tells.
    public private(set) var files: [SourceFile] = []

    /// Makes a set without files.
    public init() {}

    /// Makes a set of files; their `id`s are given anew, in order.
    public init(_ files: [SourceFile]) {
        for file in files { add(path: file.path, bytes: file.bytes) }
    }

    /// Adds a file and returns it with its `id`.
    @discardableResult
    public mutating func add(path: String, bytes: [UInt8]) -> SourceFile {
        let file = SourceFile(id: FileID(files.count), path: path, bytes: bytes)
        files.append(file)
        return file
    }

    /// The file of that name, or nil where the set has none.
    public subscript(_ id: FileID) -> SourceFile? {
        let index = Int(id.index)
        return files.indices.contains(index) ? files[index] : nil
    }
}
