import Vocabulary

/// The requests of ICAP (RFC 3507) that ask a server to look at a content.
///
/// The content is the body of a made-up HTTP message: of a reply for RESPMOD, of a request for REQMOD. Its name is not
/// told: a sender chose it, and it would stand in the server's log.
enum ICAPRequest {
    static func options(_ address: EngineAddress, _ service: ICAPService) -> String {
        "OPTIONS \(uri(address, service)) ICAP/1.0\r\nHost: \(host(address))\r\nUser-Agent: lazaret\r\n"
            + "Connection: close\r\nEncapsulated: null-body=0\r\n\r\n"
    }

    /// Everything before the body.
    ///
    /// - Parameter preview: bytes of the body that are sent before the server says to go on; `nil` for all at once.
    static func head(_ address: EngineAddress, _ service: ICAPService, length: Int, preview: Int?) -> String {
        let request =
            "\(service.method == .reqmod ? "POST" : "GET") http://lazaret.invalid/content HTTP/1.1\r\n"
            + "Host: lazaret.invalid\r\n"
        let entity = "Content-Type: application/octet-stream\r\nContent-Length: \(length)\r\n\r\n"
        let encapsulated: String
        let messages: String
        switch service.method {
        case .reqmod:
            messages = request + entity
            encapsulated = "req-hdr=0, req-body=\(messages.utf8.count)"
        case .respmod:
            let asked = request + "\r\n"
            messages = asked + "HTTP/1.1 200 OK\r\n" + entity
            encapsulated = "req-hdr=0, res-hdr=\(asked.utf8.count), res-body=\(messages.utf8.count)"
        }
        return "\(service.method.rawValue.uppercased()) \(uri(address, service)) ICAP/1.0\r\nHost: \(host(address))\r\n"
            + "User-Agent: lazaret\r\nConnection: close\r\nAllow: 204\r\n"
            + (preview.map { "Preview: \($0)\r\n" } ?? "")
            + "Encapsulated: \(encapsulated)\r\n\r\n" + messages
    }

    private static func uri(_ address: EngineAddress, _ service: ICAPService) -> String {
        "icap://\(host(address))/\(service.path)"
    }

    private static func host(_ address: EngineAddress) -> String {
        if case .tcp = address { return address.description }
        return "localhost"
    }
}
