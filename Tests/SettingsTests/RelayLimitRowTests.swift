import Operation
import Settings
import Testing

@Suite struct RelayLimitRowTests {
    /// A bound without a row could not be set.
    @Test func everyBoundHasARow() {
        let fields = Mirror(reflecting: RelayLimits()).children.compactMap(\.label)
        let names = fields.map { field in
            field.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
        }
        #expect(names.sorted() == RelayLimitRow.all.map(\.name).sorted())
    }

    /// On both sides of what an operator may set, and each row its own field.
    @Test func everyBoundIsSetByItsOwnKey() throws {
        for row in RelayLimitRow.all {
            let usual = row.value(in: RelayLimits())
            #expect(row.range.contains(usual), "\(row.name)")
            var expected = RelayLimits()
            let other = usual == row.range.lowerBound ? usual + 1 : usual - 1
            row.set(other, in: &expected)
            #expect(row.value(in: expected) == other)
            #expect(expected != RelayLimits())
            let folder = try RelayFileFolder("[limits]\n\(row.name) = \(other)\n")
            #expect(folder.read().settings?.relay.limits == expected, "\(row.name)")
            for (value, isGood) in [
                (row.range.lowerBound, true), (row.range.upperBound, true), (row.range.lowerBound - 1, false),
                (row.range.upperBound + 1, false),
            ] {
                let faults = try RelayFileFolder.faults("[limits]\n\(row.name) = \(value)\n")
                let isRefused = faults.contains { $0.contains("`\(row.name)` is") }
                #expect(isRefused != isGood, "\(row.name) = \(value): \(faults)")
            }
        }
    }
}
