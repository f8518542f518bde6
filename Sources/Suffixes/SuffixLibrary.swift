import CPSL
import Glibc
import Vocabulary

/// libpsl as the language's reader of public suffixes.
///
/// Purpose of the room: tell the registrable part of a domain.
/// Takes: a `PublicSuffixList`, whose structure was checked when it was made. Gives: `PublicSuffixes`.
/// Fails: `PublicSuffixFault` where libpsl has no memory. Limits: those of the list.
public struct SuffixLibrary: PublicSuffixReader {
    public init() {}

    /// Reads a list. Milliseconds for ten thousand rules.
    ///
    /// - Throws: `PublicSuffixFault` where libpsl does not take it.
    public func read(_ list: PublicSuffixList) throws(PublicSuffixFault) -> any PublicSuffixes {
        var rules = list.rules
        let context = rules.withUnsafeMutableBytes { bytes -> OpaquePointer? in
            guard let file = fmemopen(bytes.baseAddress, bytes.count, "r") else { return nil }
            defer { fclose(file) }
            return psl_load_fp(file)
        }
        guard let context else { throw PublicSuffixFault(line: nil) }
        return SuffixTable(context)
    }
}

/// A list in libpsl's memory.
private final class SuffixTable: PublicSuffixes, @unchecked Sendable {
    // libpsl only reads a list that is made.
    private let context: OpaquePointer

    init(_ context: OpaquePointer) { self.context = context }

    deinit { psl_free(context) }

    func registrable(of domain: Domain) -> Domain? {
        let name = domain.name.utf8
        guard Self.isName(name) else { return nil }
        return (name + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { buffer -> Domain? in
                guard let start = buffer.baseAddress, let found = psl_registrable_domain(context, start) else {
                    return nil
                }
                return Domain(Text(utf8: Array(name[(found - start)...])))
            }
        }
    }

    /// Whether the name has labels, of which the last is no number, and nothing in it ends a C string.
    private static func isName(_ name: [UInt8]) -> Bool {
        guard (1...1_024).contains(name.count), !name.contains(0), name.first != UInt8(ascii: "[") else { return false }
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy { !$0.isEmpty } && labels.last?.allSatisfy { (0x30...0x39).contains($0) } == false
    }
}
