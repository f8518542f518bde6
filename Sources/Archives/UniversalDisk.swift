import CUDFRead
import Glibc

/// The UDF tree (ECMA-167) of a disk in memory, read by libudfread: opened for one reading, closed when the value ends.
///
/// The bytes must stay in place as long as it lives, so it never leaves the closure that lends them.
struct UniversalDisk: ~Copyable {
    /// A place in the tree of directories.
    typealias Directory = OpaquePointer

    enum Item {
        case directory(name: [UInt8])
        case file(name: [UInt8])
    }

    private let volume: OpaquePointer

    /// Nil where the bytes have no volume that can be read.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.bindMemory(to: UInt8.self).baseAddress, let volume = lz_disk_open(base, bytes.count)
        else { return nil }
        self.volume = volume
    }

    deinit { udfread_close(volume) }

    /// Whether a descriptor of UDF stands among those of the volume (ECMA-167, 2/8.3): before it those of ISO 9660 may.
    static func isUniversal(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let signs = SectorForm.signs.filter { $0 != Array("CD001".utf8) }
        return (16..<(16 + ArchiveLimits.diskDescriptors)).contains { sector in
            signs.contains { bytes.holds($0, at: sector * 2_048 + 1) }
        }
    }

    /// The uppermost directory; to be closed like any other.
    var root: Directory? { lz_disk_root(volume) }

    func directory(_ name: [UInt8], in directory: Directory) -> Directory? {
        Self.terminated(name) { udfread_opendir_at(directory, $0) }
    }

    func close(_ directory: Directory) { udfread_closedir(directory) }

    /// The next item of a directory; nil behind the last one.
    func next(in directory: Directory) -> Item? {
        var entry = udfread_dirent()
        while udfread_readdir(directory, &entry) != nil {
            guard let text = entry.d_name else { continue }
            let name = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
            return entry.d_type == UInt32(UDF_DT_DIR) ? .directory(name: name) : .file(name: name)
        }
        return nil
    }

    /// Hands over a file's content piece by piece, until that is enough for `take`.
    ///
    /// - Returns: the size that the file declares, and whether everything could be read; nil if there is no such file.
    func read(
        _ name: [UInt8], in directory: Directory, into piece: inout [UInt8], _ take: (ArraySlice<UInt8>) -> Bool
    ) -> (size: Int, isWhole: Bool)? {
        guard let file = Self.terminated(name, { udfread_file_openat(directory, $0) }) else { return nil }
        defer { udfread_file_close(file) }
        let size = Int(udfread_file_size(file))
        var done = 0
        while done < size {
            let count = piece.withUnsafeMutableBytes { udfread_file_read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return (size, false) }
            done += count
            guard take(piece[..<count]) else { return (size, true) }
        }
        return (size, size >= 0)
    }

    private static func terminated<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result?) -> Result? {
        (name + [0]).withUnsafeBytes { raw in
            raw.bindMemory(to: CChar.self).baseAddress.flatMap(body)
        }
    }
}
