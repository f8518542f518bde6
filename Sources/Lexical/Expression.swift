import CPCRE2
import Synchronization
import Vocabulary

/// One expression compiled by PCRE2 with UTF and UCP: the definition of what a pattern means.
///
/// Owns the compiled code, which may be shared over threads; each search makes its own match data.
final class Expression: Sendable {
    // Freed in deinit; PCRE2 only reads it once it is compiled.
    private nonisolated(unsafe) let code: OpaquePointer

    /// - Throws: `PatternFault` with PCRE2's words and place.
    init(_ source: [UInt8], ignoresCase: Bool) throws(PatternFault) {
        var number: Int32 = 0
        var offset = 0
        var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_MATCH_INVALID_UTF)
        options |= UInt32(PCRE2_NEVER_BACKSLASH_C)
        if ignoresCase { options |= UInt32(PCRE2_CASELESS) }
        guard let code = pcre2_compile_8(source, source.count, options, &number, &offset, nil) else {
            throw PatternFault(message: Self.message(number), offset: offset)
        }
        self.code = code
        // A refusal only means the slower interpreter.
        _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    }

    deinit { pcre2_code_free_8(code) }

    /// What a search found.
    enum Result: Equatable {
        case match(Range<Int>)
        case none
        /// A limit ended the search.
        case undecided
    }

    /// The first match at or after an offset.
    func firstMatch(in text: [UInt8], from start: Int = 0) -> Result {
        guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
            return .undecided
        }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        pcre2_set_match_limit_8(context, LexicalLimits.matchSteps)
        pcre2_set_heap_limit_8(context, LexicalLimits.heapKibibytes)
        let count = text.withUnsafeBufferPointer {
            pcre2_match_8(code, $0.baseAddress, $0.count, start, 0, data, context)
        }
        if count == PCRE2_ERROR_NOMATCH { return .none }
        guard count >= 0, let vector = pcre2_get_ovector_pointer_8(data) else { return .undecided }
        return .match(vector[0]..<max(vector[0], vector[1]))
    }

    /// Whether the expression matches the empty text, and so everything.
    var matchesNothing: Bool { firstMatch(in: []) != .none }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }
}
