import Foundation
import Glibc

/// The bundles that were pushed, and which of them judges: files in a folder of the store.
///
/// A folder for each organisation has `1.lzb`, `2.lzb`, … and `history.json`, which is written last and exchanged in one
/// step: after a loss of power either the old history counts or the new one.
public actor PolicyArchive {
    private let folder: String
    private let files: BlobFiles

    /// - Parameter folder: made when something is first written.
    public init(folder: String) {
        self.folder = folder
        files = .system
    }

    /// What `save` wrote last; `nil` where nothing was pushed yet.
    ///
    /// - Throws: `StoreFault` where it cannot be read: an old policy must not take its place silently.
    public func history(of organisation: String) throws(StoreFault) -> [UInt8]? {
        let path = "\(place(organisation))/history.json"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try read(path)
    }

    /// The bytes of a version.
    ///
    /// - Throws: `StoreFault`.
    public func bundle(_ number: Int, of organisation: String) throws(StoreFault) -> [UInt8] {
        try read("\(place(organisation))/\(number).lzb")
    }

    /// Keeps a version's bundle, and then the history that names it.
    ///
    /// - Parameter bundle: `nil` where only the history changes.
    /// - Throws: `StoreFault`; the old history counts then.
    public func save(
        _ history: [UInt8], bundle: (number: Int, bytes: [UInt8])?, of organisation: String
    ) throws(StoreFault) {
        let place = place(organisation)
        do {
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreFault(.failed, "the folder \(place) cannot be made: \(error)")
        }
        if let bundle { try write(bundle.bytes, to: "\(place)/\(bundle.number).lzb", in: place) }
        try write(history, to: "\(place)/history.json", in: place)
    }

    /// A folder's name that no organisation's name can lead out of.
    private func place(_ organisation: String) -> String {
        let safe = organisation.utf8.map { byte -> String in
            let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            return isPlain ? String(UnicodeScalar(byte)) : "_" + String(byte, radix: 16)
        }
        return "\(folder)/\(safe.joined())"
    }

    private func read(_ path: String) throws(StoreFault) -> [UInt8] {
        do {
            return try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw StoreFault(.missing, "\(path) cannot be read: \(error)")
        }
    }

    private func write(_ bytes: [UInt8], to path: String, in place: String) throws(StoreFault) {
        let temporary = "\(path).new"
        try? files.remove(temporary)
        do throws(FileFault) {
            let file = try files.create(temporary)
            defer { close(file) }
            try files.write(file, bytes)
            try files.sync(file)
            try files.rename(temporary, path)
            let folder = open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { throw FileFault(.sync, errno) }
            defer { close(folder) }
            try files.sync(folder)
        } catch {
            throw StoreFault(
                error.isFull ? .full : .failed, "\(path) cannot be written: \(String(cString: strerror(error.code)))")
        }
    }
}
