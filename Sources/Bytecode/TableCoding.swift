import Vocabulary

extension Instruction: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.byte(opcode.rawValue)
        writer.byte(small)
        writer.byte(UInt8(truncatingIfNeeded: register))
        writer.byte(UInt8(truncatingIfNeeded: register >> 8))
        writer.fixed32(immediate)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Instruction {
        let number = try reader.byte()
        guard let opcode = Opcode(rawValue: number) else { throw reader.fault(.value, "there is no opcode \(number)") }
        let small = try reader.byte()
        let low = UInt16(try reader.byte())
        let high = UInt16(try reader.byte())
        return Instruction(opcode, small: small, register: high << 8 | low, immediate: try reader.fixed32())
    }
}

extension OperandEntry: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .fact(let fact): writer.tagged(0) { $0.count(fact) }
        case .constant(let constant): writer.tagged(1) { $0.count(constant) }
        case .otherwise(let first, let second):
            writer.tagged(2) {
                $0.count(first)
                $0.count(second)
            }
        case .computed(let computed): writer.tagged(3) { $0.count(computed) }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> OperandEntry {
        switch try reader.tag(4) {
        case 0: .fact(try reader.number())
        case 1: .constant(try reader.number())
        case 2: .otherwise(try reader.number(), try reader.number())
        default: .computed(try reader.number())
        }
    }
}

extension PatternGroup: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.count(operand)
        writer.array(patterns)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> PatternGroup {
        PatternGroup(operand: try reader.number(), patterns: try reader.array())
    }
}

extension DictionaryTable: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.array(weights) { $0.signed($1) }
        writer.counts(times)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> DictionaryTable {
        let name = try reader.string()
        let weights = try reader.array { (reader: inout SectionReader) throws(BundleFault) in try reader.signed() }
        return DictionaryTable(name: name, weights: weights, times: try reader.numbers())
    }
}

extension Comparison: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.name(order)
        writer.signed(bound)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Comparison {
        Comparison(order: try reader.name(), bound: try reader.signed())
    }
}

extension MatchCount: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.count(group)
        writer.count(pattern)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> MatchCount {
        MatchCount(group: try reader.number(), pattern: try reader.number())
    }
}

extension AtomTest: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .holds(let operand): writer.tagged(0) { $0.count(operand) }
        case .exists(let operand): writer.tagged(1) { $0.count(operand) }
        case .compare(let left, let order, let right):
            writer.tagged(2) {
                $0.count(left)
                $0.name(order)
                $0.count(right)
            }
        case .equals(let left, let others, let exactly): writer.relation(3, left, others, exactly: exactly)
        case .contains(let left, let others, let exactly): writer.relation(4, left, others, exactly: exactly)
        case .starts(let left, let others, let exactly): writer.relation(5, left, others, exactly: exactly)
        case .ends(let left, let others, let exactly): writer.relation(6, left, others, exactly: exactly)
        case .under(let left, let others): writer.relation(7, left, others, exactly: false)
        case .search(let group, let patterns):
            writer.tagged(8) {
                $0.count(group)
                $0.counts(patterns)
            }
        case .member(let operand, let set):
            writer.tagged(9) {
                $0.count(operand)
                $0.count(set)
            }
        case .mentions(let group, let patterns, let dictionary, let threshold, let inTotal):
            writer.tagged(10) {
                $0.count(group)
                $0.counts(patterns)
                $0.count(dictionary)
                $0.signed(threshold)
                $0.flag(inTotal)
            }
        case .insideType(let binder, let types):
            writer.tagged(11) {
                $0.count(binder)
                $0.array(types)
            }
        case .insideElement(let binder, let container):
            writer.tagged(12) {
                $0.count(binder)
                $0.count(container)
            }
        case .looksLike(let left, let others):
            writer.tagged(13) {
                $0.count(left)
                $0.counts(others)
            }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> AtomTest {
        let tag = try reader.tag(14)
        switch tag {
        case 0: return .holds(try reader.number())
        case 1: return .exists(try reader.number())
        case 2: return .compare(try reader.number(), try reader.name(), try reader.number())
        case 3: return .equals(try reader.number(), try reader.numbers(), exactly: try reader.flag())
        case 4: return .contains(try reader.number(), try reader.numbers(), exactly: try reader.flag())
        case 5: return .starts(try reader.number(), try reader.numbers(), exactly: try reader.flag())
        case 6: return .ends(try reader.number(), try reader.numbers(), exactly: try reader.flag())
        case 7:
            let test = AtomTest.under(try reader.number(), try reader.numbers())
            if try reader.flag() { throw reader.fault(.value, "`under` has no exact form") }
            return test
        case 8: return .search(group: try reader.number(), patterns: try reader.numbers())
        case 9: return .member(try reader.number(), set: try reader.number())
        case 10:
            return .mentions(
                group: try reader.number(), patterns: try reader.numbers(), dictionary: try reader.number(),
                threshold: try reader.signed(), inTotal: try reader.flag())
        case 11: return .insideType(binder: try reader.number(), try reader.array())
        case 12: return .insideElement(binder: try reader.number(), container: try reader.number())
        default: return .looksLike(try reader.number(), try reader.numbers())
        }
    }
}

extension SectionWriter {
    mutating func relation(_ tag: UInt8, _ left: Int, _ others: [Int], exactly: Bool) {
        byte(tag)
        count(left)
        counts(others)
        flag(exactly)
    }
}
