import Archives
import Vocabulary

/// Containers as nodes: what is one, and what others carry, with the passwords that the mail tells.
extension Decomposition {
    /// Opens the container that a content is and those that it carries. True if it is one from its first byte on.
    @discardableResult
    mutating func openContainers(_ index: Int) -> Bool {
        let bytes = nodes[index].bytes
        let formats = ArchiveFormat.all(in: bytes)
        for format in formats { openArchive(index, bytes, as: format) }
        if let first = formats.first {
            // Several things in one file: which one is opened is up to the program, which goes by the name.
            let endsAsZip = first != .zip && EmbeddedArchive.endsAsZip(bytes)
            let isMore = first.leavesFirstBytes && nodes[index].types.contains { !$0.isUnder(.diskImage) }
            if formats.count > 1 || endsAsZip || isMore {
                nodes[index].anomalies.append(.embeddedArchive(isAmbiguous: true))
            }
            if endsAsZip { openArchive(index, bytes, as: .zip) }
            return !first.leavesFirstBytes
        }
        let isCompound = nodes[index].isOf(.ole)
        for embedded in EmbeddedArchive.all(in: bytes) where !isCompound {
            let isProgram = nodes[index].isOf(.executable)
            nodes[index].anomalies.append(.embeddedArchive(isAmbiguous: !isProgram))
            if !isProgram, let type = FileType.named(embedded.format.typeName) {
                nodes[index].types = nodes[index].types.filter { $0 != .unknown } + [type]
            }
            openArchive(
                index, embedded.offset == 0 ? bytes : Array(bytes[embedded.offset...]), as: embedded.format)
        }
        return false
    }

    private mutating func openArchive(_ index: Int, _ bytes: [UInt8], as format: ArchiveFormat) {
        guard nodes[index].depth < limits.depth else {
            nodes[index].hidden.formUnion(.overLimit)
            return
        }
        var contents = ArchiveReader(limits: archiveLimits).contents(of: bytes, as: format)
        remainingBytes = max(0, remainingBytes - contents.summary.expandedBytes)
        if contents.summary.hasEncryption, let password = password(of: bytes, as: format) {
            contents = ArchiveReader(limits: archiveLimits).contents(of: bytes, as: format, password: password)
            remainingBytes = max(0, remainingBytes - contents.summary.expandedBytes)
            nodes[index].isUnlocked =
                contents.problems.isEmpty && contents.entries.allSatisfy { !$0.isEncrypted || $0.isComplete }
        }
        for problem in contents.problems {
            nodes[index].hidden.formUnion(problem.reason)
            nodes[index].isDamaged = nodes[index].isDamaged || problem.isDamage
            nodes[index].anomalies.append(NodeAnomaly(problem))
        }
        nodes[index].anomalies += contents.anomalies.map(NodeAnomaly.init)
        if contents.summary.hasEncryption { nodes[index].encryption = .archive }
        let ownName = nodes[index].names.first ?? ""
        for (number, entry) in contents.entries.enumerated().reversed() where entry.isContent {
            let name = entry.name ?? format.innerName(ofStreamNamed: ownName) ?? "\(number + 1)"
            waiting.append(.entry(entry, name: name, parent: index, depth: nodes[index].depth + 1))
        }
    }

    /// What is left of the message's budgets for one container.
    private var archiveLimits: ArchiveLimits {
        ArchiveLimits(
            entries: max(0, limits.nodes - nodes.count - waiting.count), bytesPerEntry: limits.contentBytes,
            totalBytes: remainingBytes, nameBytes: limits.nameBytes, deadline: deadline)
    }

    /// The password of the mail that opens a container. Every trial is paid for, so that many candidates for many
    /// containers cost no more than opening one.
    private mutating func password(of bytes: [UInt8], as format: ArchiveFormat) -> String? {
        guard format.opensWithPassword else { return nil }
        for candidate in keys.candidates {
            guard keys.takeTrial(), ContinuousClock.now < deadline else { return nil }
            let trial = ArchiveReader(limits: archiveLimits).tries(candidate, on: bytes, as: format)
            remainingBytes = max(0, remainingBytes - trial.expandedBytes)
            if trial.opens {
                keys.prefer(candidate)
                return candidate
            }
        }
        return nil
    }
}
