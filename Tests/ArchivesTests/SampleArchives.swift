import Foundation

/// Small archives written byte by byte, so that a test can bend any field.
enum SampleArchives {
    /// An entry of a stored zip.
    struct ZipEntry {
        var name: [UInt8]
        var content: [UInt8]
        var flags: UInt16 = 0
        var declaredSize: Int?

        init(_ name: String, _ content: String, flags: UInt16 = 0, declaredSize: Int? = nil) {
            self.name = Array(name.utf8)
            self.content = Array(content.utf8)
            self.flags = flags
            self.declaredSize = declaredSize
        }
    }

    /// A zip without compression (APPNOTE 4.3.6).
    static func zip(_ entries: [ZipEntry], declaredCount: Int? = nil) -> [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = file.count
            let size = entry.declaredSize ?? entry.content.count
            var common = little(20, 2) + little(Int(entry.flags), 2) + little(0, 2) + little(0, 4)
            common += little(Int(crc32(entry.content)), 4) + little(entry.content.count, 4) + little(size, 4)
            common += little(entry.name.count, 2) + little(0, 2)
            file += [0x50, 0x4B, 3, 4] + common + entry.name + entry.content
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + common
            directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(offset, 4) + entry.name
        }
        let start = file.count
        let count = declaredCount ?? entries.count
        file += directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2)
        return file + little(directory.count, 4) + little(start, 4) + little(0, 2)
    }

    /// A ustar archive with its end mark.
    static func tar(_ entries: [(name: String, content: String)], endMark: Bool = true) -> [UInt8] {
        var file: [UInt8] = []
        for entry in entries {
            var header = [UInt8](repeating: 0, count: 512)
            func put(_ text: String, at offset: Int) {
                for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
            }
            put(entry.name, at: 0)
            put("0000644", at: 100)
            put("0000000", at: 108)
            put("0000000", at: 116)
            put(String(repeating: "0", count: 11 - octal(entry.content.utf8.count).count), at: 124)
            put(octal(entry.content.utf8.count), at: 135 - octal(entry.content.utf8.count).count)
            put("00000000000", at: 136)
            put("        ", at: 148)
            put("0", at: 156)
            put("ustar", at: 257)
            put("00", at: 263)
            let sum = octal(header.reduce(0) { $0 + Int($1) })
            put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
            file += header + Array(entry.content.utf8)
            file += [UInt8](repeating: 0, count: (512 - file.count % 512) % 512)
        }
        return endMark ? file + [UInt8](repeating: 0, count: 1024) : file
    }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func octal(_ value: Int) -> String { String(value, radix: 8) }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc = ~UInt32(0)
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    static func decoded(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64, options: .ignoreUnknownCharacters) ?? Data())
    }
}
