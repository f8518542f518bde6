import Archives
import Foundation
import Testing

/// Every archive of the corpus, whole, cut and bent: no crash, no hang, nothing skipped in silence.
///
/// What the corpus taught about libarchive 3.6.2, and where that is taken care of:
/// - a xar with a ring of hard links loops for ever: xar is `unsupported` (`ArchiveFormat.isReadable`);
/// - the filter for compress, set outright, reads through nil: it is guessed instead (`ArchiveHandle`);
/// - asked about encryption where no format was recognised, it leaves its table: not asked then (`ArchiveHandle`);
/// - encrypted RAR 5 entries are not marked: the headers are read here (`RarOutline`);
/// - a name that can't be converted ends the process if `errno` says ENOMEM: cleared first (`ArchiveHeader`);
/// - holes at a sparse file's end are left out: filled within the limits (`ReadingPass`);
/// - 7z with Zstandard or the newest branch filters, and zlib-compressed ISO files, are not decoded: unread.
@Suite struct CorpusTests {
    /// Beside the package, or where `LAZARET_CORPUS` says.
    static let corpus =
        ProcessInfo.processInfo.environment["LAZARET_CORPUS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/corpus").standardizedFileURL

    static var isThere: Bool { FileManager.default.fileExists(atPath: corpus.path) }

    private static let reader = ArchiveReader(limits: ArchiveLimits(totalBytes: 16 << 20))

    private static func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: corpus.appendingPathComponent(path).path).map(Array.init) ?? []
    }

    /// Path and label of the manifest's archives.
    private static var labelled: [(path: String, label: String)] {
        let manifest = String(decoding: bytes("manifest.tsv"), as: UTF8.self)
        return manifest.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 5, fields[0].hasPrefix("archives/") else { return nil }
            return (String(fields[0]), String(fields[4]))
        }
    }

    @Test(.enabled(if: isThere)) func encryptedArchivesAreNoticed() {
        for (path, label) in Self.labelled where label.hasPrefix("encrypted") {
            guard let contents = Self.reader.contents(of: Self.bytes(path)) else {
                Issue.record("\(path) is no archive")
                continue
            }
            #expect(contents.summary.hasEncryption, "\(path)")
            #expect(!contents.isComplete, "\(path)")
            #expect(contents.hasEncryptedNames == (label == "encrypted-header"), "\(path)")
        }
    }

    @Test(.enabled(if: isThere)) func volumesAreNotWhole() {
        for (path, label) in Self.labelled where label == "multi-volume" {
            // Later raw slices of a split file have no signature of their own: they are of no known type.
            guard let contents = Self.reader.contents(of: Self.bytes(path)) else { continue }
            #expect(!contents.isComplete, "\(path)")
        }
    }

    /// Hostile files in which this libarchive reads every entry to its end: the defect lies in fields that it, and
    /// we, do not use, or later versions refuse what this one reads within bounds.
    private static let readToTheEnd: Set<String> = [
        "test_fuzz.cab", "test_fuzz_1.iso.Z", "test_read_format_cab_lzx_invalid_history.cab",
        "test_read_format_iso_rockridge_zf_overflow.iso", "test_read_format_rar_unbound_staticdata.rar",
        "test_read_format_rar5_invalid_hash_valid_htime_exfld.rar", "test_read_format_tar_timestamp_overflow.tar",
        "test_t_bad.zip",
    ]

    @Test(.enabled(if: isThere)) func hostileArchivesAreBoundedAndSaySo() {
        for (path, label) in Self.labelled where label == "damaged-or-hostile" {
            guard let contents = Self.reader.contents(of: Self.bytes(path)) else { continue }
            #expect(contents.summary.expandedBytes <= (16 << 20) + (64 << 10), "\(path)")
            let name = path.split(separator: "/").last.map(String.init) ?? path
            #expect(contents.isComplete == Self.readToTheEnd.contains(name), "\(path): \(contents.problems)")
        }
    }

    /// Zips of the whole corpus, office documents included, that programs read in different ways.
    @Test(.enabled(if: isThere)) func honestZipsAreNotAmbiguous() {
        var zips = 0
        for path in Self.allPaths {
            let bytes = Self.bytes(path)
            guard ArchiveFormat.detect(bytes) == .zip || ArchiveFormat.detect(bytes) == .gzip,
                let contents = Self.reader.contents(of: bytes)
            else { continue }
            zips += 1
            let names = contents.anomalies.map(\.name)
            // Made by its authors with a directory of a wrong size.
            #expect(contents.isAmbiguous == path.hasSuffix("test-baddirsz.zip"), "\(path): \(names)")
        }
        #expect(zips > 100)
    }

    private static var allPaths: [String] {
        let manifest = String(decoding: bytes("manifest.tsv"), as: UTF8.self)
        return manifest.split(separator: "\n").compactMap { $0.split(separator: "\t").first.map(String.init) }
    }

    @Test(.enabled(if: isThere)) func nothingIsSkippedInSilence() {
        var opened = 0
        for (path, _) in Self.labelled {
            let bytes = Self.bytes(path)
            guard let contents = Self.reader.contents(of: bytes) else { continue }
            opened += 1
            // An archive without entries is either said to be so by its format or says why.
            let mayBeEmpty = ["test_read_format_tar_empty_with_gnulabel.tar"].contains { path.hasSuffix($0) }
            #expect(!contents.entries.isEmpty || !contents.problems.isEmpty || mayBeEmpty, "\(path)")
            for entry in contents.entries where entry.kind == .file && entry.isComplete {
                #expect(entry.declaredSize == nil || entry.declaredSize == entry.bytes.count, "\(path)")
            }
        }
        #expect(opened > 200)
    }
}
