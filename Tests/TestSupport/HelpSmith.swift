/// Writes compiled help files (CHM) byte by byte, with all contents in the section that is not compressed.
public enum HelpSmith {
    /// One chunk of a directory; the reader takes any size.
    private static let chunkBytes = 4_096

    /// - Parameter isShared: whether all files have the first one's bytes.
    public static func file(_ files: [(name: String, content: [UInt8])], isShared: Bool = false) -> [UInt8] {
        var entries: [UInt8] = []
        var contents: [UInt8] = []
        for (name, content) in files {
            entries += number(name.utf8.count) + Array(name.utf8) + number(0)
            entries += number(isShared ? 0 : contents.count) + number(content.count)
            if !isShared || contents.isEmpty { contents += content }
        }
        let headerBytes = 0x60
        let tableBytes = 0x18
        let directoryStart = headerBytes + tableBytes
        let directory = directoryHeader() + chunk(entries, count: files.count)
        let contentStart = directoryStart + directory.count
        let total = contentStart + contents.count
        var file = Array("ITSF".utf8) + little(3, 4) + little(headerBytes, 4) + little(1, 4) + little(0, 4)
        file += little(0x409, 4) + identifier(0x7C01_FD10) + identifier(0x7C01_FD11)
        file += little(headerBytes, 8) + little(tableBytes, 8) + little(directoryStart, 8)
        file += little(directory.count, 8) + little(contentStart, 8)
        // The first table has the length of the whole file.
        file += little(0x1FE, 4) + little(0, 4) + little(total, 8) + little(0, 8)
        return file + directory + contents
    }

    private static func directoryHeader() -> [UInt8] {
        Array("ITSP".utf8) + little(1, 4) + little(0x54, 4) + little(0x0A, 4) + little(chunkBytes, 4) + little(2, 4)
            + little(1, 4) + little(-1, 4) + little(0, 4) + little(0, 4) + little(-1, 4) + little(1, 4)
            + little(0x409, 4) + identifier(0x5D02_926A) + little(0x54, 4) + little(-1, 4) + little(-1, 4)
            + little(-1, 4)
    }

    private static func chunk(_ entries: [UInt8], count: Int) -> [UInt8] {
        let head = 0x14
        let free = chunkBytes - head - entries.count
        let filling = [UInt8](repeating: 0, count: free - 2)
        return Array("PMGL".utf8) + little(free, 4) + little(0, 4) + little(-1, 4) + little(-1, 4) + entries + filling
            + little(count, 2)
    }

    /// A number in seven bits of each byte, the highest first.
    private static func number(_ value: Int) -> [UInt8] {
        var bytes = [UInt8(value & 0x7F)]
        var rest = value >> 7
        while rest > 0 {
            bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return bytes
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] { DiskSmith.little(value, count) }

    private static func identifier(_ first: Int) -> [UInt8] {
        little(first, 4) + little(0x11D0_7BAA, 4) + [0x9E, 0x0C, 0x00, 0xA0, 0xC9, 0x22, 0xE6, 0xEC]
    }
}
