import Glibc

/// Every place in a file where a record of a zip may stand, told by its signature.
///
/// Whatever index a program goes by, it ends at one of these: what is found here is all that any of them can find.
/// One pass over the bytes.
struct ZipSignatures {
    private(set) var locals: [Int] = []
    private(set) var directories: [Int] = []
    private(set) var ends: [Int] = []
    private(set) var descriptors: [Int] = []
    /// Whether there were more than are kept.
    private(set) var isCut = false

    init(in bytes: UnsafeRawBufferPointer, limit: Int) {
        guard let base = bytes.baseAddress, bytes.count >= 4 else { return }
        let last = bytes.count - 4
        var offset = 0
        while offset <= last, let hit = memchr(base + offset, 0x50, last + 1 - offset) {
            offset = UnsafeRawPointer(hit) - base
            if bytes[offset + 1] == 0x4B { note(bytes[offset + 2], bytes[offset + 3], at: offset, limit: limit) }
            offset += 1
        }
    }

    private mutating func note(_ third: UInt8, _ fourth: UInt8, at offset: Int, limit: Int) {
        switch (third, fourth) {
        case (3, 4): Self.append(offset, to: &locals, limit, &isCut)
        case (1, 2): Self.append(offset, to: &directories, limit, &isCut)
        case (5, 6): Self.append(offset, to: &ends, limit, &isCut)
        case (7, 8): Self.append(offset, to: &descriptors, limit, &isCut)
        default: break
        }
    }

    private static func append(_ offset: Int, to list: inout [Int], _ limit: Int, _ isCut: inout Bool) {
        guard list.count < limit else {
            isCut = true
            return
        }
        list.append(offset)
    }
}

extension [Int] {
    /// The part of an ascending list that lies in `range`.
    func ascending(in range: Range<Int>) -> ArraySlice<Int> {
        let first = firstAscending { $0 >= range.lowerBound }
        let last = firstAscending { $0 >= range.upperBound }
        return self[first..<Swift.max(first, last)]
    }

    /// The index of the first number of an ascending list for which `isReached` holds.
    func firstAscending(where isReached: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isReached(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
