import Diagnostics
import Syntax
import Vocabulary

/// Pairs of a reason and a direction: what a row of answers speaks of.
struct AnswerCells: Equatable {
    private var reasons: [Reasons]

    init(_ reasons: Reasons = [], on directions: DirectionSet = []) {
        self.reasons = Direction.allCases.map { directions.contains($0.set) ? reasons : [] }
    }

    subscript(direction: Direction) -> Reasons {
        get { reasons[Self.index(direction)] }
        set { reasons[Self.index(direction)] = newValue }
    }

    private static func index(_ direction: Direction) -> Int {
        switch direction {
        case .inbound: 0
        case .outbound: 1
        case .internal: 2
        }
    }

    func isSubset(of other: AnswerCells) -> Bool { zip(reasons, other.reasons).allSatisfy { $0.isSubset(of: $1) } }
    func intersects(_ other: AnswerCells) -> Bool { zip(reasons, other.reasons).contains { !$0.isDisjoint(with: $1) } }
    var isEmpty: Bool { reasons.allSatisfy(\.isEmpty) }
    var count: Int { reasons.reduce(0) { $0 + $1.rawValue.nonzeroBitCount } }
    /// The reasons of any direction.
    var allReasons: Reasons { reasons.reduce([]) { $0.union($1) } }

    mutating func formUnion(_ other: AnswerCells) {
        for direction in Direction.allCases { self[direction].formUnion(other[direction]) }
    }
}

/// One `if REASON then …`, typed.
struct AnswerRow {
    var cells: AnswerCells
    var answer: TypedAnswer
    var span: SourceSpan
    var place: SourcePlace
}

extension [AnswerRow] {
    /// The most specific row that speaks of a reason in a direction. Rows that overlap are nested: the check of
    /// overlaps has seen to it.
    func row(for reason: Reasons, _ direction: Direction) -> AnswerRow? {
        filter { $0.cells[direction].contains(reason) }.min { $0.cells.count < $1.cells.count }
    }
}

extension CheckContext {
    /// A row of `uninspectable` or of a rule; `nil` after a fault.
    func row(_ node: Syntax.Answer, _ scope: ModuleScope) -> AnswerRow? {
        var reasons: Reasons? = node.reasons.isEmpty ? .all : []
        for reason in node.reasons {
            let one = self.reasons(reason)
            reasons = one.flatMap { one in reasons?.union(one) }
        }
        let directions = directions(node.directions)
        if node.actions.isEmpty {
            return reasons.map {
                AnswerRow(
                    cells: AnswerCells($0, on: directions), answer: .ignore, span: node.span, place: place(node.span))
            }
        }
        for action in node.actions {
            if case .strip = action.kind {
                report(SemanticsDiagnostics.stripInUninspectable(action.span))
                return nil
            }
        }
        guard let consequence = consequence(of: node.actions, scope, at: node.span, isAnswer: true), let reasons else {
            return nil
        }
        return AnswerRow(
            cells: AnswerCells(reasons, on: directions), answer: .consequence(consequence), span: node.span,
            place: place(node.span))
    }

    /// The reasons that a policy's words name; `nil` after a fault.
    func reasons(_ node: Reason) -> Reasons? {
        guard let name = ReasonName(rawValue: node.name.text) else {
            report(SemanticsDiagnostics.unknownReason(node.name))
            return nil
        }
        guard !node.kinds.isEmpty else { return name.reasons }
        guard name == .encrypted else {
            report(SemanticsDiagnostics.kindsOfOther(node.span, reason: name))
            return nil
        }
        var kinds: Reasons = []
        for name in node.kinds {
            guard let kind = EncryptionKind(rawValue: name.text) else {
                let all = EncryptionKind.allCases.map(\.rawValue)
                report(
                    SemanticsDiagnostics.unknownValueName(
                        name, type: .encryption, names: all))
                return nil
            }
            kinds.formUnion(kind.reason)
        }
        return kinds
    }

    /// Reports rows of one level that overlap without one being the narrower; gives whether there are none.
    func checkOverlaps(_ rows: [AnswerRow]) -> Bool {
        var isGood = true
        for (index, row) in rows.enumerated() {
            for earlier in rows[..<index] where row.cells.intersects(earlier.cells) {
                if row.cells == earlier.cells {
                    report(SemanticsDiagnostics.equalRows(row.span, first: earlier.span))
                } else if !row.cells.isSubset(of: earlier.cells), !earlier.cells.isSubset(of: row.cells) {
                    report(SemanticsDiagnostics.overlappingRows(row.span, first: earlier.span))
                } else {
                    continue
                }
                isGood = false
                break
            }
        }
        return isGood
    }
}
