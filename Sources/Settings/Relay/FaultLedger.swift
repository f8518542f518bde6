import Diagnostics
import Vocabulary

/// The faults and warnings of one file, all of them: an operator mends a file in one go.
final class FaultLedger {
    private(set) var faults: [ConfigurationFault] = []
    private(set) var warnings: [ConfigurationFault] = []

    /// One fault for each place: what else is found there is a consequence.
    func add(_ fault: ConfigurationFault) {
        let isKnown = faults.contains {
            $0.line == fault.line && $0.column == fault.column && (fault.line != nil || $0.cause == fault.cause)
        }
        if !isKnown { faults.append(fault) }
    }

    func warn(_ warning: ConfigurationFault) { warnings.append(warning) }

    /// What a reading gives, or its fault in the ledger.
    func attempt<Value>(_ reading: () throws(ConfigurationFault) -> Value) -> Value? {
        do throws(ConfigurationFault) {
            return try reading()
        } catch {
            add(error)
            return nil
        }
    }
}

/// Takes values out of one table and goes on after a fault, with what stands in for the value.
struct SectionReader {
    var table: TableReader
    let ledger: FaultLedger

    init(_ members: [String: TOMLValue], at place: TOMLPlace, of path: String, _ ledger: FaultLedger) {
        table = TableReader(members, at: place, of: path)
        self.ledger = ledger
    }

    func has(_ key: String) -> Bool { table.members[key] != nil }

    func fault(_ cause: String, _ cure: String, at key: String? = nil) {
        ledger.add(table.fault(cause, cure, at: key))
    }

    func warn(_ cause: String, _ cure: String, at key: String? = nil) {
        ledger.warn(table.fault(cause, cure, at: key))
    }

    mutating func text(_ key: String) -> String? {
        do throws(ConfigurationFault) { return try table.text(key) } catch { return note(error) }
    }

    mutating func requiredText(_ key: String, example: String) -> String? {
        do throws(ConfigurationFault) { return try table.requiredText(key, example: example) } catch {
            return note(error)
        }
    }

    mutating func texts(_ key: String, example: String) -> [String] {
        guard has(key) else {
            _ = table.take(key)
            return []
        }
        if case .list(let values)? = table.members[key]?.content, values.isEmpty {
            _ = table.take(key)
            return []
        }
        do throws(ConfigurationFault) { return try table.texts(key, example: example) } catch {
            return note(error) ?? []
        }
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let value = table.take(key) else { return nil }
        guard case .boolean(let flag) = value.content else { return note(table.wrong(key, value, "`true` or `false`")) }
        return flag
    }

    mutating func number(_ key: String, in range: ClosedRange<Int64>, of unit: String = "") -> Int64? {
        guard let value = table.take(key) else { return nil }
        guard case .integer(let number) = value.content else {
            return note(table.wrong(key, value, "a whole number\(unit)"))
        }
        guard range.contains(number) else {
            return note(
                table.fault(
                    "`\(key)` is out of range",
                    "write a whole number\(unit) from \(range.lowerBound) to \(range.upperBound)", at: key))
        }
        return number
    }

    mutating func size(_ key: String, in range: ClosedRange<Int64>) -> Int64? {
        let size: Int?
        do throws(ConfigurationFault) { size = try table.size(key, most: Int(range.upperBound)) } catch {
            return note(error)
        }
        guard let size = size.map(Int64.init) else { return nil }
        guard size >= range.lowerBound else {
            return note(
                table.fault("`\(key)` is too small", "write \(range.lowerBound) bytes or more", at: key))
        }
        return size
    }

    /// One word of a few.
    mutating func word<Word: RawRepresentable & CaseIterable>(_ key: String) -> Word? where Word.RawValue == String {
        guard let text = text(key) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let meant = Nearest.to(text, among: words)?.name
        return note(
            table.fault(
                "there is no `\(key)` called “\(Excerpt.of(text))”",
                (meant.map { "did you mean `\"\($0)\"`? " } ?? "") + "there is \(TableReader.list(words))", at: key))
    }

    /// A table within; empty where there is none.
    mutating func section(_ key: String) -> SectionReader {
        guard let value = table.take(key) else { return SectionReader([:], at: table.place, of: table.path, ledger) }
        guard case .table(let members) = value.content else {
            fault("`\(key)` is \(value.kind)", "write it as a table: `[\(key)]`", at: key)
            return SectionReader([:], at: value.place, of: table.path, ledger)
        }
        return SectionReader(members, at: value.place, of: table.path, ledger)
    }

    /// Tables under one name, as `[[key]]` begins each.
    mutating func sections(_ key: String, named name: String? = nil, most: Int) -> [SectionReader] {
        let name = name ?? key
        guard let value = table.take(key) else { return [] }
        guard case .list(let values) = value.content else {
            fault("`\(key)` is \(value.kind)", "write `[[\(name)]]`, in two brackets, above each", at: key)
            return []
        }
        guard values.count <= most else {
            fault("there are more than \(most) of `[[\(name)]]`", "take some out", at: key)
            return []
        }
        return values.compactMap { value in
            guard case .table(let members) = value.content else {
                ledger.add(
                    ConfigurationFault(
                        path: table.path, line: value.place.line, column: value.place.column,
                        cause: "one of `\(key)` is \(value.kind)",
                        cure: "write `[[\(name)]]`, in two brackets, above each"))
                return nil
            }
            return SectionReader(members, at: value.place, of: table.path, ledger)
        }
    }

    /// Tells of every key that nobody asked for.
    func finish() {
        for fault in table.unknown { ledger.add(fault) }
    }

    private func note<Value>(_ fault: ConfigurationFault) -> Value? {
        ledger.add(fault)
        return nil
    }
}
