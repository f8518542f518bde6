/// The bytes of a disk, or of a part of it, wherever they lie in the file that holds them.
///
/// Virtual disks keep only the blocks that were written. Nothing is copied to put them in order: a place is looked up
/// whenever it is read, so that a disk of terabytes costs what is read of it.
struct DiskSource {
    /// How the places of a disk lie in its file.
    enum Layout: Hashable {
        case plain
        /// Blocks of a VHD by a table at `table`; `bitmap` bytes stand before each and tell which sectors were written.
        case blocks(table: Int, count: Int, blockBytes: Int, bitmap: Int, heedsBitmap: Bool)
        /// Blocks of a VHDX by a table at `table`, in which a record for bitmaps follows each `ratio` of blocks.
        case wideBlocks(table: Int, count: Int, blockBytes: Int, ratio: Int)
    }

    /// The file.
    let file: UnsafeRawBufferPointer
    let layout: Layout
    /// Where this part starts on the disk.
    let start: Int
    let count: Int
    let sectorBytes: Int

    init(
        _ file: UnsafeRawBufferPointer, layout: Layout = .plain, start: Int = 0, count: Int? = nil,
        sectorBytes: Int = 512
    ) {
        self.file = file
        self.layout = layout
        self.start = start
        self.count = max(0, count ?? file.count - start)
        self.sectorBytes = sectorBytes
    }

    /// A part of the disk, cut at its end; nil if it starts behind that or nowhere.
    func part(from offset: Int, count length: Int) -> DiskSource? {
        guard offset >= 0, offset < count, length > 0 else { return nil }
        return DiskSource(
            file, layout: layout, start: start + offset, count: min(length, count - offset), sectorBytes: sectorBytes)
    }

    /// Where the byte at `offset` lies in the file, and how many follow it there.
    private enum Place {
        case bytes(at: Int, count: Int)
        case zeros(count: Int)
        /// The file ends before it.
        case missing
    }

    private func place(of offset: Int) -> Place {
        let onDisk = start + offset
        switch layout {
        case .plain:
            return onDisk < file.count ? .bytes(at: onDisk, count: file.count - onDisk) : .missing
        case .blocks(let table, let blocks, let blockBytes, let bitmap, let heedsBitmap):
            let block = onDisk / blockBytes
            let within = onDisk % blockBytes
            guard block < blocks else { return .missing }
            let sector = Int(file.big32(at: table + block * 4))
            guard sector != 0xFFFF_FFFF else { return .zeros(count: blockBytes - within) }
            let data = sector * 512 + bitmap + within
            guard data < file.count else { return .missing }
            guard heedsBitmap else { return .bytes(at: data, count: min(blockBytes - within, file.count - data)) }
            let bit = within / 512
            let isWritten = file[sector * 512 + bit / 8] >> UInt8(7 - bit % 8) & 1 == 1
            let rest = min(512 - within % 512, file.count - data)
            return isWritten ? .bytes(at: data, count: rest) : .zeros(count: rest)
        case .wideBlocks(let table, let blocks, let blockBytes, let ratio):
            let block = onDisk / blockBytes
            let within = onDisk % blockBytes
            let index = block + block / ratio
            guard index < blocks else { return .missing }
            let record = file.little64(at: table + index * 8)
            // Six: there; seven: partly there, the rest in a parent.
            guard record & 7 >= 6 else { return .zeros(count: blockBytes - within) }
            guard record >> 20 < 1 << 40 else { return .missing }
            let data = Int(record >> 20) << 20 + within
            guard data < file.count else { return .missing }
            return .bytes(at: data, count: min(blockBytes - within, file.count - data))
        }
    }

    /// The bytes from `offset` on: fewer where the file, or this part of the disk, ends before.
    func read(_ offset: Int, count length: Int) -> [UInt8] {
        var found: [UInt8] = []
        read(offset, count: length, into: &found)
        return found
    }

    /// Appends the bytes from `offset` on.
    ///
    /// - Returns: whether there were so many.
    @discardableResult
    func read(_ offset: Int, count length: Int, into found: inout [UInt8]) -> Bool {
        guard offset >= 0, offset <= count, length >= 0 else { return false }
        let isThere = length <= count - offset
        var offset = offset
        let end = offset + min(length, count - offset)
        while offset < end {
            switch place(of: offset) {
            case .bytes(let place, let rest):
                let piece = min(rest, end - offset)
                found.append(contentsOf: file[place..<(place + piece)])
                offset += piece
            case .zeros(let rest):
                let piece = min(rest, end - offset)
                found.append(contentsOf: repeatElement(0, count: piece))
                offset += piece
            case .missing: return false
            }
        }
        return isThere
    }

    /// The byte at `offset`; 0 where there is none.
    func byte(at offset: Int) -> UInt8 {
        guard offset >= 0, offset < count, case .bytes(let place, _) = place(of: offset) else { return 0 }
        return file[place]
    }

    /// The little-endian number at `offset`; 0 for bytes that are not there.
    func little(at offset: Int, bytes: Int) -> Int {
        var number: UInt64 = 0
        for index in (0..<bytes).reversed() { number = number << 8 | UInt64(byte(at: offset + index)) }
        return Int(clamping: number)
    }

    func holds(_ sought: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, sought.count <= count - offset else { return false }
        return !sought.indices.contains { byte(at: offset + $0) != sought[$0] }
    }

    /// Whether all of it is there and zeros, as a part that nobody wrote to. What was never written costs nothing.
    var isBlank: Bool {
        var offset = 0
        while offset < count {
            switch place(of: offset) {
            case .missing: return false
            case .zeros(let length): offset += max(1, length)
            case .bytes(let place, let length):
                let length = min(length, count - offset, file.count - place)
                guard length > 0, file[place..<(place + length)].allSatisfy({ $0 == 0 }) else { return false }
                offset += length
            }
        }
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// The number at `offset`, highest byte first; 0 beyond the end.
    func big32(at offset: Int) -> UInt32 { uint32(at: offset).byteSwapped }

    /// The number at `offset`, highest byte first; 0 beyond the end.
    func big64(at offset: Int) -> UInt64 { little64(at: offset).byteSwapped }

    /// The little-endian number at `offset`; 0 beyond the end.
    func little64(at offset: Int) -> UInt64 {
        guard offset >= 0, count >= 8, offset <= count - 8 else { return 0 }
        return loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
    }
}
