import CPCRE2
import Synchronization

/// What a search of PCRE2 works in. Owns its memory; one search at a time uses it.
///
/// Kept for later searches: the stack alone costs more to make than a short text to search.
final class MatchWorkspace: @unchecked Sendable {
    let data: OpaquePointer
    let context: OpaquePointer
    private let stack: OpaquePointer?
    private let limits: LexicalLimits

    private static let idle = Mutex<[MatchWorkspace]>([])
    /// More are not kept when they are given back.
    private static let keptAtMost = 16

    private init?(limits: LexicalLimits) {
        guard let data = pcre2_match_data_create_8(1, nil) else { return nil }
        guard let context = pcre2_match_context_create_8(nil) else {
            pcre2_match_data_free_8(data)
            return nil
        }
        self.data = data
        self.context = context
        self.limits = limits
        stack = pcre2_jit_stack_create_8(min(32 << 10, limits.stackBytes), limits.stackBytes, nil)
        pcre2_set_match_limit_8(context, limits.matchSteps)
        pcre2_set_heap_limit_8(context, limits.heapKibibytes)
        if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    }

    deinit {
        pcre2_match_context_free_8(context)
        pcre2_match_data_free_8(data)
        if let stack { pcre2_jit_stack_free_8(stack) }
    }

    /// A workspace of the caller's own; `nil` when there is no memory.
    static func take(limits: LexicalLimits) -> MatchWorkspace? {
        let kept = idle.withLock { idle in
            idle.lastIndex { $0.limits == limits }.map { idle.remove(at: $0) }
        }
        return kept ?? MatchWorkspace(limits: limits)
    }

    static func giveBack(_ workspace: MatchWorkspace) {
        idle.withLock { if $0.count < keptAtMost { $0.append(workspace) } }
    }
}

/// Counts what a search costs.
struct SearchMeter {
    private var stepsLeft: Int
    private var lastPosition = 0

    /// Bytes that a repetition runs over in about the time of one call.
    static let bytesOfStep = 8

    init(steps: Int) { stepsLeft = steps }

    mutating func startSearch(at position: Int) { lastPosition = position }

    /// Takes a cost off; `false` when no step is left.
    mutating func take(_ cost: Int) -> Bool {
        stepsLeft -= cost
        return stepsLeft > 0
    }

    /// Takes the cost and the way since the last call off; `false` when no step is left.
    mutating func pass(_ position: Int, cost: Int) -> Bool {
        stepsLeft -= cost + abs(position - lastPosition) / Self.bytesOfStep
        lastPosition = position
        return stepsLeft > 0
    }
}
