import Archives
import Vocabulary

/// The files that a compound file holds: attachments and bodies of an Outlook message, objects of a document, the streams
/// of an installer, the source text of macros.
///
/// Streams are taken by their own place in the tree of storages ([MS-CFB] 2.6); those that no storage leads to count
/// too. Each is read once, within the budgets, so that streams which share sectors cost no more.
struct CompoundFiles {
    private let tree: CompoundTree
    private let types: [FileType]
    private var found: EmbeddedFiles

    static func take(from bytes: [UInt8], types: [FileType], into found: inout EmbeddedFiles) {
        bytes.withUnsafeBytes { raw in
            guard let directory = CompoundDirectory(raw) else { return }
            var reader = CompoundFiles(tree: CompoundTree(directory), types: types, found: found)
            if !directory.isComplete { reader.found.missing.formUnion(.damaged) }
            reader.run()
            if reader.tree.isExceeded { reader.found.missing.formUnion(.overLimit) }
            found = reader.found
        }
    }

    private func isOf(_ type: KnownType) -> Bool { types.contains { $0.isUnder(type) } }

    private mutating func run() {
        if isOf(.msg) {
            takeMessage()
        } else if isOf(.msi) || isOf(.msp) {
            takeAll { InstallerName.decoded($0) }
        } else if types.allSatisfy({ $0 == .known(.ole) || $0 == .known(.macroEnabled) }), !tree.hasMacros {
            takeAll { $0 }
        }
        takeObjects()
        MacroSource.take(from: tree, into: &found)
    }

    private mutating func add(_ names: [String], _ stream: CompoundTree.Stream) {
        guard !found.isFull else { return found.missing.formUnion(.overLimit) }
        let (bytes, isComplete) = tree.content(of: stream, limit: found.room)
        found.add(names, bytes, unread: isComplete ? [] : .damaged)
    }

    /// Every stream, where the kind of the file does not tell which of them matter.
    private mutating func takeAll(_ name: (String) -> String) {
        for stream in tree.streams where stream.length > 0 && !isObject(stream.name) {
            add([name(stream.name)], stream)
        }
    }

    // MARK: Objects

    private static let native = "\u{1}ole10native"

    private func isObject(_ name: String) -> Bool {
        [Self.native, "package", "contents"].contains(name.lowercased())
    }

    private mutating func takeObjects() {
        for stream in tree.streams {
            switch stream.name.lowercased() {
            case Self.native:
                let (bytes, isComplete) = tree.content(of: stream, limit: found.room)
                ObjectData.takeNative(bytes, into: &found)
                if !isComplete { found.missing.formUnion(.damaged) }
            case "package", "contents": add([], stream)
            case "powerpoint document": takeSlideObjects(tree.content(of: stream, limit: found.room).bytes)
            default: break
            }
        }
    }

    /// Objects in a presentation's records (ExOleObjStg, [MS-PPT] 2.10.34), packed or plain: compound files again.
    private mutating func takeSlideObjects(_ bytes: [UInt8]) {
        var place = 0
        while let hit = bytes.firstIndex(ofSequence: [0x11, 0x10], from: place) {
            place = hit + 1
            guard hit >= 2, hit + 10 <= bytes.count, !found.isFull else { continue }
            let (version, size) = bytes.withUnsafeBytes {
                ($0.little(at: hit - 2, count: 2), $0.little(at: hit + 2, count: 4))
            }
            guard size <= bytes.count - hit - 6, size > 8, version == 0 || version == 0x10 else { continue }
            let body = bytes[(hit + 6)..<(hit + 6 + size)]
            if version == 0 {
                guard body.starts(with: CompoundSectors.signature) else { continue }
                found.add([], body)
            } else {
                let (content, isComplete) = Deflated.unpacked(body.dropFirst(4), limit: found.room)
                guard !content.isEmpty else { continue }
                found.add([], content, unread: isComplete ? [] : .damaged)
            }
            place = hit + 6 + size
        }
    }

    // MARK: Outlook messages

    /// Attachments and bodies, by the tags of the properties whose values the streams are ([MS-OXMSG] 2.1).
    private mutating func takeMessage() {
        var names: [[String]: [String]] = [:]
        for stream in tree.streams {
            guard let tag = Self.tag(stream.name), [0x3704, 0x3707, 0x3001].contains(tag >> 16) else { continue }
            let bytes = tree.content(of: stream, limit: InspectionLimits.propertyNameBytes).bytes
            // What is cut off has the extension.
            if stream.length > InspectionLimits.propertyNameBytes { found.missing.formUnion(.overLimit) }
            let text =
                tag & 0xFFFF == 0x1F
                ? MailProperties.wideText(bytes) : String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            // Outlook shows the long name.
            names[stream.path, default: []].insert(text, at: tag >> 16 == 0x3707 ? 0 : names[stream.path]?.count ?? 0)
        }
        for stream in tree.streams {
            guard let tag = Self.tag(stream.name) else { continue }
            let isAttachment = stream.path.last?.lowercased().hasPrefix("__attach") ?? false
            switch tag >> 16 {
            case 0x3701 where isAttachment: add(names[stream.path] ?? [], stream)
            case 0x1000 where !isAttachment: takeText(stream, isWide: tag & 0xFFFF == 0x1F)
            case 0x1013: add(["body.html"], stream)
            case 0x1009:
                CompressedRichText.add(tree.content(of: stream, limit: found.room).bytes, to: &found)
            default: break
            }
        }
    }

    private mutating func takeText(_ stream: CompoundTree.Stream, isWide: Bool) {
        guard isWide else { return add(["body.txt"], stream) }
        let bytes = tree.content(of: stream, limit: found.room).bytes
        found.add(["body.txt"], Array(MailProperties.wideText(bytes).utf8))
    }

    /// The tag in a name like `__substg1.0_37010102`.
    private static func tag(_ name: String) -> Int? {
        let prefix = "__substg1.0_"
        guard name.lowercased().hasPrefix(prefix) else { return nil }
        return Int(name.dropFirst(prefix.count).prefix(8), radix: 16)
    }
}

/// Names of streams in an installer, which pack two characters into one.
enum InstallerName {
    private static let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._")

    static func decoded(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x3800..<0x4800:
                let pair = Int(scalar.value) - 0x3800
                text.append(characters[pair & 0x3F])
                text.append(characters[pair >> 6 & 0x3F])
            case 0x4800..<0x4840: text.append(characters[Int(scalar.value) - 0x4800])
            case 0x4840: text.append("!")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
