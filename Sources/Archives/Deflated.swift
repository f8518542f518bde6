/// Data packed by DEFLATE within zlib's wrapping (RFC 1950), as documents hold it.
public enum Deflated {
    /// The data, up to `limit` bytes; incomplete where it is broken, cut, or longer.
    public static func unpacked(_ packed: ArraySlice<UInt8>, limit: Int) -> (bytes: [UInt8], isComplete: Bool) {
        packed.withUnsafeBytes { input in
            guard let stream = DeflateStream(input, wrapping: .zlib) else { return ([], false) }
            var content: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: ArchiveLimits.pieceBytes)
            while true {
                let (step, count) = piece.withUnsafeMutableBytes { stream.read(into: $0) }
                content.append(contentsOf: piece[..<count])
                if content.count > limit { return (Array(content.prefix(limit)), false) }
                switch step {
                case .more: continue
                case .end: return (content, true)
                case .broken, .cut: return (content, false)
                }
            }
        }
    }
}
