import Vocabulary

/// Macros in the binary formats of Office up to 2003.
enum CompoundMacros {
    /// Storages and streams of a project in Visual Basic ([MS-OVBA] 2.2), with the storages that hosts put it in.
    private static let projectNames: Set<String> = ["vba", "_vba_project", "_vba_project_cur", "macros"]

    static func answer(for directory: CompoundDirectory, of node: Node) -> MacroSearch.Answer {
        guard projectNames.isDisjoint(with: directory.allNames.map { $0.lowercased() }) else { return .found }
        var reasons: Reasons = directory.isComplete ? [] : .damaged
        let read = CompoundStreams(directory)
        for (name, look) in streams {
            let (contents, missing) = read.named(name)
            for content in contents {
                switch content.withUnsafeBytes(look) {
                case .found: return .found
                case .unknown(let own): reasons.formUnion(own)
                case .none: break
                }
            }
            reasons.formUnion(missing)
        }
        if !node.types.contains(where: tellsItsMacros) { reasons.formUnion(.unsupported) }
        return reasons.isEmpty ? .none : .unknown(reasons)
    }

    /// Formats whose macros all stand where they are looked for.
    private static func tellsItsMacros(_ type: FileType) -> Bool {
        [.doc, .xls, .ppt, .publisher, .encryptedOffice, .executable].contains(where: type.isUnder)
    }

    private static let streams: [(String, @Sendable (UnsafeRawBufferPointer) -> MacroSearch.Answer)] = [
        ("Workbook", SheetMacros.answer(forWorkbook:)), ("Book", SheetMacros.answer(forWorkbook:)),
        ("PowerPoint Document", slides), ("WordDocument", document),
    ]

    /// VbaInfoAtom ([MS-PPT] 2.4.11): the number of the storage with the project, and a flag; no atom, no project.
    private static func slides(_ bytes: UnsafeRawBufferPointer) -> MacroSearch.Answer {
        let header: [UInt8] = [0x02, 0, 0, 0x04, 0x0C, 0, 0, 0]
        var place = 0
        while let found = bytes[place...].firstIndex(of: 0x02) {
            if bytes.holds(header, at: found), bytes.little(at: found + 12, count: 4) != 0 { return .found }
            place = found + 1
        }
        return .none
    }

    /// Up to Word 95, macros stood in the document's own tables ([MS-DOC] 2.5.2: later versions bear this mark).
    private static func document(_ bytes: UnsafeRawBufferPointer) -> MacroSearch.Answer {
        bytes.holds([0xEC, 0xA5], at: 0) ? .none : .unknown(.unsupported)
    }
}

/// Macro sheets of Excel 4, which every later Excel still runs.
enum SheetMacros {
    /// The records of a workbook's globals ([MS-XLS] 2.1.7.20.3) name each sheet with its kind (BoundSheet8, 2.4.28).
    static func answer(forWorkbook bytes: UnsafeRawBufferPointer) -> MacroSearch.Answer {
        var place = 0
        while place + 4 <= bytes.count {
            let type = bytes.little(at: place, count: 2)
            let length = bytes.little(at: place + 2, count: 2)
            if type == 0x000A { return .none }
            if type == 0x0085, [1, 6].contains(bytes.little(at: place + 9, count: 1)) { return .found }
            place += 4 + length
        }
        // Without its end mark the list of sheets may go on.
        return .unknown(.damaged)
    }

    /// A sheet of Excel 2 to 4 is a file of its own, whose first record (BOF) says what it is.
    static func answer(forSingleSheet bytes: UnsafeRawBufferPointer) -> MacroSearch.Answer {
        guard bytes.little(at: 0, count: 1) == 0x09, bytes.little(at: 3, count: 1) == 0 else {
            return .unknown(.unsupported)
        }
        switch bytes.little(at: 6, count: 2) {
        case 0x0010, 0x0020: return .none
        case 0x0040: return .found
        default: return .unknown(.unsupported)
        }
    }

    /// In a symbolic link file a record of options marks the sheet as one of macros.
    static func isMarked(symbolicLink bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.split { $0 == 0x0A || $0 == 0x0D }.contains { line in
            let fields = line.filter { $0 > 0x20 }.split(separator: UInt8(ascii: ";"))
            return fields.first?.elementsEqual("O".utf8) == true
                && fields.dropFirst().contains { $0.first.map { $0 | 0x20 } == UInt8(ascii: "e") }
        }
    }
}
