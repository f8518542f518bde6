import Connections

/// The first line and the fields of a reply of HTTP, ICAP and their kin.
struct ReplyHead {
    /// `ICAP/1.0`.
    let version: String
    let status: Int
    /// What stands behind the number.
    let reason: String
    private let fields: [(name: String, value: String)]

    /// - Parameter lowestStatus: of HTTP and ICAP it has three digits.
    init(
        reading reader: inout ReplyReader, _ limits: EngineLimits, lowestStatus: Int = 100
    ) throws(ConnectionFault) {
        let words = try reader.line(limit: limits.replyHeadBytes)
            .split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].contains("/"), (1...3).contains(words[1].utf8.count),
            words[1].allSatisfy(\.isNumber),
            let status = Int(words[1]), status >= lowestStatus
        else {
            throw ConnectionFault("its reply begins with no status")
        }
        version = String(words[0])
        self.status = status
        reason = words.count > 2 ? String(words[2]) : ""
        var fields: [(String, String)] = []
        var bytes = 0
        while true {
            let line = try reader.line(limit: limits.replyHeadBytes)
            if line.isEmpty { break }
            bytes += line.utf8.count
            guard fields.count < limits.replyFields, bytes <= limits.replyHeadBytes else {
                throw ConnectionFault("its reply has too many fields")
            }
            if line.first == " " || line.first == "\t", let last = fields.indices.last {
                fields[last].1 += line
                continue
            }
            guard let colon = line.firstIndex(of: ":") else {
                throw ConnectionFault("its reply has a field without a name")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append((line[..<colon].lowercased(), String(value)))
        }
        self.fields = fields
    }

    /// The first field of a name, which is in lower case.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// - Throws: for a length that is none.
    func contentLength(limit: Int) throws(ConnectionFault) -> Int? {
        guard let text = field("content-length") else { return nil }
        guard let length = Int(text), (0...limit).contains(length) else {
            throw ConnectionFault("its reply has a length that makes no sense")
        }
        return length
    }

    /// The body that follows, by its length, in chunks, or up to the end of the stream.
    func body(_ reader: inout ReplyReader, limit: Int, _ limits: EngineLimits) throws(ConnectionFault) -> [UInt8] {
        if field("transfer-encoding")?.lowercased() == "chunked" { return try reader.chunked(limit: limit, limits) }
        if let length = try contentLength(limit: limit) { return try reader.exactly(length) }
        return try reader.rest(limit: limit)
    }
}
