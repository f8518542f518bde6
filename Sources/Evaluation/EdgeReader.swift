import Message
import Vocabulary

/// Reads the Received field that a Postfix in front of us wrote, and believes it only where every line has the very form
/// in which Postfix writes it.
///
/// A client chooses its greeting, the name in its certificate and the recipient; Postfix puts each on a physical line
/// that it begins itself, and none can hold a line end. So the field is read by its lines as they came, never unfolded:
/// what a greeting says of a login stands on the first line, where no login is looked for. A line that a server on the
/// way broke in two goes on behind a space, Postfix's own begin with a tab, so that a long greeting makes no line either.
public struct EdgeReader {
    private let trust: EdgeTrust

    public init(_ trust: EdgeTrust) { self.trust = trust }

    /// What the topmost Received field of a header section says, given the bytes of the message or of its beginning.
    public func read(_ bytes: [UInt8]) -> EdgeReading { read(ParsedMessage(MessageBytes(bytes)).header) }

    /// The envelope with what the edge tells, which stands over what anybody else told.
    static func complete(_ given: Envelope, with reading: EdgeReading?) -> Envelope {
        guard let facts = reading?.facts else { return given }
        var envelope = given
        envelope.clientIP = facts.clientIP
        envelope.clientName = facts.clientName
        envelope.isTLS = facts.isTLS
        envelope.authenticatedUser = facts.isAuthenticated ? facts.login ?? "" : nil
        return envelope
    }

    func read(_ header: HeaderSection) -> EdgeReading {
        guard let field = header.first("Received") else { return .unknown(.absent) }
        guard let lines = Self.lines(field.rawValue), let written = EdgeField(lines) else {
            return .unknown(.otherForm)
        }
        guard Self.isSameHost(written.host, trust.host) else { return .unknown(.otherHost) }
        if let client = trust.client, client != written.facts.clientIP { return .unknown(.otherClient) }
        return .known(written.facts)
    }

    private static func isSameHost(_ written: String, _ trusted: String) -> Bool {
        !trusted.isEmpty && written.lowercased() == trusted.lowercased()
    }

    /// Lines of a value as they came, without their ends; `nil` where a byte is among them that Postfix never writes.
    /// More lines than any server writes are no field of a server's.
    private static func lines(_ value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var lines: [ArraySlice<UInt8>] = []
        for line in value.split(separator: 0x0A, maxSplits: 16, omittingEmptySubsequences: false) {
            let line = line.last == 0x0D ? line.dropLast() : line
            guard !line.dropFirst().contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
            lines.append(line)
        }
        return lines.count > 16 ? nil : lines
    }
}

/// The lines of one such field.
private struct EdgeField {
    let host: String
    let facts: EdgeFacts

    /// `nil` where a line is not of the form that it has to have.
    init?(_ lines: [ArraySlice<UInt8>]) {
        var rest = lines[...]
        guard let first = rest.popFirst(), let client = Client(first) else { return nil }
        let isEncrypted = Self.takeEncryption(&rest)
        let login = Self.take("\t(Authenticated sender: ", ")", &rest)
        guard login?.isEmpty != true, let last = Self.take("\tby ", "", &rest), let server = Server(last) else {
            return nil
        }
        // What two lines say of one thing must agree.
        guard !isEncrypted || server.isTLS, login == nil || server.isAuthenticated else { return nil }
        host = server.host
        facts = EdgeFacts(
            greeting: WrittenText.line(client.greeting, upTo: WrittenTextLimits.valueBytes), clientIP: client.address,
            clientName: client.name.map { Domain($0) }, scheme: server.scheme, isTLS: server.isTLS,
            isAuthenticated: server.isAuthenticated, login: login)
    }

    /// The lines of `smtpd_tls_received_header`; the one of the certificate holds names that its owner chose.
    private static func takeEncryption(_ rest: inout ArraySlice<ArraySlice<UInt8>>) -> Bool {
        guard take("\t(using ", "", &rest) != nil else { return false }
        while take("\t ", "", &rest) != nil {}
        _ =
            take("\t(Client CN \"", ")", &rest) ?? take("\t(Client did not present a certificate", ")", &rest)
            ?? take("\t(No client certificate requested", ")", &rest)
        return true
    }

    /// Takes the next line if it begins and ends so, and gives what stands between.
    private static func take(
        _ start: String, _ end: String, _ rest: inout ArraySlice<ArraySlice<UInt8>>
    ) -> String? {
        guard let line = rest.first, line.starts(with: start.utf8), line.count >= start.utf8.count + end.utf8.count,
            line.suffix(end.utf8.count).elementsEqual(end.utf8)
        else { return nil }
        rest = rest.dropFirst()
        return String(decoding: line.dropFirst(start.utf8.count).dropLast(end.utf8.count), as: UTF8.self)
    }

    /// `from GREETING (NAME [ADDRESS])`, read from its end: only Postfix writes there.
    private struct Client {
        let greeting: String
        let name: String?
        let address: IPAddress

        init?(_ line: ArraySlice<UInt8>) {
            var line = line
            if line.first == 0x20 { line = line.dropFirst() }
            guard line.starts(with: "from ".utf8), line.suffix(2).elementsEqual("])".utf8),
                let open = line.lastIndex(of: UInt8(ascii: "(")), open > line.startIndex + 6, line[open - 1] == 0x20
            else { return nil }
            let sides = line[(open + 1)..<(line.endIndex - 2)].split(
                separator: UInt8(ascii: "["), omittingEmptySubsequences: false)
            guard sides.count == 2, sides[0].last == 0x20, let host = Self.host(sides[0].dropLast()),
                sides[1].allSatisfy({ Self.isOfAddress($0) }),
                let address = IPAddress(String(decoding: sides[1], as: UTF8.self))
            else { return nil }
            greeting = String(decoding: line[(line.startIndex + 5)..<(open - 1)], as: UTF8.self)
            name = host == "unknown" ? nil : host
            self.address = address
        }

        private static func host(_ bytes: ArraySlice<UInt8>) -> String? { EdgeField.host(bytes) }

        private static func isOfAddress(_ byte: UInt8) -> Bool {
            EdgeField.isOfHost(byte) || byte == UInt8(ascii: ":")
        }
    }

    /// `HOST (Postfix) with ESMTPSA id 4XyZ`
    private struct Server {
        let host: String
        let scheme: String
        let isTLS: Bool
        let isAuthenticated: Bool

        init?(_ text: String) {
            let words = text.utf8.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
            guard words.count == 4, let host = EdgeField.host(Array(words[0])[...]), words[1].first == 0x28,
                words[1].last == 0x29, !words[1].dropFirst().dropLast().contains(where: { $0 == 0x28 || $0 == 0x29 }),
                words[2].elementsEqual("with".utf8)
            else { return nil }
            let scheme = words[3].prefix { $0 != 0x20 && $0 != 0x3B }
            let known = ["SMTP", "ESMTP", "UTF8SMTP"]
            let ends = [("", false, false), ("S", true, false), ("A", false, true), ("SA", true, true)]
            // RFC 3848, RFC 6531 section 4.3.
            guard
                let end = ends.first(where: { end in
                    known.contains { ($0 + end.0).utf8.elementsEqual(scheme) }
                })
            else { return nil }
            self.host = host
            self.scheme = String(decoding: scheme, as: UTF8.self)
            isTLS = end.1
            isAuthenticated = end.2
        }
    }

    private static func host(_ bytes: ArraySlice<UInt8>) -> String? {
        guard (1...255).contains(bytes.count), bytes.allSatisfy(isOfHost) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isOfHost(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || "-._".utf8.contains(byte)
    }
}
