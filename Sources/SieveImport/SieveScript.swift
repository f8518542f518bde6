/// A command of a script with its arguments, tests and block (RFC 5228, 8.2): the grammar knows no command by name.
struct SieveCommand {
    let name: String
    let arguments: [SieveArgument]
    let tests: [SieveTest]
    /// `nil` where a semicolon ends the command.
    let block: [SieveCommand]?
    let line: Int
}

/// A test with its arguments; `allof`, `anyof` and `not` have tests of their own.
struct SieveTest {
    let name: String
    let arguments: [SieveArgument]
    let tests: [SieveTest]
    let line: Int
}

enum SieveArgument: Equatable {
    case tag(String)
    /// Nil for one that is too large.
    case number(Int64?)
    /// A single text is a list of one (2.4.2.1).
    case texts([String])
}
