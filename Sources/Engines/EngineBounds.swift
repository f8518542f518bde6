import Vocabulary

/// What an operator bounds an engine by.
public struct EngineBounds: Sendable, Equatable {
    /// Seconds for one content, from connecting to the last byte of the answer.
    public var seconds: Double
    /// Bytes of one content.
    public var largest: Int

    public init(seconds: Double, largest: Int) {
        self.seconds = seconds
        self.largest = largest
    }

    var tooLarge: EngineAnswer { .unknown(.overLimit, "larger than \(ByteCount(Int64(largest)))") }
}
