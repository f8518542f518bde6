/// Writes containers byte by byte, so that a test can put a payload where a format allows it.
enum ContainerSmith {
    static let payload = Array("MZ this is the payload, which no reader may miss, whatever it lies in".utf8)

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { little(Int($0), 2) } }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: OLE

    /// A package ([MS-OLEDS] 2.3.6) without the size that a stream puts before it.
    static func package(_ content: [UInt8], name: String = "setup.exe") -> [UInt8] {
        var bytes = little(2, 2) + Array("label.txt".utf8) + [0]
        bytes += Array("C:\\Users\\eve\\\(name)".utf8) + [0]
        let place = Array("C:\\Temp\\\(name)".utf8) + [0]
        bytes += little(0, 2) + little(3, 2) + little(place.count, 4) + place
        return bytes + little(content.count, 4) + content
    }

    static func native(_ content: [UInt8]) -> [UInt8] {
        let package = package(content)
        return little(package.count, 4) + package
    }

    /// An object as a rich text holds it, with its header of OLE 1.
    static func object(_ data: [UInt8], className: String = "Package", kind: Int = 2, topic: String = "") -> [UInt8] {
        func text(_ text: String) -> [UInt8] {
            text.isEmpty ? little(0, 4) : little(text.utf8.count + 1, 4) + Array(text.utf8) + [0]
        }
        let head = little(0x0501, 4) + little(kind, 4) + text(className) + text(topic) + text("")
        return head + (kind == 2 ? little(data.count, 4) + data : [])
    }

    /// A compound file ([MS-CFB]) of version 3. Storages are given by slashes in the names of streams.
    static func compound(_ streams: [(path: String, bytes: [UInt8])], rootClass: [UInt8] = []) -> [UInt8] {
        var entries: [(name: String, kind: UInt8, children: [Int], start: Int, size: Int)] = [
            ("Root Entry", 5, [], -2, 0)
        ]
        var storages: [String: Int] = ["": 0]
        var sectors: [[UInt8]] = []
        var table: [Int] = []
        func store(_ bytes: [UInt8]) -> Int {
            guard !bytes.isEmpty else { return -2 }
            let first = sectors.count
            let count = (bytes.count + 511) / 512
            for index in 0..<count {
                let piece = Array(bytes[(index * 512)..<min(bytes.count, index * 512 + 512)])
                sectors.append(piece + [UInt8](repeating: 0, count: 512 - piece.count))
                table.append(index == count - 1 ? -2 : first + index + 1)
            }
            return first
        }
        for (path, bytes) in streams {
            let steps = path.split(separator: "/").map(String.init)
            var parent = 0
            for depth in 1..<max(1, steps.count) {
                let key = steps[0..<depth].joined(separator: "/")
                if storages[key] == nil {
                    storages[key] = entries.count
                    entries[parent].children.append(entries.count)
                    entries.append((steps[depth - 1], 1, [], 0, 0))
                }
                parent = storages[key] ?? 0
            }
            entries[parent].children.append(entries.count)
            entries.append((steps.last ?? "", 2, [], store(bytes), bytes.count))
        }
        let directory = directoryBytes(entries, rootClass)
        let directoryStart = store(directory)
        let tableStart = sectors.count
        let tableSectors = (table.count + 128) / 128 + 1
        table += [Int](repeating: -3, count: tableSectors)
        let tableBytes = table.flatMap { little($0, 4) }
        let filled = tableBytes + [UInt8](repeating: 0xFF, count: max(0, tableSectors * 512 - tableBytes.count))
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        header += little(0x3E, 2) + little(3, 2) + little(0xFFFE, 2) + little(9, 2) + little(6, 2) + little(0, 6)
        header += little(0, 4) + little(tableSectors, 4) + little(directoryStart, 4) + little(0, 4)
        // No stream counts as small, so none needs the second table.
        header += little(0, 4) + little(-2, 4) + little(0, 4) + little(-2, 4) + little(0, 4)
        header += (0..<109).flatMap { little($0 < tableSectors ? tableStart + $0 : -1, 4) }
        return header + sectors.flatMap { $0 } + filled
    }

    private static func directoryBytes(
        _ entries: [(name: String, kind: UInt8, children: [Int], start: Int, size: Int)], _ rootClass: [UInt8]
    ) -> [UInt8] {
        // The children of a storage are a list along their right links: a tree all the same.
        var right = [Int](repeating: -1, count: entries.count)
        for entry in entries {
            for (one, next) in zip(entry.children, entry.children.dropFirst()) { right[one] = next }
        }
        var bytes: [UInt8] = []
        for (index, entry) in entries.enumerated() {
            let name = wide(entry.name)
            bytes += name + [UInt8](repeating: 0, count: 64 - name.count) + little(name.count + 2, 2)
            bytes += [entry.kind, 1] + little(-1, 4) + little(right[index], 4) + little(entry.children.first ?? -1, 4)
            bytes += (index == 0 && !rootClass.isEmpty ? rootClass : [UInt8](repeating: 0, count: 16))
            bytes += little(0, 20) + little(entry.start, 4) + little(entry.size, 8)
        }
        return bytes
    }

    /// Source text in a container of [MS-OVBA], without one back reference.
    static func macroSource(_ text: String) -> [UInt8] {
        var packed: [UInt8] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            packed += [0] + bytes[start..<min(bytes.count, start + 8)]
        }
        return [1] + little(0xB000 | (packed.count - 1), 2) + packed
    }

    // MARK: TNEF

    static func attribute(_ level: Int, _ identifier: Int, _ data: [UInt8]) -> [UInt8] {
        [UInt8(level)] + little(identifier, 4) + little(data.count, 4) + data
            + little(data.reduce(0) { $0 + Int($1) } & 0xFFFF, 2)
    }

    static func properties(_ values: [(tag: Int, value: [UInt8])]) -> [UInt8] {
        values.reduce(little(values.count, 4)) { bytes, property in
            let filler = [UInt8](repeating: 0, count: (4 - property.value.count % 4) % 4)
            return bytes + little(property.tag & 0xFFFF, 2) + little(property.tag >> 16, 2) + little(1, 4)
                + little(property.value.count, 4) + property.value + filler
        }
    }

    static func transport(_ attributes: [UInt8]) -> [UInt8] {
        [0x78, 0x9F, 0x3E, 0x22] + little(1, 2) + attribute(1, 0x0008_9006, little(0x10000, 4)) + attributes
    }

    static func attachment(_ name: String, _ content: [UInt8]) -> [UInt8] {
        attribute(2, 0x0006_9002, little(0, 14)) + attribute(2, 0x0001_8010, Array("SHORT~1.EXE\0".utf8))
            + attribute(2, 0x0006_800F, content)
            + attribute(2, 0x0006_9005, properties([(0x3707_001F, wide(name + "\0"))]))
    }

    // MARK: Macintosh

    /// A name behind the table, then the data.
    static func macintosh(mark: UInt8, _ content: [UInt8]) -> [UInt8] {
        let name = Array("setup.exe".utf8)
        let start = 26 + 2 * 12
        let head: [UInt8] = [0, 5, 0x16, mark, 0, 2, 0, 0] + [UInt8](repeating: 0, count: 16) + [0, 2]
        func entry(_ kind: Int, _ offset: Int, _ count: Int) -> [UInt8] {
            [kind, offset, count].flatMap { little($0, 4).reversed() }
        }
        return head + entry(3, start, name.count) + entry(1, start + name.count, content.count) + name + content
    }

    // MARK: OneNote

    static func notebook(_ content: [UInt8]) -> [UInt8] {
        let head: [UInt8] = [
            0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3,
        ]
        let mark: [UInt8] = [
            0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC,
        ]
        return head + [UInt8](repeating: 0, count: 1_008) + mark + little(content.count, 8) + little(0, 12) + content
            + [UInt8](repeating: 0, count: 64)
    }
}
