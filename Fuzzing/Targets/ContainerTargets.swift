import Vocabulary

@testable import Inspection

extension FuzzTarget {
    /// Documents that hold files, macros or both, and the text of them.
    static let containers = [
        FuzzTarget("compound", most: 64 << 10, seeds: ["ole"], ContainerTargets.compound),
        FuzzTarget("rtf", most: 8 << 10, seeds: ["rtf"], ContainerTargets.rtf),
        FuzzTarget("tnef", most: 16 << 10, seeds: [".tnef", ".dat"]) {
            try ContainerTargets.take($0, &$1, TransportFiles.take)
        },
        FuzzTarget("notebook", most: 16 << 10, seeds: ["onenote"]) {
            try ContainerTargets.take($0, &$1, NotebookFiles.take)
        },
        FuzzTarget("calendar", most: 4 << 10, seeds: ["calendar", "vcard"]) {
            try ContainerTargets.take($0, &$1, CalendarFiles.take)
        },
        FuzzTarget("script", most: 4 << 10, seeds: ["script", "svg", "html"], ContainerTargets.script),
        FuzzTarget("pdf", most: 32 << 10, seeds: ["pdf"], ContainerTargets.pdf),
    ]
}

private enum ContainerTargets {
    /// Compound files: what stands in them as a document, a message and an installer; macros; Word's text.
    static func compound(_ input: [UInt8], _ answer: inout Answer) throws {
        for name in ["doc", "msg", "msi"] {
            let types = FileType.named(name).map { [$0] } ?? []
            try take(input, &answer) { CompoundFiles.take(from: $0, types: types, into: &$1) }
            var node = Node(parent: nil, path: "1", depth: 0, role: .attachment)
            node.bytes = input
            node.types = types
            answer.add(String(describing: MacroSearch.answer(for: node, children: [])))
        }
        try add(WordText.read(input, limits: .forFuzzing), &answer)
        answer.add(DocumentEncryption.isEncryptedOLE(input))
        answer.add(
            input.withUnsafeBytes { bytes in
                CompoundDirectory(bytes).map { CompoundContentType.names($0) } ?? []
            })
    }

    static func rtf(_ input: [UInt8], _ answer: inout Answer) throws {
        try take(input, &answer, RichTextObjects.take)
        try add(RTFText.read(input, limits: .forFuzzing), &answer)
    }

    /// Files written into pages and scripts as text.
    static func script(_ input: [UInt8], _ answer: inout Answer) throws {
        try take(input, &answer, DataAddresses.take)
        try take(input, &answer, ScriptBlobs.take)
    }

    static func pdf(_ input: [UInt8], _ answer: inout Answer) throws {
        try take(input, &answer, PortableFiles.take)
        answer.add(DocumentEncryption.isLockedPDF(input))
        for filter in ["/Fl", "/AHx", "/A85"] {
            let decoded = PortableFilter.decoded(input, by: filter, limit: 1 << 20)
            try promise(decoded.map { $0.bytes.count <= 1 << 20 } ?? false, "a filter is undone up to its limit")
            answer.add(decoded?.bytes ?? [])
        }
    }

    /// Takes the files out, within small limits of all kinds.
    static func take(
        _ input: [UInt8], _ answer: inout Answer, _ reader: ([UInt8], inout EmbeddedFiles) -> Void
    ) throws {
        let (count, total, each) = (50, 2 << 20, 1 << 20)
        var found = EmbeddedFiles(count: count, totalBytes: total, contentBytes: each)
        reader(input, &found)
        try promise(found.files.count <= count, "files are taken out up to their number")
        try promise(found.files.allSatisfy { $0.bytes.count <= each }, "a file is taken out up to its limit")
        try promise(found.files.reduce(0) { $0 + $1.bytes.count } <= total, "files share one limit")
        for file in found.files {
            answer.add(file.names)
            answer.add(file.bytes)
            answer.add(file.unread)
        }
        answer.add(found.missing)
        answer.add(found.anomalies.map(\.sentence))
    }

    static func add(_ text: ExtractedText, _ answer: inout Answer) throws {
        try TextTargets.add(text, &answer)
    }
}

extension InspectionLimits {
    /// Small, so that inputs of a few kilobytes reach them, and without a clock, so that answers do not depend on it.
    static var forFuzzing: InspectionLimits {
        var limits = InspectionLimits()
        limits.nodes = 500
        limits.expandedBytes = 8 << 20
        limits.contentBytes = 2 << 20
        limits.textBytes = 2 << 10
        limits.pages = 20
        limits.documentSeconds = 3_600
        limits.seconds = 3_600
        limits.links = 500
        limits.writtenLinks = 1_000
        return limits
    }
}
