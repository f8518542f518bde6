/// A mail server's side of the milter protocol, written out by hand: what is sent to a filter, and what it says.
public enum MilterWire {
    /// A packet: its length, its command and its bytes.
    public static func packet(_ command: Character, _ bytes: [UInt8] = []) -> [UInt8] {
        number(bytes.count + 1) + Array(String(command).utf8) + bytes
    }

    public static func number(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    /// Texts, each with the zero that ends it.
    public static func texts(_ texts: String...) -> [UInt8] { texts.flatMap { Array($0.utf8) + [0] } }

    /// What Postfix offers: version 6, all actions but none beyond, all steps.
    public static func offer(version: Int = 6, actions: Int = 0x1FF, steps: Int = 0x1F_FFFF) -> [UInt8] {
        packet("O", number(version) + number(actions) + number(steps))
    }

    public static func macros(_ stage: Character, _ values: KeyValuePairs<String, String>) -> [UInt8] {
        packet("D", Array(String(stage).utf8) + values.flatMap { texts($0.key, $0.value) })
    }

    public static func connect(name: String = "client.example", address: String = "192.0.2.7") -> [UInt8] {
        packet("C", texts(name) + [UInt8(ascii: "4"), 0x9C, 0x40] + texts(address))
    }

    public static func header(_ name: String, _ value: String) -> [UInt8] { packet("L", texts(name, value)) }

    public static func body(_ text: String) -> [UInt8] { packet("B", Array(text.utf8)) }

    /// The commands of one mail from MAIL to the end of the body.
    public static func mail(
        from sender: String = "<a@a.example>", to recipients: [String] = ["<b@b.example>"],
        headers: [(String, String)] = [("Subject", " a")], body: [String] = ["text\r\n"]
    ) -> [UInt8] {
        packet("M", texts(sender)) + recipients.flatMap { packet("R", texts($0)) } + packet("T")
            + headers.flatMap { header($0.0, $0.1) } + packet("N") + body.flatMap { self.body($0) } + packet("E")
    }

    /// The packets in bytes that a filter wrote.
    ///
    /// - Returns: `nil` where they aren't whole.
    public static func replies(_ bytes: [UInt8]) -> [Reply]? {
        var replies: [Reply] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard rest.count >= 5 else { return nil }
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, rest.count >= 4 + length else { return nil }
            let packet = rest.dropFirst(4).prefix(length)
            replies.append(
                Reply(command: Character(UnicodeScalar(packet.first ?? 0)), bytes: Array(packet.dropFirst())))
            rest = rest.dropFirst(4 + length)
        }
        return replies
    }

    public struct Reply: Hashable, Sendable, CustomStringConvertible {
        public var command: Character
        public var bytes: [UInt8]

        public init(command: Character, bytes: [UInt8]) {
            self.command = command
            self.bytes = bytes
        }

        /// `m 1 Subject| new|`: numbers where the reply has one, texts ended by `|`.
        public var description: String {
            guard !bytes.isEmpty else { return String(command) }
            let hasNumber = "im".contains(command) && bytes.count >= 4
            let number = hasNumber ? "\(bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }) " : ""
            let text = bytes.dropFirst(hasNumber ? 4 : 0).map { $0 == 0 ? UInt8(ascii: "|") : $0 }
            return "\(command) \(number)\(String(decoding: text, as: UTF8.self))"
        }
    }
}
