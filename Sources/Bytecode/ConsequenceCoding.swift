import Vocabulary

extension Addressee: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .sender: writer.byte(0)
        case .recipient: writer.byte(1)
        case .administrator: writer.byte(2)
        case .mailbox(let address): writer.tagged(3) { address.write(to: &$0) }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Addressee {
        switch try reader.tag(4) {
        case 0: .sender
        case 1: .recipient
        case 2: .administrator
        default: .mailbox(try Address.read(from: &reader))
        }
    }
}

extension Action: BundleValue {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .strip(let parts):
            writer.tagged(0) {
                $0.array(parts) { writer, part in
                    writer.string(part.found)
                    writer.string(part.removed)
                    writer.optional(part.name) { $0.string($1) }
                    writer.optional(part.sha256) { $0.string($1) }
                }
            }
        case .removeHeader(let name): writer.tagged(1) { $0.string(name) }
        case .addHeader(let name, let value):
            writer.tagged(2) {
                $0.string(name)
                $0.string(value)
            }
        case .tagSubject(let tag): writer.tagged(3) { $0.string(tag) }
        case .disclaimer(let template): writer.tagged(4) { $0.string(template) }
        case .redirect(let address): writer.tagged(5) { address.write(to: &$0) }
        case .deliverVia(let route): writer.tagged(6) { $0.string(route) }
        case .copy(let address): writer.tagged(7) { address.write(to: &$0) }
        case .notify(let whom, let template, let even):
            writer.tagged(8) {
                whom.write(to: &$0)
                $0.optional(template) { $0.string($1) }
                $0.flag(even)
            }
        case .log(let text): writer.tagged(9) { $0.optional(text) { $0.string($1) } }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Action {
        switch try reader.tag(10) {
        case 0:
            .strip(
                try reader.array { (reader: inout SectionReader) throws(BundleFault) in
                    StrippedPart(
                        found: try reader.string(), removed: try reader.string(), name: try reader.optionalString(),
                        sha256: try reader.optionalString())
                })
        case 1: .removeHeader(name: try reader.string())
        case 2: .addHeader(name: try reader.string(), value: try reader.string())
        case 3: .tagSubject(try reader.string())
        case 4: .disclaimer(template: try reader.string())
        case 5: .redirect(to: try Address.read(from: &reader))
        case 6: .deliverVia(route: try reader.string())
        case 7: .copy(to: try Address.read(from: &reader))
        case 8:
            .notify(
                whom: try Addressee.read(from: &reader), template: try reader.optionalString(),
                evenUnauthenticated: try reader.flag())
        default: .log(try reader.optionalString())
        }
    }
}

extension SectionReader {
    mutating func optionalString() throws(BundleFault) -> String? {
        try flag() ? try string() : nil
    }
}

extension TextForm: BundleValue where Operand == Int {
    func write(to writer: inout SectionWriter) {
        writer.array(pieces) { writer, piece in
            switch piece {
            case .literal(let text): writer.tagged(0) { $0.string(text) }
            case .verdict(let word): writer.tagged(1) { $0.name(word) }
            case .value(let operand): writer.tagged(2) { $0.count(operand) }
            }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> TextForm<Int> {
        TextForm(
            try reader.array { (reader: inout SectionReader) throws(BundleFault) in
                switch try reader.tag(3) {
                case 0: .literal(try reader.string())
                case 1: .verdict(try reader.name())
                default: .value(try reader.number())
                }
            })
    }
}

extension ActionForm: BundleValue where Operand == Int, Condition == Int {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .plain(let action): writer.tagged(0) { action.write(to: &$0) }
        case .addHeader(let name, let text):
            writer.tagged(1) {
                $0.string(name)
                text.write(to: &$0)
            }
        case .tagSubject(let text): writer.tagged(2) { text.write(to: &$0) }
        case .log(let text): writer.tagged(3) { text.write(to: &$0) }
        case .notify(let whom, let template, let even, let except):
            writer.tagged(4) {
                Action.notify(whom: whom, template: template, evenUnauthenticated: even).write(to: &$0)
                $0.count(except)
            }
        case .strip: writer.byte(5)
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> ActionForm<Int, Int> {
        switch try reader.tag(6) {
        case 0: return .plain(try Action.read(from: &reader))
        case 1: return .addHeader(name: try reader.string(), try TextForm.read(from: &reader))
        case 2: return .tagSubject(try TextForm.read(from: &reader))
        case 3: return .log(try TextForm.read(from: &reader))
        case 5: return .strip
        default:
            guard case .notify(let whom, let template, let even) = try Action.read(from: &reader) else {
                throw reader.fault(.value, "a condition stands behind an action that is no notice")
            }
            return .notify(
                whom: whom, template: template, evenUnauthenticated: even, except: try reader.number())
        }
    }
}

extension ConsequenceForm: BundleValue where Operand == Int, Condition == Int {
    func write(to writer: inout SectionWriter) {
        writer.name(disposition)
        writer.strings(areas)
        writer.optional(reason) { $1.write(to: &$0) }
        writer.array(actions)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> ConsequenceForm<Int, Int> {
        ConsequenceForm(
            disposition: try reader.name(), areas: try reader.strings(),
            reason: try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
                try TextForm.read(from: &reader)
            }, actions: try reader.array())
    }
}

extension Answer: BundleValue where Consequence == ConsequenceEntry {
    func write(to writer: inout SectionWriter) {
        switch self {
        case .quiet: writer.byte(0)
        case .ignore: writer.byte(1)
        case .consequence(let consequence): writer.tagged(2) { consequence.write(to: &$0) }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Answer<ConsequenceEntry> {
        switch try reader.tag(3) {
        case 0: .quiet
        case 1: .ignore
        default: .consequence(try ConsequenceEntry.read(from: &reader))
        }
    }
}

extension AnswerTable: BundleValue where Consequence == ConsequenceEntry {
    /// Every reason and direction; an answer that is the same as an earlier one of the table is written by its number.
    func write(to writer: inout SectionWriter) {
        var different: [AnswerEntry] = []
        var numbers: [AnswerEntry: Int] = [:]
        var row: [Int] = []
        for reason in Reasons.all.singles {
            for direction in Direction.allCases {
                let answer = self[reason, direction]
                let number = numbers[answer] ?? different.count
                if number == different.count {
                    numbers[answer] = number
                    different.append(answer)
                }
                row.append(number)
            }
        }
        writer.array(different)
        for number in row { writer.count(number) }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> AnswerTable<ConsequenceEntry> {
        let different = try reader.array(of: AnswerEntry.self)
        var table = AnswerTable<ConsequenceEntry>(all: .quiet)
        for reason in Reasons.all.singles {
            for direction in Direction.allCases {
                let number = try reader.number()
                guard number < different.count else { throw reader.fault(.value, "an answer is missing") }
                table[reason, direction] = different[number]
            }
        }
        return table
    }
}

extension Organisation: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.strings(domains.map(\.text))
        writer.strings(networks.map(\.description))
        writer.array(administrators)
        writer.strings(authenticationServers)
        writer.strings(languages)
        writer.string(timeZone)
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> Organisation {
        let domains = try reader.strings().map { OwnDomain($0) }
        let networks = try reader.array { (reader: inout SectionReader) throws(BundleFault) -> Network in
            let text = try reader.string()
            guard let network = Network(text) else { throw reader.fault(.value, "\(text) is no network") }
            return network
        }
        return Organisation(
            domains: domains, networks: networks, administrators: try reader.array(),
            authenticationServers: try reader.strings(), languages: try reader.strings(),
            timeZone: try reader.string())
    }
}
