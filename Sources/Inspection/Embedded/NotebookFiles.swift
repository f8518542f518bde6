import Vocabulary

/// Files attached to a OneNote page: each stands whole behind the mark of a FileDataStoreObject ([MS-ONESTORE] 2.6.13).
///
/// The marks are searched for instead of following the notebook's revisions: files that a later revision dropped are
/// found too, and a bent index hides nothing.
enum NotebookFiles {
    /// {BDE316E7-2665-4511-A4C4-8D4D0B7A9EAC} as stored.
    private static let mark: [UInt8] = [
        0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC,
    ]
    /// The mark, the size in eight bytes, and twelve bytes that mean nothing.
    private static let headerBytes = 36

    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        var place = 0
        while let start = bytes.firstIndex(ofSequence: mark, from: place) {
            guard !found.isFull else {
                found.missing.formUnion(.overLimit)
                return
            }
            let data = start + headerBytes
            guard data <= bytes.count else {
                found.missing.formUnion(.damaged)
                return
            }
            let size = bytes.withUnsafeBytes { $0.little(at: start + 16, count: 4) }
            let isFar = bytes[(start + 20)..<(start + 24)].contains { $0 != 0 }
            let isCut = isFar || size > bytes.count - data
            let end = isCut ? bytes.count : data + size
            found.add([], bytes[data..<end], unread: isCut ? .damaged : [])
            // A size that lies may reach over the next file.
            place = start + mark.count
        }
    }
}
