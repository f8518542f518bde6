import Vocabulary

/// The alternatives that both policies ask of one subject, gathered into cells.
///
/// Alternatives that stand in the same questions throughout are one cell: a list of ten thousand addresses of which
/// one was taken out is two cells, whatever its length.
struct CellTable {
    private(set) var cells: [[Alternative]] = []
    private var cellsOfQuestion: [[Alternative]: [Int]] = [:]
    /// Pairs of cells, the first of which implies the second; those that follow from others are left out.
    private(set) var implications: [(Int, Int)] = []
    /// Pairs of cells that one value cannot satisfy both.
    private(set) var exclusions: [(Int, Int)] = []
    /// Pairs of cells of which every value satisfies one.
    private(set) var covers: [(Int, Int)] = []

    init(_ asked: Set<[Alternative]>, relatedPairs limit: Int, until deadline: Deadline) {
        let questions = asked.map { ($0.map { $0.written(exactly: true) }.joined(separator: ","), $0) }
            .sorted { $0.0 < $1.0 }.map(\.1)
        var askedIn: [Alternative: [Int]] = [:]
        for (number, alternatives) in questions.enumerated() {
            for alternative in alternatives { askedIn[alternative, default: []].append(number) }
        }
        var gathered: [[Int]: [Alternative]] = [:]
        for (alternative, numbers) in askedIn { gathered[numbers, default: []].append(alternative) }
        let ordered = gathered.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        cells = ordered.map { $0.value.canonicallySorted() }
        var cellsByNumber = [[Int]](repeating: [], count: questions.count)
        for (cell, entry) in ordered.enumerated() {
            for number in entry.key { cellsByNumber[number].append(cell) }
        }
        for (alternatives, cells) in zip(questions, cellsByNumber) { cellsOfQuestion[alternatives] = cells }
        relate(limit, deadline)
        implications = ImplicationOrder(implications, over: cells.count).steps
    }

    /// The cells of a question; `nil` for one that was not among those the table was made of.
    func cells(of alternatives: [Alternative]) -> [Int]? { cellsOfQuestion[alternatives] }

    private mutating func relate(_ limit: Int, _ deadline: Deadline) {
        var left = limit
        for first in cells.indices {
            // What is left unrelated adds models. It takes no proof away from a circuit that is not solved any more.
            if deadline.isOver { return }
            for second in cells.indices where first != second {
                left -= cells[first].count * cells[second].count
                if left < 0 { return }
                if cells[first].allSatisfy({ one in cells[second].contains { AlternativeLogic.implies(one, $0) } }) {
                    implications.append((first, second))
                }
                guard first < second else { continue }
                if cells[first].allSatisfy({ one in cells[second].allSatisfy { AlternativeLogic.excludes(one, $0) } }) {
                    exclusions.append((first, second))
                }
                if cells[first].contains(where: { one in cells[second].contains { AlternativeLogic.covers(one, $0) } })
                {
                    covers.append((first, second))
                }
            }
        }
    }
}

/// Everything that is asked of facts, by subject, and the quantifiers that stand outermost.
struct Inventory {
    private(set) var questions: [Subject: Set<[Alternative]>] = [:]
    /// Outermost quantifiers in the order in which they were met.
    private(set) var quantifiers: [Condition] = []
    private var seen: Set<Condition> = []

    mutating func add(_ condition: Condition) { add(condition, isOutermost: true) }

    private mutating func add(_ condition: Condition, isOutermost: Bool) {
        switch condition {
        case .constant: break
        case .test(.oneOf(let subject, let alternatives)): add(subject, alternatives)
        case .test: break
        case .not(let inner): add(inner, isOutermost: isOutermost)
        case .all(let inner), .any(let inner), .atLeast(_, let inner):
            for one in inner { add(one, isOutermost: isOutermost) }
        case .some(_, _, let body):
            if isOutermost, seen.insert(condition).inserted { quantifiers.append(condition) }
            // Deeper ones are not looked into.
            if isOutermost { add(body, isOutermost: false) }
        case .total(.elements(let list, let binder, let body), _):
            if isOutermost { add(.some(list, binder: binder, body), isOutermost: true) }
        case .total(.score(let rows), _): for row in rows { add(row.when, isOutermost: isOutermost) }
        case .total: break
        }
    }

    private mutating func add(_ subject: Subject, _ alternatives: [Alternative]) {
        switch subject {
        case .fact, .containers: questions[subject, default: []].insert(alternatives)
        case .otherwise(let first, let second):
            add(first, alternatives)
            add(second, alternatives)
        case .constant, .unfamiliar: break
        }
    }
}
