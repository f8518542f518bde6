import CPCRE2
import Vocabulary

/// One expression compiled by PCRE2 with UTF and UCP: the definition of what a pattern means.
///
/// Owns the compiled code, which may be shared over threads; each search has a workspace of its own.
final class Expression: Sendable {
    // Freed in deinit; PCRE2 only reads it once it is compiled.
    private nonisolated(unsafe) let code: OpaquePointer
    private let limits: LexicalLimits

    /// - Throws: `PatternFault` with PCRE2's words and place.
    init(_ source: [UInt8], ignoresCase: Bool, limits: LexicalLimits) throws(PatternFault) {
        guard let context = pcre2_compile_context_create_8(nil) else {
            throw PatternFault(message: "there is no memory to compile it")
        }
        defer { pcre2_compile_context_free_8(context) }
        // Only a line feed ends a line, however the library was built.
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))
        var number: Int32 = 0
        var offset = 0
        var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_NEVER_BACKSLASH_C)
        if ignoresCase { options |= UInt32(PCRE2_CASELESS) }
        guard let code = pcre2_compile_8(source, source.count, options, &number, &offset, context) else {
            throw PatternFault(message: Self.message(number), offset: offset)
        }
        self.code = code
        self.limits = limits
    }

    deinit { pcre2_code_free_8(code) }

    /// Translates to machine code; called before anybody else has the expression. Where the system forbids it, PCRE2
    /// interprets, with the same results.
    func prepareMachineCode() { _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) }

    /// Whether there is a text where it matches without taking any of it.
    var canMatchEmptyText: Bool {
        var answer: UInt32 = 1
        _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MATCHEMPTY), &answer)
        return answer != 0
    }

    /// What a search found.
    enum Result: Equatable {
        case match(Range<Int>)
        case none
        /// A limit ended the search.
        case undecided
    }

    /// The first match that passes the check.
    func firstMatch(in text: ValidText, passing check: MatchCheck? = nil) -> Result {
        var result = Result.none
        search(text, passing: check) {
            result = $0
            return false
        }
        return result
    }

    /// Searches for one match after the other and gives each that passes the check to `report`, until that returns
    /// false; ends with `none` or `undecided`. One meter runs for all of them: many matches are no excuse for more
    /// work. After a match that fails the search goes on one character after its start, so that a digit in front of a
    /// number does not hide it.
    func search(_ text: ValidText, passing check: MatchCheck? = nil, report: (Result) -> Bool) {
        guard let workspace = MatchWorkspace.take(limits: limits) else {
            _ = report(.undecided)
            return
        }
        defer { MatchWorkspace.giveBack(workspace) }
        var meter = SearchMeter(steps: limits.steps(forBytes: text.bytes.count))
        text.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while start <= bytes.count {
                let result = search(bytes, from: start, in: workspace, meter: &meter)
                if let check, case .match(let range) = result, !check.accepts(text.bytes[range]) {
                    guard meter.take(1 + range.count / SearchMeter.bytesOfStep) else {
                        _ = report(.undecided)
                        return
                    }
                    start = range.lowerBound + 1
                    while start < bytes.count, bytes[start] & 0xc0 == 0x80 { start += 1 }
                    continue
                }
                guard report(result), case .match(let range) = result else { return }
                // An empty match would be found at the same place for ever.
                start = max(range.upperBound, start + (range.isEmpty ? 1 : 0))
            }
            _ = report(.none)
        }
    }

    private func search(
        _ text: UnsafeBufferPointer<UInt8>, from start: Int, in workspace: MatchWorkspace, meter: inout SearchMeter
    ) -> Result {
        meter.startSearch(at: start)
        let count = withUnsafeMutablePointer(to: &meter) { meter in
            pcre2_set_callout_8(workspace.context, passMeter, UnsafeMutableRawPointer(meter))
            // The text is UTF-8: its type says so.
            return pcre2_match_8(
                code, text.baseAddress, text.count, start, UInt32(PCRE2_NO_UTF_CHECK), workspace.data,
                workspace.context)
        }
        if count == PCRE2_ERROR_NOMATCH { return .none }
        guard count >= 0, let vector = pcre2_get_ovector_pointer_8(workspace.data) else { return .undecided }
        return .match(vector[0]..<max(vector[0], vector[1]))
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }
}

/// Called at each callout of `MeteredSource`; its number is the binary logarithm of its cost.
private func passMeter(
    _ place: UnsafeMutablePointer<pcre2_callout_block_8>?, _ meter: UnsafeMutableRawPointer?
) -> Int32 {
    guard let place, let meter = meter?.assumingMemoryBound(to: SearchMeter.self) else { return PCRE2_ERROR_CALLOUT }
    let cost = 1 << Int(min(place.pointee.callout_number, 16))
    return meter.pointee.pass(place.pointee.current_position, cost: cost) ? 0 : PCRE2_ERROR_MATCHLIMIT
}
