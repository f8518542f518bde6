import Vocabulary

/// Proves that a program cannot harm who runs it: every index lies in its table, every register is set before it is
/// read, jumps go ahead, loops are well nested and bounded, and the declared costs are the true ones.
///
/// Linear in the program's size; nothing recurs.
public enum Verifier {
    /// Checks a program.
    ///
    /// - Throws: `BundleFault` with cause `verification` or `limit`, naming the first thing that is wrong.
    public static func verify(_ program: Program, limits: BytecodeLimits = BytecodeLimits()) throws(BundleFault) {
        try TableVerifier(program: program, limits: limits).verify()
        let scopes = program.atomScopes()
        let visible = try ComputedVerifier(program: program, limits: limits, scopes: scopes).verify()
        try TreeVerifier(program: program, limits: limits, scopes: scopes, visible: visible).verify()
        try CodeVerifier(program: program, limits: limits, scopes: scopes, visible: visible).verify()
        try ComputedVerifier(program: program, limits: limits, scopes: scopes).verifyDepth()
        try verifyCosts(of: program)
    }

    private static func verifyCosts(of program: Program) throws(BundleFault) {
        let costs = CostModel(of: program)
        try require(costs.messageCost == program.manifest.messageCost, "the cost of a message is not as declared")
        try require(costs.recipientCost == program.manifest.recipientCost, "the cost of a recipient is not as declared")
        for rule in program.rules {
            try require(costs.cost(of: rule) == rule.cost, "the cost of rule \(rule.name) is not as declared")
        }
        try require(
            program.manifest.worstCaseCost <= program.manifest.limits.budget, "the program is over its budget")
    }

    static func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(BundleFault) {
        if !condition { throw BundleFault(.verification, reason()) }
    }
}

/// The elements that are bound at a place of the program, by kind.
struct BoundElements {
    private(set) var heads: [LoopHead] = []
    private var parts: UInt8 = 0
    private var urls: UInt8 = 0

    mutating func push(_ head: LoopHead) throws(BundleFault) {
        try Verifier.require(head.binder == heads.count, "binders are not in order")
        heads.append(head)
        let bit: UInt8 = 1 << UInt8(truncatingIfNeeded: head.binder)
        if head.list.kind == .url { urls |= bit } else { parts |= bit }
    }

    mutating func pop() {
        guard let head = heads.popLast() else { return }
        let bit: UInt8 = 1 << UInt8(truncatingIfNeeded: head.binder)
        parts &= ~bit
        urls &= ~bit
    }

    func covers(_ scope: AtomScope) -> Bool {
        scope.partBinders & ~parts == 0 && scope.urlBinders & ~urls == 0
            && scope.elementBinders & ~(parts | urls) == 0
    }
}
