/// What one instruction does.
///
/// Purpose of the room: the program a policy becomes, as tables and code, its file format, and the proof that it is
/// harmless.
/// Takes: a program or the bytes of a bundle. Gives: bytes, or a program that was verified. Fails: `BundleFault`.
/// Limits: `Limits.swift`. Must not import: anything that knows policy text or messages.
///
/// The numbers are part of the file format: a case keeps its number for ever.
public enum Opcode: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    case halt = 0
    case constant = 1
    case test = 2
    case not = 3
    case and = 4
    case or = 5
    case jump = 6
    case jumpIfFalse = 7
    case jumpIfTrue = 8
    case jumpUnlessLive = 9
    case store = 10
    case reuse = 11
    case keep = 12
    case enter = 13
    case next = 14
    case leaveAny = 15
    case leaveTotal = 16
    case clear = 17
    case tally = 18
    case addNumbers = 19
    case countValues = 20
    case countDistinct = 21
    case countMatches = 22
    case compareTotal = 23
    case addDistinct = 24
}

/// What the fields of an instruction mean for one opcode.
public struct OpcodeRow: Sendable {
    /// The name in listings.
    public let mnemonic: String
    /// What stands in the small operand, the register field and the immediate; `nil` where the field must be zero.
    public let small: String?
    public let register: String?
    public let immediate: String?
    /// Steps it takes from the budget, the steps of the atom of a `test` apart.
    public let steps: Int
    /// One sentence without a full stop.
    public let sentence: String
}

extension Opcode {
    /// The row of the opcode table.
    public var row: OpcodeRow { Self.rows[Int(rawValue)] }

    /// The table, in the order of the numbers; a test holds `docs/bytecode.md` to it.
    public static let rows: [OpcodeRow] = [
        row("halt", steps: 0, "end of a section or a fragment"),
        row("constant", register: "truth", immediate: "bits", "sets the register to true or false"),
        row("test", register: "truth", immediate: "atom", "sets the register to the truth of the atom"),
        row("not", register: "truth", "exchanges true and false in the register"),
        row("and", register: "truth", immediate: "register", "joins another register by three-valued and"),
        row("or", register: "truth", immediate: "register", "joins another register by three-valued or"),
        row("jump", immediate: "target", "goes on at the target, which lies ahead"),
        row("jump-if-false", register: "truth", immediate: "target", "goes on at the target if the register is false"),
        row("jump-if-true", register: "truth", immediate: "target", "goes on at the target if the register is true"),
        row(
            "jump-unless-live", small: "directions", immediate: "target",
            "goes on at the target if no recipient judged now has one of the directions"),
        row("store", register: "truth", immediate: "formula", "makes the register the value of the formula"),
        row(
            "reuse", register: "truth", immediate: "shared",
            "sets the register to the shared value if it is known, else leaves out the next instruction"),
        row("keep", register: "truth", immediate: "shared", "makes the register the shared value"),
        row(
            "enter", small: "list and binder", immediate: "leave",
            "binds the first element of the list, or goes on at the loop's leave if there is none"),
        row(
            "next", small: "binder", immediate: "enter", "binds the next element and goes back behind the loop's enter"),
        row(
            "leave-any", small: "list and binder", register: "truth",
            "ends the loop and joins what is missing from the list by or"),
        row(
            "leave-total", small: "list and binder", register: "total",
            "ends the loop and opens the total for what is missing from the list"),
        row("clear", small: "total", "sets the total to zero"),
        row("tally", small: "total", register: "truth", "adds one to the total if the register is true, or may be"),
        row(
            "add-numbers", small: "total", register: "truth", immediate: "fact",
            "adds the numbers of the fact to the total if the register is true, or may be"),
        row("count-values", small: "total", immediate: "fact", "adds the number of the fact's values to the total"),
        row(
            "count-distinct", small: "total", immediate: "fact",
            "adds the number of the fact's different values to the total"),
        row("count-matches", small: "total", immediate: "count", steps: 16, "adds the places where a pattern matches"),
        row(
            "compare-total", small: "total", register: "truth", immediate: "comparison",
            "sets the register to the comparison of the total with a number"),
        row(
            "add-distinct", small: "total", register: "truth", immediate: "fact",
            "adds the values of the fact that the total has not counted if the register is true, or may be"),
    ]

    private static func row(
        _ mnemonic: String, small: String? = nil, register: String? = nil, immediate: String? = nil, steps: Int = 1,
        _ sentence: String
    ) -> OpcodeRow {
        OpcodeRow(
            mnemonic: mnemonic, small: small, register: register, immediate: immediate, steps: steps,
            sentence: sentence)
    }
}
