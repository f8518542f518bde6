import Glibc

/// Reading and writing of descriptors that others handed to us: interrupted calls go on, and one that is set not to
/// wait is waited for.
enum Descriptor {
    /// Writes all bytes.
    ///
    /// - Returns: `errno` where that failed.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if count < 0 {
                let fault = errno
                guard wait(for: POLLOUT, of: descriptor, after: fault) else { return fault }
            }
            offset += max(count, 0)
        }
        return nil
    }

    /// Reads what has arrived, into the whole buffer if there is as much; 0 at the end and where that failed.
    static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int {
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, wait(for: POLLIN, of: descriptor, after: errno) { continue }
            return max(count, 0)
        }
    }

    /// Whether a call that failed is worth another attempt, once the descriptor is ready.
    private static func wait(for event: Int32, of descriptor: Int32, after fault: Int32) -> Bool {
        guard fault == EAGAIN || fault == EWOULDBLOCK else { return fault == EINTR }
        var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return poll(&request, 1, -1) >= 0 || errno == EINTR
    }
}
