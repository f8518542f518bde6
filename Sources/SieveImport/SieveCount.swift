/// Counts (RFC 5231, section 4.2): those of all fields that a test names are added up.
enum SieveCount {
    /// The comparison of a sum of counts with keys.
    ///
    /// - Throws: `SieveObstacle` where the comparator takes counts for texts, or the sum takes too many words.
    static func condition(
        of lists: [String], _ order: String, _ keys: [String], _ match: SieveMatch, _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        var all: [PolicyCondition] = []
        for key in keys {
            guard let number = Int64(key), number >= 0 else {
                throw SieveObstacle(test.line, "`:count`", "it is compared with numbers")
            }
            guard match.isNumeric || isAlikeAsText(order, number, key) else {
                throw SieveObstacle(
                    test.line, "`:count` without `:comparator \"i;ascii-numeric\"`",
                    "it compares texts, in which 10 stands before 9")
            }
            all.append(
                lists.count == 1
                    ? try SieveMatch.ordered("count of \(lists[0])", order, number, guarded: nil, line: test.line)
                    : try sum(of: lists, order, number, test))
        }
        return all.count == 1 ? all[0] : .or(all)
    }

    /// Whether counts stand in the same order to a number as their digits do to its digits.
    private static func isAlikeAsText(_ order: String, _ number: Int64, _ key: String) -> Bool {
        guard key == String(number) else { return false }
        return switch order {
        case "eq", "ne": true
        case "gt", "le": number == 0
        case "ge", "lt": number <= 1
        default: true
        }
    }

    private static func sum(
        of lists: [String], _ order: String, _ number: Int64, _ test: SieveTest
    ) throws(SieveObstacle) -> PolicyCondition {
        guard number < SieveLimits.waysToCount, isWithinBound(lists.count, number + 1) else {
            throw SieveObstacle(
                test.line, "`:count` of \(lists.count) fields together", "a policy compares the count of one list")
        }
        let (some, more) = (atLeast(number, of: lists[...]), atLeast(number + 1, of: lists[...]))
        switch order {
        case "gt": return more
        case "ge": return some
        case "lt": return .not(some)
        case "le": return .not(more)
        case "eq": return .and([some, .not(more)])
        case "ne": return .or([.not(some), more])
        default: throw SieveObstacle(test.line, "the relation `\(order)`", "RFC 5231 has none of that name")
        }
    }

    /// Whether a number is the sum of others in few enough ways to write them out, as `atLeast` does.
    private static func isWithinBound(_ fields: Int, _ number: Int64) -> Bool {
        guard fields <= SieveLimits.waysToCount, number < SieveLimits.waysToCount else { return false }
        // The binomial coefficient of `number + fields - 1` over `fields - 1`; it grows with every step.
        var ways: Int64 = 1
        for field in 1..<Int64(fields) {
            ways = ways * (number + field) / field
            if ways > SieveLimits.waysToCount { return false }
        }
        return true
    }

    /// That lists have so many members together: the first has some of them, and the others the rest.
    private static func atLeast(_ number: Int64, of lists: ArraySlice<String>) -> PolicyCondition {
        guard number > 0, let first = lists.first else { return .test("recipient exists", guarded: nil) }
        func own(_ number: Int64) -> PolicyCondition { .test("count of \(first) >= \(number)", guarded: nil) }
        let others = lists.dropFirst()
        if others.isEmpty { return own(number) }
        return .or(
            (0...number).map { rest in
                if rest == 0 { return own(number) }
                let remainder = atLeast(rest, of: others)
                return rest == number ? remainder : .and([own(number - rest), remainder])
            })
    }
}
