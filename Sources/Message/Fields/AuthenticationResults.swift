/// An Authentication-Results field (RFC 8601). It means something only when `authservID` is a host that is trusted and
/// strips forged ones.
public struct AuthenticationResults: Sendable, Equatable {
    /// A property: `header.from=example.org` is type `header`, name `from`.
    public struct Property: Sendable, Equatable {
        /// `smtp`, `header`, `body`, `policy`; lower case.
        public let type: String
        /// The property's name; lower case.
        public let name: String
        /// The value as written.
        public let value: String
    }

    /// One method's result.
    public struct Result: Sendable, Equatable {
        /// `spf`, `dkim`, `dmarc`, …; lower case.
        public let method: String
        /// `pass`, `fail`, `none`, …; lower case.
        public let result: String
        /// `reason=`, if given.
        public let reason: String?
        /// The properties in order.
        public let properties: [Property]

        /// The value of the first property of that type and name.
        public func property(_ type: String, _ name: String) -> String? {
            properties.first { $0.type == type && $0.name == name }?.value
        }
    }

    /// The host that vouches; lower case.
    public let authservID: String
    /// The results, in order.
    public let results: [Result]

    /// The results of one method (lower case).
    public func results(of method: String) -> [Result] { results.filter { $0.method == method } }

    /// Reads an unfolded value; nil when it has no authserv-id or an unknown version. Statements that cannot be read
    /// are left out.
    public static func parse(_ value: String) -> AuthenticationResults? {
        let bytes = Array(value.utf8.prefix(MessageLimits().valueBytes))
        let tokens = TokenReader(bytes, splitsEquals: true).tokens.filter { $0.kind != .comment }
        let statements = tokens.split(omittingEmptySubsequences: false) { $0.kind == .semicolon }
        guard let head = statements.first, let host = head.first, host.kind == .word || host.kind == .quoted else {
            return nil
        }
        let version = head.dropFirst().first?.text
        guard head.count <= 2, version == nil || version == "1" else { return nil }
        return AuthenticationResults(
            authservID: host.text.lowercased(), results: statements.dropFirst().compactMap(result))
    }

    private static func result(_ tokens: ArraySlice<TokenReader.Token>) -> Result? {
        var pairs: [(name: String, value: String)] = []
        var index = tokens.startIndex
        while index + 2 < tokens.endIndex {
            let (name, equals, value) = (tokens[index], tokens[index + 1], tokens[index + 2])
            guard name.kind == .word, equals.kind == .equals, value.kind == .word || value.kind == .quoted else {
                index += 1
                continue
            }
            pairs.append((name.text.lowercased(), value.text))
            index += 3
            // Values such as base64 signatures hold "=" themselves.
            while index < tokens.endIndex, tokens[index].kind == .equals { index += 1 }
        }
        guard let first = pairs.first, !first.name.contains(".") else { return nil }
        // "method/version" names a version of the method.
        let method = String(first.name.prefix { $0 != "/" })
        var properties: [Property] = []
        var reason: String?
        for pair in pairs.dropFirst() {
            if let dot = pair.name.firstIndex(of: ".") {
                properties.append(
                    Property(
                        type: String(pair.name[..<dot]), name: String(pair.name[pair.name.index(after: dot)...]),
                        value: pair.value))
            } else if pair.name == "reason" {
                reason = pair.value
            }
        }
        return Result(method: method, result: first.value.lowercased(), reason: reason, properties: properties)
    }
}
