/// Reads the generic grammar of Sieve (RFC 5228, 8.2).
struct SieveParser {
    private let tokens: [SieveToken]
    private let limits: SieveLimits
    private var position = 0
    private var commandCount = 0

    private init(_ tokens: [SieveToken], _ limits: SieveLimits) {
        self.tokens = tokens
        self.limits = limits
    }

    /// The commands of a script.
    ///
    /// - Throws: `SieveFault` where it breaks the grammar or a limit.
    static func parse(_ bytes: [UInt8], limits: SieveLimits) throws(SieveFault) -> [SieveCommand] {
        guard bytes.count <= limits.scriptBytes else {
            throw SieveFault(line: 1, reason: "the script is larger than \(limits.scriptBytes) bytes")
        }
        var parser = SieveParser(try SieveLexer.tokens(of: bytes), limits)
        let commands = try parser.commands(depth: 0)
        guard parser.current.kind == .end else { throw parser.unexpected() }
        return commands
    }

    private var current: SieveToken { tokens[min(position, tokens.count - 1)] }

    private func unexpected() -> SieveFault {
        SieveFault(line: current.line, reason: "\(current.shown) cannot stand here")
    }

    private mutating func take(_ mark: Character) -> Bool {
        guard current.kind == .mark(mark) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ mark: Character) throws(SieveFault) {
        if !take(mark) { throw SieveFault(line: current.line, reason: "`\(mark)` is missing before \(current.shown)") }
    }

    private mutating func commands(depth: Int) throws(SieveFault) -> [SieveCommand] {
        guard depth <= limits.nesting else {
            throw SieveFault(line: current.line, reason: "more than \(limits.nesting) blocks within each other")
        }
        var commands: [SieveCommand] = []
        while case .identifier(let name) = current.kind {
            commandCount += 1
            guard commandCount <= limits.commands else {
                throw SieveFault(line: current.line, reason: "more than \(limits.commands) commands")
            }
            let line = current.line
            position += 1
            let (arguments, tests) = try self.arguments(depth: depth)
            var block: [SieveCommand]?
            if take("{") {
                block = try self.commands(depth: depth + 1)
                try expect("}")
            } else {
                try expect(";")
            }
            commands.append(
                SieveCommand(name: name, arguments: arguments, tests: tests, block: block, line: line))
        }
        return commands
    }

    private mutating func arguments(
        depth: Int
    ) throws(SieveFault) -> (arguments: [SieveArgument], tests: [SieveTest]) {
        var arguments: [SieveArgument] = []
        while true {
            switch current.kind {
            case .tag(let tag):
                arguments.append(.tag(tag))
                position += 1
            case .number(let number):
                arguments.append(.number(number))
                position += 1
            case .text(let text):
                arguments.append(.texts([text]))
                position += 1
            case .mark("["):
                arguments.append(.texts(try list()))
            case .mark("("):
                position += 1
                var tests = [try test(depth: depth + 1)]
                while take(",") { tests.append(try test(depth: depth + 1)) }
                try expect(")")
                return (arguments, tests)
            case .identifier:
                return (arguments, [try test(depth: depth + 1)])
            default:
                return (arguments, [])
            }
        }
    }

    private mutating func list() throws(SieveFault) -> [String] {
        try expect("[")
        var texts: [String] = []
        if take("]") { return texts }
        repeat {
            guard case .text(let text) = current.kind else { throw unexpected() }
            texts.append(text)
            position += 1
        } while take(",")
        try expect("]")
        return texts
    }

    private mutating func test(depth: Int) throws(SieveFault) -> SieveTest {
        guard depth <= limits.nesting else {
            throw SieveFault(line: current.line, reason: "more than \(limits.nesting) tests within each other")
        }
        guard case .identifier(let name) = current.kind else { throw unexpected() }
        let line = current.line
        position += 1
        let (arguments, tests) = try self.arguments(depth: depth)
        return SieveTest(name: name, arguments: arguments, tests: tests, line: line)
    }
}
