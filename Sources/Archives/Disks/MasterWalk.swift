/// The walk through an NTFS volume: every record in use, whether a directory lists it or not.
struct MasterWalk: DiskWalk {
    private(set) var problems: [ArchiveProblem] = []
    private(set) var anomalies: [ArchiveAnomaly] = []
    private let table: MasterTable
    private var parents: [Int: (parent: Int, name: String)] = [:]
    /// Records that continue others.
    private var further: [Int: [Int]] = [:]
    /// How directories call a record, and how often that had been used then.
    private var shown: [Int: [(sequence: Int, name: MasterName)]] = [:]
    private var number = 0
    private var isSurveyed = false
    private var items: [DiskItem] = []

    /// The volume's own files, and the directory of more of them with their names: anybody can put others there.
    private static let ownFiles = 12
    private static let ownDirectory = 11
    private static let ownNames: Set<String> = [
        "$Quota", "$ObjId", "$Reparse", "$RmMetadata", "$Repair", "$TxfLog", "$Txf", "$Tops", "$UsnJrnl", "$Deleted",
    ]
    private static let root = 5

    init(_ table: MasterTable) {
        self.table = table
    }

    mutating func next(_ budget: inout DiskBudget) -> DiskItem? {
        if !isSurveyed { survey(&budget) }
        while items.isEmpty, number < most {
            guard budget.take(table.recordBytes) else {
                problems.append(.overLimit(.totalBytes))
                return nil
            }
            if let record = table.record(number), record.isInUse, record.base == nil { take(record, &budget) }
            number += 1
        }
        return items.popLast()
    }

    private var most: Int { min(table.count, ArchiveLimits.diskRecords) }

    /// The directories, by which paths are made, and what continues what.
    private mutating func survey(_ budget: inout DiskBudget) {
        isSurveyed = true
        if !table.isWhole { problems.append(.unsupported("the table of the disk's files goes on elsewhere")) }
        if table.count > most { problems.append(.overLimit(.entries)) }
        var directories: [Int] = []
        for number in 0..<most {
            guard budget.take(table.recordBytes) else { return problems.append(.overLimit(.totalBytes)) }
            guard let record = table.record(number) else { continue }
            guard record.isInUse else {
                let isFile = record.base == nil && number >= 24 && !names(of: record).isEmpty
                if isFile, anomalies.isEmpty { anomalies.append(.diskDeletedFiles) }
                continue
            }
            if let base = record.base {
                further[base, default: []].append(number)
            } else if record.isDirectory {
                directories.append(number)
                if let name = names(of: record).first { parents[number] = (name.parent, name.text) }
            }
        }
        for number in directories {
            guard let record = table.record(number) else { continue }
            addIndex(of: number, record, &budget)
        }
    }

    /// The names of a record, those in the charset of Windows first.
    private func names(of record: MasterRecord) -> [MasterName] {
        let found = record.attributes.compactMap { attribute in
            attribute.kind == .name ? attribute.resident.flatMap(MasterName.init) : nil
        }
        return found.filter { !$0.isShort } + found.filter(\.isShort)
    }

    /// Notes how a directory calls what stands in it.
    private mutating func addIndex(of directory: Int, _ record: MasterRecord, _ budget: inout DiskBudget) {
        var attributes = record.attributes
        for number in further[directory] ?? [] { attributes += table.record(number)?.attributes ?? [] }
        let index = MasterIndex(attributes, of: table, &budget)
        if !index.isWhole, !problems.contains(Self.brokenIndex) { problems.append(Self.brokenIndex) }
        for entry in index.entries where entry.record < most && shown.count < ArchiveLimits.diskRecords {
            let name = MasterName(parent: directory, text: entry.name.text, isShort: entry.name.isShort)
            shown[entry.record, default: []].append((entry.sequence, name))
        }
    }

    private static let brokenIndex = ArchiveProblem.damaged("the index of a directory of the disk can't be read")

    /// The names by which directories show a record that it does not bear itself.
    private func names(shown number: Int, _ record: MasterRecord, beside own: [MasterName]) -> [MasterName] {
        (shown[number] ?? []).lazy.filter { $0.sequence == record.sequence }.map(\.name).filter { name in
            !own.contains { $0.text == name.text && $0.parent == name.parent }
        }
    }

    private func folder(_ directory: Int) -> String {
        var path = ""
        var current = directory
        for _ in 0..<ArchiveLimits.directoryDepth {
            guard current != Self.root, let (parent, name) = parents[current] else { return path }
            path = name + "/" + path
            current = parent
        }
        return path
    }

    private mutating func take(_ record: MasterRecord, _ budget: inout DiskBudget) {
        var attributes = record.attributes
        var names = names(of: record)
        for number in further[number] ?? [] {
            guard budget.take(table.recordBytes) else { return problems.append(.overLimit(.totalBytes)) }
            guard let more = table.record(number) else { continue }
            attributes += more.attributes
            names += self.names(of: more)
        }
        let others = self.names(shown: number, record, beside: names)
        if !names.isEmpty, others.contains(where: { !$0.isShort }), !anomalies.contains(.diskNames) {
            anomalies.append(.diskNames)
        }
        names += others
        // A directory may lead to a record that bears no name, and no directory to one that does.
        let isEmpty = !attributes.contains { $0.kind == .data && $0.size > 0 }
        if names.isEmpty, number >= Self.ownFiles, !isEmpty {
            names = [MasterName(parent: Self.root, text: "#\(number)", isShort: false)]
        }
        guard let first = names.first else { return }
        let texts =
            [first.text]
            + names.dropFirst().filter { !$0.isShort || !ShortName.isAlias($0.text, of: first.text) }
            .map(\.text)
        let isOwn =
            number < Self.ownFiles
            || names.allSatisfy { $0.parent == Self.ownDirectory && Self.ownNames.contains($0.text) }
        let folder = folder(first.parent)
        if record.isDirectory, !isOwn {
            items.append(
                DiskItem(folder: folder, names: texts, isDirectory: true, size: 0, content: .bytes([])))
        }
        let data = attributes.filter { $0.kind == .data }
        let isPacked = data.contains { $0.name == "WofCompressedData" }
        for stream in Set(data.map(\.name)).sorted() where !isOwn || (!stream.isEmpty && !stream.hasPrefix("$")) {
            let parts = data.filter { $0.name == stream }.sorted { $0.firstCluster < $1.firstCluster }
            let content = content(of: parts, isPacked: isPacked && stream.isEmpty, &budget)
            items.append(
                DiskItem(
                    folder: folder, names: stream.isEmpty ? texts : texts.map { $0 + ":" + stream },
                    isDirectory: false, size: parts.first?.size ?? 0, content: content))
        }
    }

    private func content(
        of parts: [MasterRecord.Attribute], isPacked: Bool, _ budget: inout DiskBudget
    ) -> DiskContent {
        guard let first = parts.first else { return .bytes([]) }
        if first.isEncrypted { return .unread(.encrypted) }
        if isPacked || first.isCompressed {
            return .unread(.unsupported("a file of the disk is compressed by its file system"))
        }
        if let bytes = first.resident {
            return budget.take(bytes.count) ? .bytes(bytes) : .unread(.overLimit(.totalBytes))
        }
        let pieces = parts.flatMap { $0.pieces(clusterBytes: table.clusterBytes) }
        let stored = DiskPiece.bytes(pieces.filter { $0.place != nil })
        guard budget.take(min(stored, first.size)) else { return .unread(.overLimit(.totalBytes)) }
        return .pieces(pieces, written: first.written)
    }
}
