import Vocabulary

/// One instruction: eight bytes, all opcodes alike.
public struct Instruction: Hashable, Sendable, BitwiseCopyable {
    public var opcode: Opcode
    public var small: UInt8
    public var register: UInt16
    public var immediate: UInt32

    public init(_ opcode: Opcode, small: UInt8 = 0, register: UInt16 = 0, immediate: UInt32 = 0) {
        self.opcode = opcode
        self.small = small
        self.register = register
        self.immediate = immediate
    }
}

/// Which list a loop runs over and which binder its element gets, packed as the small operand of loop instructions.
public struct LoopHead: Hashable, Sendable {
    public let list: ElementListName
    /// 0 for the outer loop, 1 for the inner one.
    public let binder: Int

    public init(list: ElementListName, binder: Int) {
        self.list = list
        self.binder = binder
    }

    /// From its packed form; `nil` where that is none.
    public init?(packed: UInt8) {
        let lists = ElementListName.allCases
        guard Int(packed & 0x0f) < lists.count, packed >> 4 < BytecodeLimits.binders else { return nil }
        self.init(list: lists[Int(packed & 0x0f)], binder: Int(packed >> 4))
    }

    /// List in the lower half, binder in the upper.
    public var packed: UInt8 {
        UInt8(truncatingIfNeeded: binder << 4) | UInt8(ElementListName.allCases.firstIndex(of: list) ?? 0)
    }
}
