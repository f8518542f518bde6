import CClamAV
import Foundation
import Vocabulary

/// Bounds within which libclamav is asked. It answers "clean" to what lies beyond its own limits, so ours are enforced
/// before it is called, and its own are set above them.
public struct ClamAVLimits: Sendable, Equatable {
    /// Bytes of one content; a larger one is unknown for `over-limit`.
    public var contentBytes = 64 << 20
    /// Bytes that libclamav may scan after unpacking one content.
    public var scanBytes = 256 << 20
    /// Containers within containers that libclamav opens on its own.
    public var recursion = 17
    /// Files that libclamav takes out of one content.
    public var files = 10_000
    /// Milliseconds for one content.
    public var milliseconds = 20_000

    public init() {}
}

/// libclamav in this process, with the signatures of one folder.
///
/// Loaded once; scanning is safe from several threads. Debian's build has no unpacker for RAR: members are to be
/// scanned one by one.
public final class ClamAVEngine: AntivirusEngine {
    public let name: String
    public let signatures: SignatureState
    private let limits: ClamAVLimits
    // Owned: freed in deinit, which runs when no scan holds `self` any longer. libclamav allows concurrent scans.
    private nonisolated(unsafe) let engine: OpaquePointer

    private static let initialized: Bool = cl_init(UInt32(CL_INIT_DEFAULT)) == CL_SUCCESS

    /// Loads and compiles all signatures of a folder. Takes milliseconds for small sets, seconds for the official one.
    ///
    /// - Throws: `EngineFault` if the folder cannot be read, holds no signature, or one does not load.
    public init(
        _ name: String = "clamav", signatures folder: String, limits: ClamAVLimits = ClamAVLimits()
    ) throws(EngineFault) {
        guard Self.initialized else {
            throw EngineFault(engine: "clamav", cause: "libclamav does not start", cure: "reinstall libclamav")
        }
        let newest = try Self.newestSignature(in: folder)
        guard let engine = cl_engine_new() else {
            throw EngineFault(engine: "clamav", cause: "libclamav has no memory", cure: "raise the memory limit")
        }
        var count: UInt32 = 0
        do throws(EngineFault) {
            try Self.configure(engine, limits)
            try Self.check(
                cl_load(folder, engine, &count, clamav_standard_database_options), "cannot load \(folder)",
                "check the signature files")
            try Self.check(cl_engine_compile(engine), "cannot compile \(folder)", "check the signature files")
            guard count > 0 else {
                throw EngineFault(
                    engine: "clamav", cause: "\(folder) holds no signature",
                    cure: "run freshclam, or name another folder with --signatures")
            }
        } catch {
            cl_engine_free(engine)
            throw error
        }
        self.name = name
        self.engine = engine
        self.limits = limits
        signatures = SignatureState(
            engine: name, version: "libclamav \(String(cString: cl_retver()))", count: Int(count), newest: newest,
            // Of each loading its own: two sets may agree in number and, within a second, in age.
            mark: UUID().uuidString)
    }

    deinit { cl_engine_free(engine) }

    public func scan(_ bytes: [UInt8], name: String?) -> EngineAnswer {
        guard !bytes.isEmpty else { return .clean }
        guard bytes.count <= limits.contentBytes else {
            return .unknown(.overLimit, "larger than \(ByteCount(Int64(limits.contentBytes)))")
        }
        var options = cl_scan_options()
        options.general = UInt32(CL_SCAN_GENERAL_HEURISTICS)
        options.parse = ~0
        // What it could not look into must not read as clean.
        options.heuristic =
            UInt32(CL_SCAN_HEURISTIC_EXCEEDS_MAX) | UInt32(CL_SCAN_HEURISTIC_ENCRYPTED_ARCHIVE)
            | UInt32(CL_SCAN_HEURISTIC_ENCRYPTED_DOC)
        return bytes.withUnsafeBytes { buffer in
            guard let map = cl_fmap_open_memory(buffer.baseAddress, buffer.count) else {
                return .unknown(.engineDown, "libclamav cannot map the content")
            }
            defer { cl_fmap_close(map) }
            var found: UnsafePointer<CChar>?
            var scanned: UInt = 0
            let result = cl_scanmap_callback(map, nil, &found, &scanned, engine, &options, nil)
            return Self.answer(result, found)
        }
    }

    private static func answer(_ result: cl_error_t, _ found: UnsafePointer<CChar>?) -> EngineAnswer {
        switch result {
        case CL_CLEAN: return .clean
        case CL_VIRUS:
            let virus = found.map { String(cString: $0) } ?? "unnamed"
            return ClamAVFinding.answer(virus)
        case CL_EMAXREC, CL_EMAXSIZE, CL_EMAXFILES, CL_ETIMEOUT:
            return .unknown(.overLimit, String(cString: cl_strerror(result)))
        default:
            return .unknown(.engineDown, String(cString: cl_strerror(result)))
        }
    }

    private static func configure(_ engine: OpaquePointer, _ limits: ClamAVLimits) throws(EngineFault) {
        let settings: [(cl_engine_field, Int)] = [
            (CL_ENGINE_MAX_SCANSIZE, limits.scanBytes), (CL_ENGINE_MAX_FILESIZE, limits.contentBytes * 2),
            (CL_ENGINE_MAX_RECURSION, limits.recursion), (CL_ENGINE_MAX_FILES, limits.files),
            (CL_ENGINE_MAX_SCANTIME, limits.milliseconds),
        ]
        for (field, value) in settings {
            try check(
                cl_engine_set_num(engine, field, Int64(value)), "refuses a limit of \(value)", "lower the limit")
        }
    }

    private static func check(_ result: cl_error_t, _ cause: String, _ cure: String) throws(EngineFault) {
        guard result == CL_SUCCESS else {
            throw EngineFault(engine: "clamav", cause: "\(cause): \(String(cString: cl_strerror(result)))", cure: cure)
        }
    }

    private static func newestSignature(in folder: String) throws(EngineFault) -> Int64 {
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(
                at: URL(fileURLWithPath: folder, isDirectory: true), includingPropertiesForKeys: nil)
        } catch {
            throw EngineFault(
                engine: "clamav", cause: "the folder \(folder) cannot be read",
                cure: "name the folder of the signatures with --signatures")
        }
        let dates = files.compactMap { file -> Date? in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
            return attributes?[.modificationDate] as? Date
        }
        guard let newest = dates.max() else {
            throw EngineFault(
                engine: "clamav", cause: "the folder \(folder) is empty",
                cure: "run freshclam, or name another folder with --signatures")
        }
        return Int64(newest.timeIntervalSince1970)
    }
}
