import Vocabulary

/// The source text of macros, unpacked from the modules of a project in Visual Basic ([MS-OVBA]).
///
/// Each module becomes a file of the document, `VBA/NAME.bas`, so that rules about text see the code; procedures that
/// Office runs by itself are named as an anomaly of the document.
enum MacroSource {
    static func take(from tree: CompoundTree, into found: inout EmbeddedFiles) {
        let modules = tree.streams.filter { stream in
            stream.path.last?.uppercased() == "VBA" && !isOfProject(stream.name.lowercased())
        }
        guard !modules.isEmpty else { return }
        let offsets = moduleOffsets(tree)
        var automatic: [String] = []
        for module in modules {
            guard !found.isFull else { return found.missing.formUnion(.overLimit) }
            let stored = tree.content(of: module, limit: found.room).bytes
            // An offset that leads to no text is a mistake, or a trick: then its first words tell where it starts.
            let starts = [offsets[module.name.lowercased()], sourceStart(stored)].compactMap { $0 }
            guard let start = starts.first(where: { stored.indices.contains($0) && stored[$0] == 1 }) else { continue }
            let (source, isComplete) = unpacked(stored[start...], limit: found.room)
            for name in automaticNames(in: source) where !automatic.contains(name) { automatic.append(name) }
            found.add(["VBA/\(module.name).bas"], source, unread: isComplete ? [] : .damaged)
        }
        guard !automatic.isEmpty else { return }
        found.note("auto-run-macro", "macros that run by themselves: " + automatic.joined(separator: ", "))
    }

    private static func isOfProject(_ name: String) -> Bool {
        name == "dir" || name == "_vba_project" || name.hasPrefix("__srp_")
    }

    /// Where each module's text starts, by the project's own list (2.3.4.2.3.2).
    private static func moduleOffsets(_ tree: CompoundTree) -> [String: Int] {
        var offsets: [String: Int] = [:]
        for stream in tree.streams where stream.name.lowercased() == "dir" && stream.path.last?.uppercased() == "VBA" {
            let stored = tree.content(of: stream, limit: InspectionLimits.macroListBytes).bytes
            var cursor = ByteCursor(unpacked(stored[...], limit: InspectionLimits.macroListBytes).bytes)
            var name: String?
            while let identifier = cursor.number(2), let size = cursor.number(4) {
                // The version's record says 4 for a size of 6.
                guard let value = cursor.take(identifier == 9 ? 6 : size) else { break }
                switch identifier {
                case 0x1A: name = String(decoding: value, as: UTF8.self).lowercased()
                case 0x32: name = MailProperties.wideText(value).lowercased()
                // An offset has four bytes. What is longer is none, and may be any number.
                case 0x31:
                    if let name, value.count <= 4 { offsets[name] = value.reversed().reduce(0) { $0 << 8 | Int($1) } }
                default: break
                }
            }
        }
        return offsets
    }

    /// Every module's text begins with its attributes, whose first letters are never packed.
    private static func sourceStart(_ stored: [UInt8]) -> Int? {
        stored.firstIndex(ofSequence: [0] + Array("Attribut".utf8)).flatMap { $0 >= 3 ? $0 - 3 : nil }
    }

    /// A container of chunks of 4,096 bytes (2.4.1.3), each packed or plain.
    static func unpacked(_ packed: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var cursor = ByteCursor(packed)
        guard cursor.number(1) == 1 else { return ([], false) }
        var text: [UInt8] = []
        while cursor.left >= 2, let header = cursor.number(2) {
            let size = header & 0xFFF + 1
            guard header >> 12 & 7 == 3, text.count < limit, let chunk = cursor.take(min(size, cursor.left)) else {
                return (text, false)
            }
            if header & 0x8000 == 0 { text += chunk } else { unpack(chunk, into: &text) }
        }
        return (text, cursor.left == 0)
    }

    private static func unpack(_ chunk: ArraySlice<UInt8>, into text: inout [UInt8]) {
        var cursor = ByteCursor(chunk)
        let start = text.count
        while let flags = cursor.number(1) {
            for bit in 0..<8 where text.count - start < 4_096 {
                guard flags >> bit & 1 == 1 else {
                    guard let byte = cursor.number(1) else { return }
                    text.append(UInt8(byte))
                    continue
                }
                guard let token = cursor.number(2) else { return }
                // As many bits for the distance as the text so far needs, four at least (2.4.1.3.19.1).
                let done = text.count - start
                let bits = max(4, Int.bitWidth - max(done - 1, 0).leadingZeroBitCount)
                let distance = token >> (16 - bits) + 1
                guard distance <= done else { return }
                for _ in 0..<(token & (0xFFFF >> bits) + 3) { text.append(text[text.count - distance]) }
            }
        }
    }

    /// Procedures that Word, Excel and PowerPoint run when a document is opened, closed or shown.
    private static let automaticStarts = [
        "autoopen", "auto_open", "autoexec", "autoclose", "auto_close", "autonew", "autoexit", "document_open",
        "document_close", "document_new", "document_contentcontrolonenter", "workbook_open", "workbook_activate",
        "workbook_beforeclose", "workbook_deactivate", "documentopen", "documentbeforeclose", "onslideshow",
        "inkpicture1_painted", "inkedit1_gotfocus",
    ]

    private static func automaticNames(in source: [UInt8]) -> [String] {
        let folded = source.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return automaticStarts.filter { folded.firstIndex(ofSequence: Array("sub \($0)".utf8)) != nil }
    }
}
