/// Conditions under which control went elsewhere before a place of the script, in the order in which they are met.
struct SieveExcuses {
    /// Each excuses what stands behind it; those of the blocks around come first.
    fileprivate(set) var conditions: [PolicyCondition] = []
    /// How many of them are those of the blocks around.
    let inherited: Int
    /// The setting that takes further ones.
    fileprivate var setting: Int?

    init(around: [PolicyCondition] = []) {
        conditions = around
        inherited = around.count
    }

    /// Those that this block added.
    var own: ArraySlice<PolicyCondition> { conditions[inherited...] }
}

/// The settings that hold the excuses of blocks with many.
///
/// Each place behind a `stop` is excused by the condition of every one before it: written out at each place, ten thousand
/// of them would be fifty million. So past a few they become the rows of a setting, numbered in their order, and a place
/// asks whether the least of those that hold is one of its own: `unless stopped-1 <= 12`. That is the same also where it
/// is not known which of them hold.
struct StopLedger {
    /// The conditions of each setting's rows; the value of a row is its place in it, from 1.
    private(set) var settings: [[PolicyCondition]] = []
    private let limits: SieveLimits

    init(limits: SieveLimits) { self.limits = limits }

    /// The name that a setting has in the policy.
    static func name(_ setting: Int) -> String { "stopped-\(setting + 1)" }

    /// What `take smallest` gives where no row holds: more than any row's value.
    var otherwise: Int { limits.rowsOfSetting + 1 }

    /// Adds a condition behind those that a block has.
    mutating func add(_ condition: PolicyCondition, to excuses: inout SieveExcuses) {
        if let setting = excuses.setting, settings[setting].count < limits.rowsOfSetting {
            settings[setting].append(condition)
            excuses.conditions.removeLast()
        } else if excuses.setting == nil, excuses.own.count < limits.plainExcuses {
            excuses.conditions.append(condition)
            return
        } else {
            let plain = excuses.setting == nil ? Array(excuses.own) : []
            excuses.conditions.removeLast(plain.count)
            excuses.setting = settings.count
            settings.append(plain + [condition])
        }
        guard let setting = excuses.setting else { return }
        excuses.conditions.append(.stopped(setting: setting, through: settings[setting].count))
    }

    /// Takes rows out that the policy's checker refuses, and those behind them: no rule that is left asks for them.
    ///
    /// - Returns: the number of the first row that is gone, from 1, by setting.
    mutating func remove(_ refused: [StopRow]) -> [Int: Int] {
        var first: [Int: Int] = [:]
        for row in refused { first[row.setting] = min(first[row.setting] ?? .max, row.number) }
        // A setting's rows may ask for settings of the blocks within; blocks nest within a bound, so this ends soon.
        var hasGrown = true
        while hasGrown {
            hasGrown = false
            for (number, rows) in settings.enumerated() {
                let bound = first[number] ?? rows.count + 1
                guard let place = rows.prefix(bound - 1).firstIndex(where: { $0.asks(for: first) }) else { continue }
                first[number] = place + 1
                hasGrown = true
            }
        }
        for (number, row) in first { settings[number].removeSubrange((row - 1)...) }
        return first
    }
}

/// A row of a setting, by its number from 1.
struct StopRow: Hashable, Comparable {
    let setting: Int
    let number: Int

    static func < (left: StopRow, right: StopRow) -> Bool {
        (left.setting, left.number) < (right.setting, right.number)
    }
}
