/// What is wrong with an operator's file, where, and what to do about it.
public struct ConfigurationFault: Error, Equatable, Sendable, CustomStringConvertible {
    public var path: String
    /// From 1; `nil` where the fault is the file's as a whole.
    public var line: Int?
    public var column: Int?
    public var cause: String
    public var cure: String

    public init(path: String, line: Int? = nil, column: Int? = nil, cause: String, cure: String) {
        self.path = path
        self.line = line
        self.column = column
        self.cause = cause
        self.cure = cure
    }

    /// `engines.toml:3:1: cause; cure`.
    public var description: String {
        let place = line.map { ":\($0)" + (column.map { ":\($0)" } ?? "") } ?? ""
        return "\(path)\(place): \(cause); \(cure)"
    }
}
