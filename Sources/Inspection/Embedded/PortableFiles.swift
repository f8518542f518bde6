import Archives
import Vocabulary

/// What a PDF carries (ISO 32000-1): attached files (7.11.4), scripts (12.6.4.16), dynamic forms (12.7.8), and what it
/// does by itself.
///
/// Every value that the trailer leads to is visited once, by a stack of its own; whatever attaches a file or runs a
/// script is found by its form, wherever it stands.
struct PortableFiles: ~Copyable {
    private let document: PortableDocument
    private var waiting: [PortableDocument.Handle] = []
    private var seen: Set<UInt64> = []
    private var taken: Set<UInt64> = []
    private var visits = 0

    static func take(from bytes: [UInt8], into found: inout EmbeddedFiles) {
        bytes.withUnsafeBytes { raw in
            let document = PortableDocument(raw)
            switch document.opening {
            case .locked: found.missing.formUnion(.encryptedPDF)
            case .damaged: found.missing.formUnion(.damaged)
            case .done:
                var reader = PortableFiles(document)
                reader.run(&found)
            }
        }
    }

    private init(_ document: consuming PortableDocument) { self.document = document }

    private mutating func run(_ found: inout EmbeddedFiles) {
        waiting.append(document.trailer)
        while let next = waiting.popLast() {
            visits += 1
            guard visits <= InspectionLimits.portableObjects, !found.isFull else {
                found.missing.formUnion(.overLimit)
                return
            }
            if let identity = document.identity(of: next), !seen.insert(identity).inserted {
                document.release(next)
                continue
            }
            visit(next, &found)
            document.release(next)
        }
        if document.takeFailure() { found.missing.formUnion(.damaged) }
    }

    private mutating func visit(_ handle: PortableDocument.Handle, _ found: inout EmbeddedFiles) {
        if document.isStream(handle) {
            let dictionary = document.dictionary(ofStream: handle)
            if document.holds("/EmbeddedFile", at: "/Type", in: dictionary) { takeStream(handle, [], &found) }
            push(entriesOf: dictionary, &found)
            document.release(dictionary)
        } else if document.isDictionary(handle) {
            push(entriesOf: handle, &found)
        } else if document.isArray(handle) {
            let count = document.count(ofArray: handle)
            guard waiting.count + count <= InspectionLimits.portableObjects else {
                found.missing.formUnion(.overLimit)
                return
            }
            for index in 0..<count { waiting.append(document.item(index, of: handle)) }
        }
    }

    private mutating func push(entriesOf dictionary: PortableDocument.Handle, _ found: inout EmbeddedFiles) {
        let keys = document.keys(of: dictionary)
        if keys.contains("/EF") { takeAttachment(dictionary, &found) }
        if document.holds("/Launch", at: "/S", in: dictionary) {
            found.note("pdf-launch", "the document starts a program or opens a file")
        }
        for key in keys {
            let value = document.value(of: key, in: dictionary)
            switch key {
            case "/JS":
                found.note("pdf-javascript", "the document has scripts")
                takeText(value, "script.js", &found)
            case "/XFA": takeForm(value, &found)
            case "/OpenAction", "/AA": found.note("pdf-open-action", "the document does something when it is opened")
            default: break
            }
            waiting.append(value)
        }
    }

    // MARK: Files

    /// A file specification: names, and the streams with the file for one system or several.
    private mutating func takeAttachment(
        _ specification: PortableDocument.Handle, _ found: inout EmbeddedFiles
    ) {
        var names: [String] = []
        for key in ["/UF", "/F", "/Unix", "/DOS", "/Mac"] {
            let value = document.value(of: key, in: specification)
            if let text = document.text(value) { names.append(String(decoding: text, as: UTF8.self)) }
            document.release(value)
        }
        let files = document.value(of: "/EF", in: specification)
        defer { document.release(files) }
        guard document.isDictionary(files) else { return }
        for key in document.keys(of: files) {
            let file = document.value(of: key, in: files)
            if document.isStream(file) { takeStream(file, names, &found) }
            document.release(file)
        }
    }

    private mutating func takeText(
        _ value: PortableDocument.Handle, _ name: String, _ found: inout EmbeddedFiles
    ) {
        if document.isStream(value) {
            takeStream(value, [name], &found)
        } else if let text = document.text(value) {
            found.add([name], text)
        }
    }

    private mutating func takeForm(_ value: PortableDocument.Handle, _ found: inout EmbeddedFiles) {
        if document.isStream(value) { return takeStream(value, ["form.xml"], &found) }
        guard document.isArray(value) else { return }
        for index in 0..<min(document.count(ofArray: value), InspectionLimits.portableObjects) {
            let item = document.item(index, of: value)
            if document.isStream(item) { takeStream(item, ["form.xml"], &found) }
            document.release(item)
        }
    }

    private mutating func takeStream(
        _ stream: PortableDocument.Handle, _ names: [String], _ found: inout EmbeddedFiles
    ) {
        if let identity = document.identity(of: stream), !taken.insert(identity).inserted { return }
        let dictionary = document.dictionary(ofStream: stream)
        defer { document.release(dictionary) }
        guard let stored = document.storedBytes(ofStream: stream) else {
            found.add(names, [], unread: .damaged)
            return
        }
        var bytes = stored
        var unread: Reasons = []
        for (index, filter) in filters(dictionary).enumerated() {
            let predictor = filter == "/FlateDecode" || filter == "/Fl" ? predictor(index, of: dictionary) : .init()
            guard predictor.isKnown,
                let (decoded, isComplete) = PortableFilter.decoded(bytes, by: filter, limit: found.room)
            else {
                unread.formUnion(.unsupported)
                break
            }
            if !isComplete { unread.formUnion(decoded.count >= found.room ? .overLimit : .damaged) }
            let undone = predictor.undone(decoded)
            bytes = undone.bytes
            if !undone.isComplete { unread.formUnion(.damaged) }
        }
        found.add(names, bytes, unread: unread)
    }

    /// What was taken from the bytes before the filter of a number packed them.
    private func predictor(_ number: Int, of dictionary: PortableDocument.Handle) -> PortablePredictor {
        var predictor = PortablePredictor()
        for key in ["/DecodeParms", "/DP"] where document.has(key, in: dictionary) {
            let value = document.value(of: key, in: dictionary)
            defer { document.release(value) }
            let isList = document.isArray(value)
            guard isList ? number < document.count(ofArray: value) : number == 0 else { continue }
            let own = isList ? document.item(number, of: value) : value
            defer { if isList { document.release(own) } }
            guard document.isDictionary(own) else { continue }
            predictor.kind = document.number(at: "/Predictor", in: own) ?? predictor.kind
            predictor.colors = document.number(at: "/Colors", in: own) ?? predictor.colors
            predictor.bits = document.number(at: "/BitsPerComponent", in: own) ?? predictor.bits
            predictor.columns = document.number(at: "/Columns", in: own) ?? predictor.columns
        }
        return predictor
    }

    /// The names of a stream's filters, in the order in which they are undone.
    private func filters(_ dictionary: PortableDocument.Handle) -> [String] {
        let value = document.value(of: "/Filter", in: dictionary)
        defer { document.release(value) }
        if let name = document.name(value) { return [name] }
        guard document.isArray(value) else { return [] }
        let count = document.count(ofArray: value)
        guard count <= InspectionLimits.portableFilters else { return [""] }
        return (0..<count).map { index in
            let item = document.item(index, of: value)
            defer { document.release(item) }
            return document.name(item) ?? ""
        }
    }
}

/// The filters that files in a PDF are written with (ISO 32000-1, 7.4).
enum PortableFilter {
    /// Nil for filters that are not undone here.
    static func decoded(
        _ bytes: [UInt8], by filter: String, limit: Int
    ) -> (bytes: [UInt8], isComplete: Bool)? {
        switch filter {
        case "/FlateDecode", "/Fl": Deflated.unpacked(bytes[...], limit: limit)
        case "/ASCIIHexDecode", "/AHx": hexadecimal(bytes)
        case "/ASCII85Decode", "/A85": base85(bytes, limit: limit)
        case "/RunLengthDecode", "/RL": runs(bytes, limit: limit)
        case "/Crypt": (bytes, true)
        default: nil
        }
    }

    /// Up to 128 bytes as they are, or one up to 128 times.
    private static func runs(_ stored: [UInt8], limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var bytes: [UInt8] = []
        var index = 0
        while index + 1 < stored.count, stored[index] != 128 {
            guard bytes.count + 128 <= limit else { return (bytes, false) }
            let length = Int(stored[index])
            if length < 128 {
                bytes += stored[(index + 1)..<min(index + 2 + length, stored.count)]
                index += 2 + length
            } else {
                bytes += repeatElement(stored[index + 1], count: 257 - length)
                index += 2
            }
        }
        return (bytes, index < stored.count && stored[index] == 128)
    }

    private static func hexadecimal(_ text: [UInt8]) -> (bytes: [UInt8], isComplete: Bool) {
        var bytes: [UInt8] = []
        var upper: UInt8?
        for byte in text.prefix(while: { $0 != UInt8(ascii: ">") }) {
            guard let digit = HexDigit.value(byte) else {
                if byte <= 0x20 { continue }
                return (bytes, false)
            }
            if let high = upper {
                bytes.append(high << 4 | digit)
                upper = nil
            } else {
                upper = digit
            }
        }
        if let high = upper { bytes.append(high << 4) }
        return (bytes, true)
    }

    /// One letter may stand for four zeros, so that the limit counts here too.
    private static func base85(_ text: [UInt8], limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var bytes: [UInt8] = []
        var group: [UInt32] = []
        func flush() {
            guard group.count > 1 else { return }
            let full = group + [UInt32](repeating: 84, count: 5 - group.count)
            let number = full.reduce(UInt32(0)) { $0 &* 85 &+ $1 }
            bytes += (0..<(group.count - 1)).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
            group = []
        }
        for byte in text {
            guard bytes.count + 4 <= limit else { return (bytes, false) }
            switch byte {
            case UInt8(ascii: "~"):
                flush()
                return (bytes, true)
            case UInt8(ascii: "z") where group.isEmpty: bytes += [0, 0, 0, 0]
            case 0x21...0x75:
                group.append(UInt32(byte - 0x21))
                if group.count == 5 { flush() }
            case 0...0x20: continue
            default: return (bytes, false)
            }
        }
        flush()
        return (bytes, true)
    }
}
