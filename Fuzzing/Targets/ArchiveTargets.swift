@testable import Archives

extension FuzzTarget {
    /// Archives and disks. Only the reading of zip, gzip, the trees of optical disks and the file systems of others is ours; the rest is libarchive's, under
    /// our limits.
    static let archives = [
        FuzzTarget("zip", most: 4 << 10, seeds: ["zip"], ArchiveTargets.zip),
        FuzzTarget("gzip", most: 8 << 10, seeds: ["gzip"], ArchiveTargets.gzip),
        FuzzTarget("disk", most: 128 << 10, seeds: ["iso", "disk-image"], ArchiveTargets.disk),
        FuzzTarget("disk-image", most: 128 << 10, seeds: ["img", "vhd"], ArchiveTargets.image),
        FuzzTarget("archive", most: 32 << 10, seeds: ["archive", "compressed"], ArchiveTargets.archive),
    ]
}

private enum ArchiveTargets {
    private static let limits = ArchiveLimits(
        entries: 200, bytesPerEntry: 1 << 20, totalBytes: 4 << 20, ratioFloor: 2 << 20, nameBytes: 1_024)
    private static let reader = ArchiveReader(limits: limits)

    /// By every index it has, with and without a password, and the looks at it that open nothing.
    static func zip(_ input: [UInt8], _ answer: inout Answer) throws {
        try read(input, as: .zip, password: nil, &answer)
        try read(input, as: .zip, password: "infected", &answer)
        answer.add(reader.tries("infected", on: input, as: .zip).opens)
        answer.add(input.withUnsafeBytes { ZipDirectory.names(in: $0, limit: 100) })
        answer.add(EmbeddedArchive.all(in: input))
        answer.add(EmbeddedArchive.endsAsZip(input))
        answer.add(ArchiveFormat.detectEmbedded(in: input))
    }

    static func gzip(_ input: [UInt8], _ answer: inout Answer) throws {
        try read(input, as: .gzip, password: nil, &answer)
        let unpacked = Deflated.unpacked(input[...], limit: 1 << 20)
        try promise(unpacked.bytes.count <= 1 << 20, "data are unpacked up to their limit")
        answer.add(unpacked.bytes)
    }

    static func disk(_ input: [UInt8], _ answer: inout Answer) throws {
        try read(input, as: .iso9660, password: nil, &answer)
    }

    /// As a raw disk and as a virtual one of either kind, whatever its marks say, and by what it is said to be.
    static func image(_ input: [UInt8], _ answer: inout Answer) throws {
        for format in [ArchiveFormat.img, .vhd, .vhdx] { try read(input, as: format, password: nil, &answer) }
        let all = ArchiveFormat.all(in: input)
        try promise(all.first == ArchiveFormat.detect(input), "what is found first is what a file is")
        try promise(Set(all).count == all.count, "a file is everything once")
        answer.add(all)
    }

    /// As what it is by its own bytes.
    static func archive(_ input: [UInt8], _ answer: inout Answer) throws {
        guard let format = ArchiveFormat.detect(input) else { return }
        answer.add(format)
        try read(input, as: format, password: nil, &answer)
    }

    private static func read(
        _ input: [UInt8], as format: ArchiveFormat, password: String?, _ answer: inout Answer
    ) throws {
        let contents = reader.contents(of: input, as: format, password: password)
        try promise(contents.entries.count <= limits.entries, "entries are listed up to their limit")
        for entry in contents.entries {
            try promise(entry.bytes.count <= limits.bytesPerEntry, "an entry is read up to its limit")
            try promise(entry.rawName.count <= limits.nameBytes, "a name is kept up to its limit")
            try promise(entry.allNames.first == entry.name, "the name that is shown comes first")
        }
        let kept = contents.entries.reduce(0) { $0 + $1.bytes.count }
        try promise(kept <= limits.totalBytes, "entries are read up to a limit of all")
        try promise(
            !contents.summary.wasStopped && contents.summary.entryCount == contents.entries.count,
            "the summary counts the entries")
        answer.add(contents)
    }
}
