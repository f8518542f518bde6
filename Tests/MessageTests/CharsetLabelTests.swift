import Message
import Testing

/// Labels that contradict each other: which charsets readers take a text to be in.
@Suite struct CharsetLabelTests {
    private func others(_ fields: String) -> [String] {
        let message = ParsedMessage(MessageBytes(text: fields + "\r\n\r\nbody"))
        return message.root.otherCharsets.map { $0.lowercased() }
    }

    private static let labels: [(parameters: String, likeliest: String?, others: [String])] = [
        ("charset=utf-8; charset=utf-7", "utf-8", ["utf-7"]),
        ("charset=utf-7; charset=\"utf-8\"", "utf-7", ["utf-8"]),
        ("charset=utf-8; charset*=us-ascii'en'utf-7", "utf-7", ["utf-8"]),
        ("charset*=us-ascii''%75tf-7; charset=utf-8", "utf-7", ["utf-8"]),
        ("charset=utf-8; charset*0=utf; charset*1=-7", "utf-7", ["utf-8"]),
        ("charset=\"utf-8\"; x=y; CharSet=UTF-7; charset=koi8-r", "utf-8", ["utf-7", "koi8-r"]),
        ("charset=iso-8859-1; charset=latin1; charset=ISO-8859-1", "iso-8859-1", []),
        ("charset=utf-8; charset=utf8", "utf-8", []), ("charset=utf-8; charset=x-nothing", "utf-8", []),
        ("charset=utf-8", "utf-8", []), ("format=flowed", nil, []),
    ]

    @Test(arguments: labels)
    func labelsOfOneField(parameters: String, likeliest: String?, others: [String]) {
        let message = ParsedMessage(MessageBytes(text: "Content-Type: text/plain; \(parameters)\r\n\r\nbody"))
        #expect(message.root.contentType.charset?.lowercased() == likeliest)
        #expect(message.root.otherCharsets.map { $0.lowercased() } == others)
        // What nobody knows contradicts, too.
        #expect(message.isAmbiguous == (!others.isEmpty || parameters.contains("nothing")))
    }

    @Test func labelsOfTwoFields() {
        let two = "Content-Type: text/plain; charset=utf-8\r\nContent-Type: text/plain; charset=utf-7"
        #expect(others(two) == ["utf-7"])
        #expect(others("Content-Type: text/plain\r\nContent-Type: text/plain; charset=utf-7") == ["utf-7"])
        #expect(others("Content-Type: text/plain; charset=utf-8\r\nContent-Type: text/plain").isEmpty)
    }

    /// Sections that are there twice, and a value that goes on behind a blank.
    @Test func labelsThatAreReadDifferently() {
        #expect(others("Content-Type: text/plain; charset*0=utf; charset*1=-8; charset*1=-7").contains("utf-7"))
        #expect(others("Content-Type: text/plain; charset=utf-7 x").contains("utf-7"))
    }
}
