import Vocabulary

/// The rich text of a message as Outlook packs it ([MS-OXRTFCP]): a window of 4,096 bytes that starts with usual words.
enum CompressedRichText {
    /// Adds the text, or says why it can't be read.
    static func add(_ packed: [UInt8], to found: inout EmbeddedFiles) {
        let (text, isComplete) = unpacked(packed, limit: found.room)
        found.add(["body.rtf"], text, unread: isComplete ? [] : .damaged)
    }

    static func unpacked(_ packed: [UInt8], limit: Int) -> (text: [UInt8], isComplete: Bool) {
        var cursor = ByteCursor(packed)
        guard cursor.number(4) != nil, let size = cursor.number(4), let kind = cursor.take(4), cursor.take(4) != nil
        else { return ([], false) }
        if kind.elementsEqual("MELA".utf8) {
            let text = cursor.take(min(size, cursor.left)) ?? []
            return (Array(text), text.count == size)
        }
        guard kind.elementsEqual("LZFu".utf8) else { return ([], false) }
        let wanted = min(size, limit)
        var window = [UInt8](repeating: 0x20, count: 4_096)
        window.replaceSubrange(0..<start.count, with: start)
        var place = start.count
        var text: [UInt8] = []
        while text.count < wanted, let control = cursor.number(1) {
            for bit in 0..<8 where text.count < wanted {
                if control >> bit & 1 == 0 {
                    guard let byte = cursor.number(1) else { return (text, false) }
                    put(UInt8(byte), &window, &place, &text)
                    continue
                }
                guard let high = cursor.number(1), let low = cursor.number(1) else { return (text, false) }
                let from = high << 4 | low >> 4
                // A reference to the place itself is the end.
                if from == place { return (text, text.count == size) }
                for step in 0..<((low & 0xF) + 2) { put(window[(from + step) % 4_096], &window, &place, &text) }
            }
        }
        return (text, text.count >= size)
    }

    private static func put(_ byte: UInt8, _ window: inout [UInt8], _ place: inout Int, _ text: inout [UInt8]) {
        text.append(byte)
        window[place] = byte
        place = (place + 1) % 4_096
    }

    /// What the window holds at first, as the format prescribes (2.1.3.1.2).
    private static let start = Array(
        (#"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans"#
            + #" SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"# + "\r\n"
            + #"\par \pard\plain\f0\fs20\b\i\u\tab\tx"#).utf8)
}
