import Testing

@testable import SieveImport

/// Counts of several fields are added up (RFC 5231, section 4.2).
@Suite struct CountTests {
    private static let numeric = ":comparator \"i;ascii-numeric\""

    private func condition(_ test: String) throws -> PolicyCondition {
        let commands = try SieveParser.parse(Array("if \(test) { discard; }".utf8), limits: SieveLimits())
        return try SieveTestTranslation { _ in true }.condition(try #require(commands.first?.tests.first))
    }

    private func holds(_ condition: PolicyCondition, _ counts: [String: Int]) throws -> Bool {
        switch condition {
        case .test("recipient exists", _): return true
        case .test(let text, _):
            let words = text.split(separator: " ").map(String.init)
            let (count, bound) = (try #require(counts[words[2]]), try #require(Int(words[4])))
            return switch words[3] {
            case ">": count > bound
            case ">=": count >= bound
            case "<": count < bound
            default: count <= bound
            }
        case .stopped: return false
        case .not(let operand): return try !holds(operand, counts)
        case .and(let operands): return try operands.allSatisfy { try holds($0, counts) }
        case .or(let operands): return try operands.contains { try holds($0, counts) }
        }
    }

    @Test(arguments: ["gt", "ge", "lt", "le", "eq", "ne"])
    func fieldsAreAddedUp(_ order: String) throws {
        let two = try (0...5).map {
            try condition("address :count \"\(order)\" \(Self.numeric) [\"to\", \"Cc\"] \"\($0)\"")
        }
        let three = try condition(
            "address :count \"\(order)\" \(Self.numeric) [\"to\", \"cc\", \"from\"] [\"2\", \"4\"]")
        let twice = try condition("header :count \"\(order)\" \(Self.numeric) [\"received\", \"Received\"] \"5\"")
        func compare(_ sum: Int, _ bound: Int) -> Bool {
            switch order {
            case "gt": sum > bound
            case "ge": sum >= bound
            case "lt": sum < bound
            case "le": sum <= bound
            case "eq": sum == bound
            default: sum != bound
            }
        }
        for (to, cc) in (0...6).flatMap({ to in (0...6).map { (to, $0) } }) {
            let counts = ["to": to, "cc": cc, "from": 1, "received": to]
            for (bound, condition) in two.enumerated() {
                #expect(try holds(condition, counts) == compare(to + cc, bound), "\(to) \(cc) \(bound)")
            }
            #expect(try holds(three, counts) == (compare(to + cc + 1, 2) || compare(to + cc + 1, 4)))
            #expect(try holds(twice, counts) == compare(2 * to, 5))
        }
    }

    @Test func bothSidesOfTheBoundOnWays() throws {
        let limit = SieveLimits.waysToCount
        func two(_ number: Int64) throws {
            _ = try condition("address :count \"gt\" \(Self.numeric) [\"to\", \"cc\"] \"\(number)\"")
        }
        try two(limit - 2)
        #expect(throws: SieveObstacle.self) { try two(limit - 1) }
        #expect(throws: SieveObstacle.self) { try two(.max) }
        let many = Array(repeating: "\"to\"", count: 5000).joined(separator: ",")
        #expect(throws: SieveObstacle.self) { try condition("address :count \"gt\" \(Self.numeric) [\(many)] \"1\"") }
    }

    @Test(arguments: [
        ("address :count \"gt\" \"to\" \"5\"", false), ("address :count \"ge\" [\"to\", \"cc\"] \"2\"", false),
        ("address :count \"eq\" \"to\" \"05\"", false), ("address :count \"ge\" \"to\" \"1\"", true),
        ("address :count \"eq\" \"to\" \"12\"", true), ("envelope :count \"gt\" \(numeric) \"to\" \"20\"", false),
        ("envelope :count \"gt\" \(numeric) [\"from\", \"to\"] \"1\"", false),
        ("envelope :count \"eq\" \(numeric) \"from\" \"0\"", true),
        ("header :count \"gt\" \(numeric) [\"received\", \"x\"] \"1\"", false),
        ("address :count \"gt\" \(numeric) [\"to\", \"sender\"] \"1\"", false),
    ]) func whatIsNoSumOfNumbersIsNotTranslated(_ test: String, _ isTranslated: Bool) {
        #expect(((try? condition(test)) != nil) == isTranslated)
    }
}
