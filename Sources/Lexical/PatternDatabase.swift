import CVectorscan
import Synchronization
import Vocabulary

/// Many patterns compiled by Vectorscan for one pass over a text.
///
/// Owns the database and the scratch spaces; a scan takes a scratch from the pool, so several threads can scan.
final class PatternDatabase: Sendable {
    private nonisolated(unsafe) let database: OpaquePointer
    private struct Scratch: @unchecked Sendable { let pointer: OpaquePointer }
    private let prototype: Scratch
    private let pool = Mutex<[Scratch]>([])

    /// Literals, byte for byte. Each is reported once at most, or at every place.
    ///
    /// - Throws: `PatternFault` when Vectorscan refuses the set.
    convenience init(literals: [(id: Int, bytes: [UInt8])], everyPlace: Bool = false) throws(PatternFault) {
        var database: OpaquePointer?
        let result = Self.compile(literals, flag: everyPlace ? 0 : UInt32(HS_FLAG_SINGLEMATCH)) {
            expressions, flags, ids, lengths, count, error in
            hs_compile_lit_multi(
                expressions, flags, ids, lengths, count, UInt32(HS_MODE_BLOCK), nil, &database, error)
        }
        try self.init(adopting: database, result)
    }

    /// Expressions as a filter, from `WidenedSource`: what is not reported does not match; what is must be confirmed.
    ///
    /// - Throws: `PatternFault` when Vectorscan cannot take one of them.
    convenience init(filters: [(id: Int, bytes: [UInt8])]) throws(PatternFault) {
        var database: OpaquePointer?
        let result = Self.compile(filters) { expressions, _, ids, _, count, error in
            let flag = UInt32(HS_FLAG_UTF8 | HS_FLAG_PREFILTER | HS_FLAG_SINGLEMATCH)
            let flags = [UInt32](repeating: flag, count: Int(count))
            return hs_compile_multi(expressions, flags, ids, count, UInt32(HS_MODE_BLOCK), nil, &database, error)
        }
        try self.init(adopting: database, result)
    }

    private init(adopting database: OpaquePointer?, _ message: String?) throws(PatternFault) {
        var scratch: OpaquePointer?
        guard let database, hs_alloc_scratch(database, &scratch) == HS_SUCCESS, let scratch else {
            if let database { hs_free_database(database) }
            throw PatternFault(message: message ?? "the set of patterns does not compile")
        }
        self.database = database
        prototype = Scratch(pointer: scratch)
    }

    deinit {
        for scratch in pool.withLock({ $0 }) { hs_free_scratch(scratch.pointer) }
        hs_free_scratch(prototype.pointer)
        hs_free_database(database)
    }

    /// The ids of the patterns that occur, ascending; `nil` when the scan failed.
    func scan(_ text: [UInt8]) -> [Int]? {
        var found: [Int] = []
        return scanAll(text) { id, _ in found.append(id) } ? found.sorted() : nil
    }

    /// Gives the id and the end of each match to `report`; `false` when the scan failed.
    func scanAll(_ text: [UInt8], report: (_ id: Int, _ end: Int) -> Void) -> Bool {
        guard text.count <= Int(UInt32.max), let scratch = takeScratch() else { return false }
        defer { pool.withLock { $0.append(scratch) } }
        let result = withoutActuallyEscaping(report) { report in
            var report = report
            return withUnsafeMutablePointer(to: &report) { report in
                text.withUnsafeBytes { buffer in
                    hs_scan(
                        database, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(buffer.count), 0,
                        scratch.pointer,
                        { id, _, end, _, context in
                            context?.assumingMemoryBound(to: ((Int, Int) -> Void).self).pointee(Int(id), Int(end))
                            return 0
                        }, report)
                }
            }
        }
        return result == HS_SUCCESS
    }

    private func takeScratch() -> Scratch? {
        if let scratch = pool.withLock({ $0.popLast() }) { return scratch }
        var copy: OpaquePointer?
        guard hs_clone_scratch(prototype.pointer, &copy) == HS_SUCCESS, let copy else { return nil }
        return Scratch(pointer: copy)
    }

    private typealias Body = (
        UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UInt32>, UnsafePointer<UInt32>, UnsafePointer<Int>,
        UInt32, UnsafeMutablePointer<UnsafeMutablePointer<hs_compile_error_t>?>
    ) -> hs_error_t

    /// Lays the sources out for the library; its message on failure.
    private static func compile(
        _ sources: [(id: Int, bytes: [UInt8])], flag: UInt32 = 0, _ body: Body
    ) -> String? {
        // One buffer with a NUL behind each source, so that all pointers live as long as the call.
        var joined: [CChar] = []
        var starts: [Int] = []
        for source in sources {
            starts.append(joined.count)
            joined += source.bytes.map { CChar(bitPattern: $0) } + [0]
        }
        let flags = [UInt32](repeating: flag, count: sources.count)
        let ids = sources.map { UInt32($0.id) }
        let lengths = sources.map(\.bytes.count)
        var error: UnsafeMutablePointer<hs_compile_error_t>?
        let result = joined.withUnsafeBufferPointer { buffer -> hs_error_t in
            let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
            return body(pointers, flags, ids, lengths, UInt32(sources.count), &error)
        }
        defer { if let error { hs_free_compile_error(error) } }
        guard result != HS_SUCCESS else { return nil }
        return error?.pointee.message.map { String(cString: $0) } ?? "error \(result)"
    }
}
