/// Names of areas for the folders of a script: letters, digits and hyphens, and for two folders never the same.
struct FolderNames {
    private var areas: [String: String] = [:]
    /// The area for what cannot be read is the policy's own.
    private var taken: Set<String> = ["unreadable"]
    /// The number to try next for a name that is taken.
    private var numbers: [String: Int] = [:]
    /// Whether a word can be a name; those of the policy language cannot.
    private let canBeName: (String) -> Bool

    init(canBeName: @escaping (String) -> Bool) { self.canBeName = canBeName }

    /// The area of a folder; folders that differ in capitals alone are one, as `INBOX` and `inbox` are.
    mutating func area(of folder: String) -> String {
        let key = folder.lowercased()
        if let area = areas[key] { return area }
        let word = PolicyWord.name(folder)
        let base = canBeName(word) ? word : word + "-area"
        var area = base
        while !taken.insert(area).inserted {
            let number = numbers[base] ?? 2
            area = "\(base)-\(number)"
            numbers[base] = number + 1
        }
        areas[key] = area
        return area
    }

    /// What a letter outside ASCII is in a name: `ö` is `oe`, `é` is `e`; `nil` where it has no Latin letters.
    static func latin(_ scalar: Unicode.Scalar) -> String? {
        if let pair = pairs[scalar] { return pair }
        return rows.first { $0.letters.unicodeScalars.contains(scalar) }?.plain
    }

    private static let pairs: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĳ": "ij",
    ]
    private static let rows: [(letters: String, plain: String)] = [
        ("àáâãåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"),
        ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķĸ", "k"), ("ĺļľŀł", "l"), ("ñńņňŋ", "n"), ("òóôõøōŏő", "o"), ("ŕŗř", "r"),
        ("śŝşšșſ", "s"), ("ţťŧț", "t"), ("ùúûũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"),
    ]
}
