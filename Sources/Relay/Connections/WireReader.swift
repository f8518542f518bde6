import MailProtocols
import NIOCore

/// Takes lines and message bytes off a connection.
struct WireReader {
    let wire: Wire
    private var rest = ByteBuffer()

    init(_ wire: Wire) { self.wire = wire }

    /// Whether the other side has sent more than was taken so far: of a client that does not pipeline, a sign of mischief.
    var hasRest: Bool { rest.readableBytes > 0 }

    enum Line {
        case line([UInt8])
        /// Longer than the bound; the whole of it was passed over.
        case tooLong
    }

    /// The next line, without its line end.
    ///
    /// - Throws: `WireFault`.
    mutating func line(upTo limit: Int, within time: TimeAmount) async throws(WireFault) -> Line {
        var isTooLong = false
        while true {
            let view = rest.readableBytesView
            if let end = view.firstIndex(of: 0x0A) {
                let length = view.distance(from: view.startIndex, to: end)
                let bytes = rest.readBytes(length: length) ?? []
                rest.moveReaderIndex(forwardBy: 1)
                if isTooLong || length > limit { return .tooLong }
                return .line(bytes.last == 0x0D ? bytes.dropLast() : bytes)
            }
            if rest.readableBytes > limit {
                isTooLong = true
                rest.clear()
            }
            try await more(within: time)
        }
    }

    /// Whatever is there, at least one byte.
    ///
    /// - Throws: `WireFault`.
    mutating func piece(within time: TimeAmount) async throws(WireFault) -> ByteBuffer {
        if rest.readableBytes == 0 { try await more(within: time) }
        defer { rest = ByteBuffer() }
        return rest
    }

    /// Gives back what was taken too much.
    mutating func putBack(_ bytes: ByteBuffer) { rest = bytes }

    private mutating func more(within time: TimeAmount) async throws(WireFault) {
        var piece = try await wire.read(within: time)
        if rest.readableBytes == 0 { rest = piece } else { rest.writeBuffer(&piece) }
    }
}
