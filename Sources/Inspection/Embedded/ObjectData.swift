import Message
import Vocabulary

/// Objects of OLE 1 and the packages in which Windows wraps any file ([MS-OLEDS] 2.2.5 and 2.3.6).
enum ObjectData {
    /// Takes the file out of an object as a rich text holds it: a header with the class, then the data.
    ///
    /// What has no such header is handed over as it is: an object that Word still opens may be bent on purpose.
    static func take(_ object: [UInt8], into found: inout EmbeddedFiles) {
        guard let header = Header(object) else { return takeUnknown(object, into: &found) }
        if header.isLink {
            found.note("linked-object", "an object is not embedded but fetched from elsewhere")
            // The place it is fetched from.
            found.add([header.className], Array(header.topic.utf8))
            return
        }
        guard let data = header.data else { return takeUnknown(object, into: &found) }
        // Word goes by the data, not by the class that the header names.
        if let package = Package(data) { return package.add(to: &found) }
        found.add([header.className], data, unread: header.isCut ? .damaged : [])
    }

    private static func takeUnknown(_ object: [UInt8], into found: inout EmbeddedFiles) {
        let compound = CompoundSectors.signature
        if let start = object.firstIndex(ofSequence: compound) { return found.add([], object[start...]) }
        found.add([], object)
    }

    /// The header of an object: version, kind, class, two names, and the size of the data.
    private struct Header {
        let className: String
        let topic: String
        let isLink: Bool
        var data: ArraySlice<UInt8>?
        var isCut = false

        init?(_ object: [UInt8]) {
            var cursor = ByteCursor(object)
            guard cursor.number(4) != nil, let kind = cursor.number(4), kind == 1 || kind == 2,
                let name = Self.text(&cursor), let topic = Self.text(&cursor), Self.text(&cursor) != nil
            else { return nil }
            className = name
            self.topic = topic
            isLink = kind == 1
            guard !isLink, let size = cursor.number(4) else { return }
            isCut = size > cursor.left
            data = cursor.take(min(size, cursor.left))
        }

        private static func text(_ cursor: inout ByteCursor) -> String? {
            guard let size = cursor.number(4), size <= 4_096, let bytes = cursor.take(size) else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// A package: a label, the name and path of the file, and its content, behind a mark.
    struct Package {
        let names: [String]
        let content: ArraySlice<UInt8>
        let isCut: Bool

        /// - Parameter data: what follows the size of the stream.
        init?(_ data: ArraySlice<UInt8>) {
            var cursor = ByteCursor(data)
            guard cursor.number(2) == 2, let label = cursor.zeroTerminated(), let path = cursor.zeroTerminated(),
                label.count <= 4_096, path.count <= 4_096, cursor.take(4) != nil, let length = cursor.number(4),
                length <= 4_096, let place = cursor.take(length), let size = cursor.number(4)
            else { return nil }
            names = [label, path, place].map { name in
                let text = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                return text.split(whereSeparator: { $0 == "\\" || $0 == "/" }).last.map(String.init) ?? text
            }
            isCut = size > cursor.left
            content = cursor.take(min(size, cursor.left)) ?? []
        }

        func add(to found: inout EmbeddedFiles) {
            found.note("embedded-package", "a file is wrapped as an object, to be opened by a click")
            found.add(names, content, unread: isCut ? .damaged : [])
        }
    }

    /// The stream `\u{1}Ole10Native` of a compound file: a size, then a package or what another program wrote.
    static func takeNative(_ stream: [UInt8], into found: inout EmbeddedFiles) {
        var cursor = ByteCursor(stream)
        guard let size = cursor.number(4), let data = cursor.take(cursor.left) else {
            return found.add(["Ole10Native"], stream, unread: .damaged)
        }
        if let package = Package(data) { return package.add(to: &found) }
        found.add(["Ole10Native"], data.prefix(max(0, size)))
    }
}

extension [UInt8] {
    /// Where a sequence of bytes first stands.
    func firstIndex(ofSequence sign: [UInt8], from start: Int = 0) -> Int? {
        guard let first = sign.first, count >= sign.count, start >= 0 else { return nil }
        return withUnsafeBytes { bytes in
            var place = start
            while place <= bytes.count - sign.count, let hit = bytes[place...].firstIndex(of: first) {
                if bytes.holds(sign, at: hit) { return hit }
                place = hit + 1
            }
            return nil
        }
    }
}
