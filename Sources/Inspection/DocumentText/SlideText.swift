import Vocabulary

/// The text of PowerPoint's binary format ([MS-PPT]): every text atom of slides, notes, masters and the outline, and
/// the strings of the document. What belongs to a hidden slide is hidden.
enum SlideText {
    /// Reads slides that no password locks.
    static func read(_ bytes: [UInt8], limits: InspectionLimits) -> ExtractedText {
        bytes.withUnsafeBytes { bytes in
            guard let directory = CompoundDirectory(bytes) else { return ExtractedText(missing: .damaged) }
            let documents = CompoundStreams(directory).named("PowerPoint Document")
            var text = LayeredCollector(limit: limits.textBytes)
            var missing: Reasons = documents.contents.isEmpty ? .damaged : documents.missing
            for document in documents.contents {
                document.withUnsafeBytes { stream in
                    var reader = SlideReader(stream, text)
                    reader.read()
                    text = reader.text
                    missing.formUnion(reader.missing)
                }
            }
            var extracted = text.extracted
            extracted.missing.formUnion(missing)
            return extracted
        }
    }
}

/// Walks the records of a stream twice: for what is hidden, then for the text.
private struct SlideReader {
    var text: LayeredCollector
    var missing: Reasons = []
    private let stream: UnsafeRawBufferPointer
    /// Where the containers of hidden slides begin.
    private var hiddenSlides: Set<Int> = []
    /// Where each object that is numbered begins.
    private var places: [Int: Int] = [:]
    /// The slide that is open, in which the outline is.
    private var slide: Int?
    private var isOutlineHidden = false

    /// Types of records (2.13.24).
    private enum Kind {
        static let slide = 0x03EE, slidePlace = 0x03F3, slideInfo = 0x03F9, wideText = 0x0FA0, text = 0x0FA8
        static let string = 0x0FBA, outline = 0x0FF0, directory = 0x1772, lock = 0x2F14
    }

    private struct Record {
        let offset: Int
        let type: Int
        let data: Range<Int>
    }

    init(_ stream: UnsafeRawBufferPointer, _ text: LayeredCollector) {
        self.stream = stream
        self.text = text
    }

    mutating func read() {
        walk { reader, record in reader.survey(record) }
        guard !missing.contains(.encryptedOffice) else { return }
        walk { reader, record in reader.add(record) }
    }

    /// Passes on every record, containers before what is in them.
    private mutating func walk(_ visit: (inout SlideReader, Record) -> Void) {
        var ends: [(end: Int, slide: Int?)] = []
        var place = 0
        slide = nil
        while text.isComplete {
            while let last = ends.last, place >= last.end {
                ends.removeLast()
                slide = ends.last?.slide
            }
            guard place + 8 <= stream.count else { return }
            let isContainer = stream[place] & 0x0F == 0x0F
            let type = stream.little(at: place + 2, count: 2)
            let length = stream.little(at: place + 4, count: 4)
            let start = place + 8
            let limit = ends.last?.end ?? stream.count
            // Zeros may stand behind the last record.
            if type == 0, length == 0, ends.isEmpty { return }
            if length > limit - start { missing.formUnion(.damaged) }
            let end = max(start, min(start + length, limit))
            if type == Kind.slide, isContainer { slide = place }
            visit(&self, Record(offset: place, type: type, data: start..<end))
            if isContainer, ends.count < InspectionLimits.slideDepth {
                ends.append((end, slide))
                place = start
            } else {
                if isContainer { missing.formUnion(.overLimit) }
                place = end
            }
        }
    }

    /// Notes hidden slides (2.6.6), where objects are (2.3.4), and encryption.
    private mutating func survey(_ record: Record) {
        switch record.type {
        case Kind.slideInfo:
            if let slide, stream.little(at: record.data.lowerBound + 10, count: 2) & 4 != 0 {
                hiddenSlides.insert(slide)
            }
        case Kind.directory:
            var place = record.data.lowerBound
            while place + 4 <= record.data.upperBound {
                let head = stream.little(at: place, count: 4)
                place += 4
                for index in 0..<(head >> 20) where place + 4 <= record.data.upperBound {
                    places[(head & 0xFFFFF) + index] = stream.little(at: place, count: 4)
                    place += 4
                }
            }
        case Kind.lock: missing.formUnion(.encryptedOffice)
        default: break
        }
    }

    private mutating func add(_ record: Record) {
        switch record.type {
        case Kind.outline: isOutlineHidden = false
        case Kind.slidePlace:
            let place = places[stream.little(at: record.data.lowerBound, count: 4)]
            isOutlineHidden = place.map(hiddenSlides.contains) ?? false
        case Kind.wideText: add(units(record.data, width: 2))
        case Kind.text: add(units(record.data, width: 1))
        case Kind.string:
            let string = units(record.data, width: 2)
            // Names of extensions of the format.
            if !string.starts(with: "___PPT".utf16) { add(string) }
        default: break
        }
    }

    private func units(_ data: Range<Int>, width: Int) -> [UInt16] {
        stride(from: data.lowerBound, to: data.upperBound - width + 1, by: width).map {
            UInt16(stream.little(at: $0, count: width))
        }
    }

    /// Paragraphs end with 0x0D, lines with 0x0B.
    private mutating func add(_ units: [UInt16]) {
        let isHidden = slide.map(hiddenSlides.contains) ?? isOutlineHidden
        text.line()
        text.hiding = isHidden ? .absent : .none
        for line in units.split(whereSeparator: { $0 == 0x0D || $0 == 0x0B }) {
            text.append(Array(String(decoding: line, as: UTF16.self).utf8))
            text.line()
        }
        text.hiding = .none
        text.line()
    }
}
