/// What a PDF takes from the bytes of a stream before they are packed: of each the one to its left or above it
/// (ISO 32000-1, 7.4.4.4).
struct PortablePredictor {
    /// 1 for none, 2 as in TIFF, 10 and more as in PNG, where each row says how it was made.
    var kind = 1
    /// Values of a row's places, bits of each, and places of a row.
    var colors = 1
    var bits = 8
    var columns = 1

    /// Whether a file may be written so; others are not undone.
    var isKnown: Bool {
        kind == 1 || kind == 2 && bits == 8 && hasForm || (10...15).contains(kind) && hasForm
    }

    private var hasForm: Bool {
        (1...32).contains(colors) && [1, 2, 4, 8, 16].contains(bits)
            && (1...InspectionLimits.portableColumns).contains(columns)
    }

    /// The bytes before anything was taken from them; not complete where a row says that it was made as none is. Linear in
    /// the length.
    func undone(_ bytes: [UInt8]) -> (bytes: [UInt8], isComplete: Bool) {
        guard kind != 1 else { return (bytes, true) }
        let place = (colors * bits + 7) / 8
        let rowBytes = (colors * bits * columns + 7) / 8
        return kind == 2 ? (undoneRows(bytes, rowBytes, place), true) : undoneTagged(bytes, rowBytes, place)
    }

    private func undoneRows(_ bytes: [UInt8], _ rowBytes: Int, _ place: Int) -> [UInt8] {
        var undone = bytes
        for index in undone.indices where index % rowBytes >= place { undone[index] &+= undone[index - place] }
        return undone
    }

    /// Rows with a byte in front of each that says how it was made (PNG, 9.2).
    private func undoneTagged(_ bytes: [UInt8], _ rowBytes: Int, _ place: Int) -> (bytes: [UInt8], isComplete: Bool) {
        var undone: [UInt8] = []
        undone.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            let method = bytes[start]
            guard method <= 4 else { return (undone, false) }
            let row = undone.count
            for (column, byte) in bytes[(start + 1)..<min(start + 1 + rowBytes, bytes.count)].enumerated() {
                let left = column >= place ? undone[row + column - place] : 0
                let above = row > 0 ? undone[row + column - rowBytes] : 0
                let corner = row > 0 && column >= place ? undone[row + column - rowBytes - place] : 0
                switch method {
                case 1: undone.append(byte &+ left)
                case 2: undone.append(byte &+ above)
                case 3: undone.append(byte &+ UInt8((Int(left) + Int(above)) / 2))
                case 4: undone.append(byte &+ Self.nearest(left, above, corner))
                default: undone.append(byte)
                }
            }
            start += 1 + rowBytes
        }
        return (undone, true)
    }

    /// The one of three that is nearest to what they would be in a plane (PNG, 9.4).
    private static func nearest(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
        let (left, above, corner) = (Int(left), Int(above), Int(corner))
        let (toLeft, toAbove, toCorner) = (abs(above - corner), abs(left - corner), abs(left + above - 2 * corner))
        if toLeft <= toAbove, toLeft <= toCorner { return UInt8(left) }
        return UInt8(toAbove <= toCorner ? above : corner)
    }
}
