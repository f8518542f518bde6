/// Where and how the relay is administered over HTTP.
public struct AdministrationSettings: Equatable, Sendable {
    /// The port's address; loopback unless an operator says otherwise.
    public var host: String
    public var port: Int

    public init(host: String = "127.0.0.1", port: Int = 8025) {
        self.host = host
        self.port = port
    }
}
