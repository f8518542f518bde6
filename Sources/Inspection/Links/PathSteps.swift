/// The steps of a path between its slashes, of which `.` and `..` are directions, not names.
extension WebAddress {
    /// A path that starts from a folder, with a slash in front and its directions followed. Takes the length of the
    /// reference and one copy of the folder, however many steps that has: a page may have thousands of links and a base
    /// of thousands of steps.
    ///
    /// - Parameters:
    ///   - reference: steps between slashes of either kind.
    ///   - folder: begins and ends with a slash and holds no directions; empty for the topmost.
    static func path(_ reference: [UInt8], in folder: ArraySlice<UInt8>) -> [UInt8] {
        var path: [UInt8] = []
        path.reserveCapacity(folder.count + reference.count + 1)
        path += folder
        var start = 0
        if path.isEmpty {
            path.append(UInt8(ascii: "/"))
            if let first = reference.first, isSlash(first) { start = 1 }
        }
        while true {
            let end = reference[start...].firstIndex(where: isSlash) ?? reference.endIndex
            let step = reference[start..<end]
            // Invariant: the path so far ends with a slash.
            if step.elementsEqual([0x2E, 0x2E]) {
                leaveFolder(&path)
            } else if !step.elementsEqual([0x2E]) {
                path += step
                if end < reference.endIndex { path.append(UInt8(ascii: "/")) }
            }
            guard end < reference.endIndex else { return path }
            start = end + 1
        }
    }

    private static func isSlash(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }

    /// Drops the last step and leaves the slash in front of it. No step is left above the topmost folder.
    private static func leaveFolder(_ path: inout [UInt8]) {
        guard path.count > 1 else { return }
        path.removeLast()
        while let last = path.last, last != UInt8(ascii: "/") { path.removeLast() }
    }
}

/// Addresses are hashed run by run: byte by byte costs more than reading them.
extension WebAddress: Hashable {
    func hash(into hasher: inout Hasher) {
        for run in [host.written, path, query ?? [], fragment ?? []] { hasher.combine(run: run) }
    }
}

extension Hasher {
    /// Feeds bytes and their number.
    mutating func combine(run bytes: [UInt8]) {
        combine(bytes.count)
        bytes.withUnsafeBytes { combine(bytes: $0) }
    }
}
