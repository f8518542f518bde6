/// A line of a calendar or an address card (RFC 5545, 3.1; RFC 6350, 3.3), put together again where it was folded.
struct CalendarLine {
    /// The name in upper case, without the group before it.
    let name: String
    /// Names of parameters in upper case; in the old vCard a value may stand alone, and is a name here.
    let parameters: [(name: String, value: String)]
    let value: ArraySlice<UInt8>

    /// Nil for a line without a colon outside of quotes.
    init?(_ line: [UInt8]) {
        guard let colon = Self.endOfHead(line) else { return nil }
        let head = String(decoding: line[..<colon].prefix(InspectionLimits.dataHeadBytes), as: UTF8.self)
        let fields = Self.fields(head)
        let name = fields[0].uppercased()
        self.name = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
        parameters = fields.dropFirst().map { field in
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = pair.count == 2 ? pair[1].trimmingPrefix("\"") : ""
            return (pair[0].uppercased(), String(value.last == "\"" ? value.dropLast() : value))
        }
        value = line[(colon + 1)...]
    }

    /// What stands between semicolons outside of quotes.
    private static func fields(_ head: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in head {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(character) }
        }
        return fields
    }

    /// The colon that ends name and parameters; those within quotes do not.
    static func endOfHead(_ line: [UInt8]) -> Int? {
        var isQuoted = false
        for (index, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ":"), !isQuoted { return index }
        }
        return nil
    }

    /// A line with those that continue it, which start with a blank, and where the next one begins. Folding counts
    /// bytes, so it may stand within a character.
    static func unfolded(_ bytes: [UInt8], from start: Int) -> (line: [UInt8], next: Int) {
        var line: [UInt8] = []
        var place = start
        while place < bytes.count {
            let end = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            line += bytes[place..<end]
            place = end
            if place < bytes.count, bytes[place] == 0x0D { place += 1 }
            if place < bytes.count, bytes[place] == 0x0A { place += 1 }
            guard place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 else { break }
            place += 1
        }
        return (line, place)
    }
}
