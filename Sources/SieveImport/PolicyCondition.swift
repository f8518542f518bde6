import Diagnostics

/// A condition of a policy on its way from Sieve, where absence is plainly false.
///
/// A policy wants to be told what absence means under a negation. There a test is written with its guard,
/// `subject exists and subject contains "x"`, which says what Sieve means.
indirect enum PolicyCondition: Hashable {
    /// A test, and the fact whose absence makes it false (`nil` where none can be absent).
    case test(String, guarded: String?)
    /// One of the first rows of a setting holds.
    case stopped(setting: Int, through: Int)
    case not(PolicyCondition)
    case and([PolicyCondition])
    case or([PolicyCondition])

    /// As a policy writes it.
    func written(isNegative: Bool = false) -> String {
        switch self {
        case .test(let text, let fact):
            guard isNegative, let fact else { return text }
            return "\(fact) exists and \(text)"
        case .stopped(let setting, let row):
            return "\(StopLedger.name(setting)) <= \(row)"
        case .not(let operand):
            return "not (\(operand.written(isNegative: !isNegative)))"
        case .and(let operands):
            return Self.joined(operands, " and ", isNegative)
        case .or(let operands):
            return Self.joined(operands, " or ", isNegative)
        }
    }

    private static func joined(_ operands: [PolicyCondition], _ word: String, _ isNegative: Bool) -> String {
        guard operands.count > 1 else { return operands.first?.written(isNegative: isNegative) ?? "recipient exists" }
        return operands.map { operand in
            let text = operand.written(isNegative: isNegative)
            switch operand {
            case .not, .stopped: return text
            case .test(_, let fact): return isNegative && fact != nil ? "(\(text))" : text
            case .and, .or: return "(\(text))"
            }
        }.joined(separator: word)
    }
}

extension PolicyCondition {
    /// That one of several holds.
    ///
    /// - Throws: `SieveObstacle` where one cannot be made.
    static func any(
        _ texts: [String], _ make: (String) throws(SieveObstacle) -> PolicyCondition
    ) throws(SieveObstacle) -> PolicyCondition {
        var all: [PolicyCondition] = []
        for text in texts { all.append(try make(text)) }
        return all.count == 1 ? all[0] : .or(all)
    }

    /// Whether it asks for a row of a setting, given the first ones.
    func asks(for first: [Int: Int]) -> Bool {
        switch self {
        case .test: false
        case .stopped(let setting, let row): first[setting].map { $0 <= row } ?? false
        case .not(let operand): operand.asks(for: first)
        case .and(let operands), .or(let operands): operands.contains { $0.asks(for: first) }
        }
    }

    /// Notes the last row of each setting that it asks for.
    func addLastRows(to last: inout [Int: Int]) {
        switch self {
        case .test: break
        case .stopped(let setting, let row): last[setting] = max(last[setting] ?? 0, row)
        case .not(let operand): operand.addLastRows(to: &last)
        case .and(let operands), .or(let operands): for operand in operands { operand.addLastRows(to: &last) }
        }
    }
}

/// Texts and names as a policy writes them.
enum PolicyWord {
    /// One text, or `any of (…)`.
    static func choice(_ texts: [String]) -> String {
        texts.count == 1
            ? PolicyText.quoted(texts[0]) : "any of (\(texts.map(PolicyText.quoted).joined(separator: ", ")))"
    }

    /// Whether a text can be the name of a header field (RFC 5322, section 3.6.8).
    static func isFieldName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (33...126).contains($0) && $0 != UInt8(ascii: ":") }
    }

    /// A name made of a folder's: `Junk E-mail/2` becomes `junk-e-mail-2`, `Archiv/Größe` `archiv-groesse`.
    static func name(_ text: String) -> String {
        var name = ""
        for scalar in text.lowercased().unicodeScalars {
            if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
                name.unicodeScalars.append(scalar)
            } else if let latin = FolderNames.latin(scalar) {
                name += latin
            } else if scalar.properties.generalCategory == .nonspacingMark {
                // The letter stands before it: `e` and an accent are `e`.
                continue
            } else if !name.isEmpty, !name.hasSuffix("-") {
                name += "-"
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        guard let first = name.unicodeScalars.first else { return "folder" }
        return ("0"..."9").contains(first) ? "folder-" + name : name
    }

    /// A size in the largest unit that divides it.
    static func size(_ bytes: Int64) -> String {
        for (unit, factor) in [("GiB", Int64(1) << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
        where bytes > 0 && bytes.isMultiple(of: factor) {
            return "\(bytes / factor) \(unit)"
        }
        return "\(bytes) B"
    }

    /// A regular expression that finds what a Sieve wildcard matches: `*` any run, `?` one character, from end to end.
    static func regex(wildcard: String, ignoringCase: Bool) -> String {
        var result = "/^"
        var isQuoted = false
        for character in wildcard {
            if isQuoted {
                result += escaped(character)
                isQuoted = false
            } else if character == "\\" {
                isQuoted = true
            } else if character == "*" {
                result += ".*"
            } else if character == "?" {
                result += "."
            } else {
                result += escaped(character)
            }
        }
        return result + "$/" + (ignoringCase ? "is" : "s")
    }

    /// A regular expression of Sieve's between slashes.
    static func regex(_ source: String, ignoringCase: Bool) -> String {
        var result = "/"
        var isQuoted = false
        for character in source {
            if character == "/", !isQuoted { result += "\\" }
            isQuoted = character == "\\" && !isQuoted
            result.append(character)
        }
        return result + "/" + (ignoringCase ? "i" : "")
    }

    private static func escaped(_ character: Character) -> String {
        "\\^$.|?*+()[]{}/".contains(character) ? "\\\(character)" : String(character)
    }
}
