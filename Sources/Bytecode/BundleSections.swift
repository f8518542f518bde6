import Vocabulary

/// What each section of a program holds, in both directions.
extension Bundle {
    static func write(_ section: Section, of program: Program, to writer: inout SectionWriter) {
        switch section {
        case .strings, .tests, .signature: break
        case .manifest: program.manifest.write(to: &writer)
        case .code:
            writer.count(program.recipientSection)
            writer.count(program.registerCount)
            writer.count(program.totalCount)
            writer.array(program.code)
        case .values:
            writer.array(program.facts)
            writer.array(program.constants)
            writer.array(program.operands)
            writer.array(program.sets)
            writer.array(program.dictionaries)
        case .patterns:
            writer.array(program.patternGroups)
            writer.array(program.matchCounts)
        case .atoms:
            writer.array(program.atoms)
            writer.array(program.comparisons)
        case .formulas:
            writer.array(program.sharedValues)
            writer.array(program.formulas)
            writer.array(program.computed)
            writer.array(program.counts)
            writer.array(program.nodes)
        case .places: writer.array(program.places)
        case .rules:
            writer.array(program.rules)
            writer.array(program.exemptions)
            writer.array(program.answerTables)
            writer.array(program.consequences)
        case .organisation:
            program.organisation.write(to: &writer)
            writer.array(program.templates)
            writer.array(program.areas)
        case .suffixes: writer.optional(program.suffixes) { $1.write(to: &$0) }
        }
    }

    static func read(
        _ section: Section, from reader: inout SectionReader, into program: inout Program
    ) throws(BundleFault) {
        switch section {
        case .strings, .tests, .signature: break
        case .manifest: program.manifest = try Manifest.read(from: &reader)
        case .code:
            program.recipientSection = try reader.number()
            program.registerCount = try reader.number()
            program.totalCount = try reader.number()
            program.code = try reader.array()
        case .values:
            program.facts = try reader.array()
            program.constants = try reader.array()
            program.operands = try reader.array()
            program.sets = try reader.array()
            program.dictionaries = try reader.array()
        case .patterns:
            program.patternGroups = try reader.array()
            program.matchCounts = try reader.array()
        case .atoms:
            program.atoms = try reader.array()
            program.comparisons = try reader.array()
        case .formulas:
            program.sharedValues = try reader.array()
            program.formulas = try reader.array()
            program.computed = try reader.array()
            program.counts = try reader.array()
            program.nodes = try reader.array()
        case .places: program.places = try reader.array()
        case .rules:
            program.rules = try reader.array()
            program.exemptions = try reader.array()
            program.answerTables = try reader.array()
            program.consequences = try reader.array()
        case .organisation:
            program.organisation = try Organisation.read(from: &reader)
            program.templates = try reader.array()
            program.areas = try reader.array()
        case .suffixes:
            program.suffixes = try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
                try PublicSuffixList.read(from: &reader)
            }
        }
    }
}
