/// Every bound of the reading of one message, with its default. Beyond a bound the message is still read, the place is
/// in `ParsedMessage.limitsHit`, and what lies behind it must be treated as `over-limit`, never as absent.
public struct MessageLimits: Sendable, Equatable {
    /// Bytes of one header section that are split into fields.
    public var headerBytes = 1 << 20
    /// Fields of one header section.
    public var headerFields = 5_000
    /// Bytes of one field value handed to a decoder (GMime's functions, our parameter reader).
    public var valueBytes = 64 << 10
    /// Levels of parts, the message itself being level 1. Each level costs a frame of the walk.
    public var depth = 32
    /// Parts of the whole message, nested messages included.
    public var parts = 10_000
    /// Bytes of a line without its end (RFC 5322 section 2.1.1).
    public var lineLength = 998
    /// Anomalies kept as data; further ones still count for `isMalformed` and `isAmbiguous`.
    public var anomalies = 1_000
    /// Bytes searched for the first delimiter of a multipart that declares no boundary.
    public var boundaryGuess = 64 << 10
    /// Bytes decoded, over the whole message, to look inside encoded nested messages and encoded multiparts.
    public var nestedBytes = 64 << 20
    /// Parts beyond those of the first view that are found in one buffer when something raised a doubt.
    public var views = 256
    /// Fields beyond the first of their name whose file names are read.
    public var repeatedFields = 8
    /// Parameters read of one structured field.
    public var parameters = 256
    /// Charsets beside the likeliest one that the labels of one part may name. Its text is read under each.
    public var charsets = 4

    /// The defaults.
    public init() {}
}

/// A bound of `MessageLimits` that the message went beyond.
public struct LimitHit: Sendable, Equatable {
    /// The reason word shared by all rooms.
    public static let reason = "over-limit"
    /// Which bound: `header-bytes`, `header-fields`, `value-bytes`, `depth`, `parts`,
    /// `nested-bytes`, `views`, `parameters`, `repeated-fields`, `charsets`.
    public let limit: String
    /// Path of the part it happened in.
    public let part: String
    /// What was not read, in that part's buffer.
    public let range: Range<Int>
}
