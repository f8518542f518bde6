import CMSPack
import Glibc

/// A compiled help file (CHM) in memory, read by libmspack: opened for one reading, closed when the value ends.
///
/// The bytes must stay in place as long as it lives, so it never leaves the closure that lends them.
struct HelpFile: ~Copyable {
    /// A file in it, as its directory has it.
    struct Item {
        let name: [UInt8]
        let size: Int
        /// Where its content starts among those of its section.
        let offset: Int
        fileprivate let place: UnsafeRawPointer
    }

    /// What became of a file's content.
    enum Ending {
        case whole, stopped, broken
    }

    private let pointer: OpaquePointer

    /// Nil without memory.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, let pointer = lz_help_open(base, bytes.count)
        else { return nil }
        self.pointer = pointer
    }

    deinit { lz_help_close(pointer) }

    /// Whether its directory could be read.
    var isRead: Bool { lz_help_is_read(pointer) != 0 }

    /// The files in the directory's order, at most `count`: those that are shown, or those of the system.
    func items(ofSystem: Bool, count: Int) -> [Item] {
        var items: [Item] = []
        var next = lz_help_first(pointer, ofSystem ? 1 : 0)
        while items.count < count, let place = next {
            let file = lz_help_file_at(place)
            let name = file.name.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
            items.append(Item(name: name, size: Int(file.length), offset: Int(file.offset), place: place))
            next = file.next
        }
        return items
    }

    /// The content of a file: at most `room` bytes, within so many bytes read, which are counted down, and milliseconds.
    func content(
        of item: Item, room: Int, reads: inout Int, milliseconds: Int64
    ) -> (bytes: [UInt8], ending: Ending) {
        var left = max(0, reads)
        defer { reads = left }
        var isWhole: Int32 = 0
        var isStopped: Int32 = 0
        // A size is only declared: what is set aside for it has a bound of its own.
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, min(room, item.size))) { buffer, count in
            count = lz_help_extract(
                pointer, item.place, buffer.baseAddress, buffer.count, &left, milliseconds, &isWhole, &isStopped)
        }
        return (bytes, isWhole != 0 ? .whole : isStopped != 0 ? .stopped : .broken)
    }
}
