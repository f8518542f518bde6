import Glibc

/// Results to standard output, the log and complaints to standard error. Where nobody reads, they are lost: a relay goes on.
enum StandardStreams {
    static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Writes all bytes as they are.
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if count < 0, errno != EINTR { return }
            offset += max(count, 0)
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8), to: descriptor)
    }
}
