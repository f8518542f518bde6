import CZlib

/// zlib's decoder over bytes in memory; freed when the value ends.
///
/// Unlike libarchive it tells where the stream ended, which a zip's records may say otherwise.
struct DeflateStream: ~Copyable {
    /// What surrounds the compressed data.
    enum Wrapping: Int32 {
        /// Nothing, as in a zip.
        case none = -15
        /// A header of two bytes and a checksum, as documents have it (RFC 1950).
        case zlib = 15
        /// A header and a trailer with checksum, which is checked (RFC 1952).
        case gzip = 31
    }

    /// How a step came out.
    enum Step {
        case more
        case end
        case broken
        /// The input ends before the stream does.
        case cut
    }

    // The address of the state must not change while zlib has it.
    private let state: UnsafeMutablePointer<z_stream>

    /// Nil if there is no memory. `bytes` must stay in place as long as the stream lives.
    init?(_ bytes: UnsafeRawBufferPointer, wrapping: Wrapping) {
        let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        state.initialize(to: z_stream())
        guard lz_inflate_init(state, wrapping.rawValue) == Z_OK else {
            state.deallocate()
            return nil
        }
        // zlib only reads there; its type for the input is not const.
        state.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        state.pointee.avail_in = UInt32(clamping: bytes.count)
        self.state = state
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
    }

    /// How many bytes of the input were used.
    var consumed: Int { Int(state.pointee.total_in) }

    /// Decodes up to `buffer.count` bytes; returns their number.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> (Step, Int) {
        state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(clamping: buffer.count)
        let result = inflate(state, Z_NO_FLUSH)
        let count = buffer.count - Int(state.pointee.avail_out)
        switch result {
        case Z_STREAM_END: return (.end, count)
        case Z_OK: return (count == 0 && state.pointee.avail_in == 0 ? .cut : .more, count)
        case Z_BUF_ERROR: return (.cut, count)
        default: return (.broken, count)
        }
    }

    /// The CRC-32 that zip and gzip use.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBytes { raw in
            UInt32(truncatingIfNeeded: crc32_z(0, raw.baseAddress?.assumingMemoryBound(to: UInt8.self), raw.count))
        }
    }
}
