/// Bounds of the pool and of one worker. Passed in as a value; nothing here is global.
public struct WorkerLimits: Equatable, Sendable, Codable {
    /// Time for one attempt at one message, in seconds. Reached: the worker is killed and the message tried once more.
    public var messageSeconds: Double = 80
    /// Processor time for one message, in seconds, of all of a worker's threads together. Reached: the kernel ends the
    /// worker.
    public var processorSeconds: UInt64 = 160
    /// Time from starting a worker until it is ready, in seconds; a large signature folder takes long to compile.
    public var startSeconds: Double = 180
    /// Workers started in a row for one place in the pool when each is ended by a signal while it starts. Reached: no
    /// worker can be started.
    public var startAttempts = 3
    /// Bytes of one request: a mail or a bundle, with what is asked of it. Reached: the mail is unprocessable.
    public var requestBytes = 256 << 20
    /// Bytes of one reply. Reached: counts as a failed worker, because only a worker taken over writes that much.
    public var replyBytes = 64 << 20
    /// Bytes of a reply that holds a message. The largest request, of which a part was encoded anew, is longer by 37 %.
    /// Reached: counts as a failed worker.
    public var writtenBytes = 384 << 20
    /// Bytes of the beginning of a mail in which the edge's Received field is looked for. A field that is cut off there
    /// has another form than the edge's.
    public var edgeBytes = 64 << 10
    /// Messages after which a worker is replaced, so that leaks and takeovers do not last.
    public var messagesOfWorker = 1000
    /// Bytes of address space of a worker. Generous, because a full set of antivirus signatures takes more than a
    /// gigabyte and pattern databases are mapped whole.
    public var addressSpace: UInt64 = 6 << 30
    /// Bytes of one temporary file that a library may write.
    public var fileBytes: UInt64 = 1 << 30
    /// Open files of a worker.
    public var openFiles: UInt64 = 256
    /// Bytes kept of what a worker says on its standard error; the last ones.
    public var complaintBytes = 4096

    public init() {}
}
