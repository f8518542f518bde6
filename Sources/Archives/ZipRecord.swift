/// One header of a zip that describes an entry (APPNOTE 4.3.7 and 4.3.12): a local one, which stands before the content,
/// or one of a directory.
struct ZipRecord {
    static let localSignature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    static let directorySignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    static let localBytes = 30
    static let directoryBytes = 46

    let isLocal: Bool
    let offset: Int
    /// Where the record ends: of a local one, where the content starts.
    let end: Int
    let flags: Int
    let method: Int
    let checksum: UInt32
    /// Time and date as stored.
    let time: [UInt8]
    /// The sizes as the 32-bit fields say them.
    let compressedSize: Int
    let size: Int
    let name: [UInt8]
    /// Where the extra fields and the comment stand.
    let extra: Range<Int>
    /// Of a directory record: where the local header is said to be, who wrote it, and its attributes.
    private(set) var localOffset = 0
    private(set) var madeBy = 0
    private(set) var attributes: UInt32 = 0
    /// What extra fields say.
    private(set) var fields = ZipExtraFields()

    /// Nil if the record does not fit.
    ///
    /// - Parameter isSigned: false where a directory leads to a place without signature, which some programs never check.
    init?(local bytes: UnsafeRawBufferPointer, at offset: Int, isSigned: Bool = true) {
        guard offset >= 0, offset <= bytes.count - Self.localBytes,
            !isSigned || bytes.holds(Self.localSignature, at: offset)
        else { return nil }
        let nameEnd = offset + Self.localBytes + Int(bytes.uint16(at: offset + 26))
        let end = nameEnd + Int(bytes.uint16(at: offset + 28))
        guard nameEnd <= bytes.count else { return nil }
        self.init(
            isLocal: true, bytes, at: offset, common: offset + 6, name: (offset + Self.localBytes)..<nameEnd,
            extra: nameEnd..<min(end, bytes.count), end: min(end, bytes.count))
    }

    /// Nil if the record does not fit or bears no signature.
    init?(directory bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard offset >= 0, offset <= bytes.count - Self.directoryBytes,
            bytes.holds(Self.directorySignature, at: offset)
        else { return nil }
        let nameEnd = offset + Self.directoryBytes + Int(bytes.uint16(at: offset + 28))
        let extraEnd = nameEnd + Int(bytes.uint16(at: offset + 30))
        guard nameEnd <= bytes.count else { return nil }
        self.init(
            isLocal: false, bytes, at: offset, common: offset + 8, name: (offset + Self.directoryBytes)..<nameEnd,
            extra: nameEnd..<min(extraEnd, bytes.count), end: extraEnd + Int(bytes.uint16(at: offset + 32)))
        madeBy = Int(bytes.uint16(at: offset + 4))
        attributes = bytes.uint32(at: offset + 38)
        localOffset = Int(bytes.uint32(at: offset + 42))
        if localOffset == 0xFFFF_FFFF, let far = fields.localOffset { localOffset = far }
    }

    /// Flags, method, time, date, checksum and both sizes stand in the same order in both kinds.
    private init(
        isLocal: Bool, _ bytes: UnsafeRawBufferPointer, at offset: Int, common: Int, name: Range<Int>,
        extra: Range<Int>, end: Int
    ) {
        self.isLocal = isLocal
        self.offset = offset
        self.end = end
        self.extra = extra
        self.name = Array(bytes[name])
        flags = Int(bytes.uint16(at: common))
        method = Int(bytes.uint16(at: common + 2))
        time = Array(bytes[(common + 4)..<(common + 8)])
        checksum = bytes.uint32(at: common + 8)
        compressedSize = Int(bytes.uint32(at: common + 12))
        size = Int(bytes.uint32(at: common + 16))
        fields = ZipExtraFields(
            bytes, extra, isSizeFar: size == 0xFFFF_FFFF, isCompressedSizeFar: compressedSize == 0xFFFF_FFFF)
    }

    var isEncrypted: Bool { flags & 1 != 0 }

    /// Whether checksum and sizes stand behind the content, so that the header may have zeros for them.
    var hasDescriptor: Bool { flags & 8 != 0 }

    /// The size of the content as stored, as most programs read it.
    var storedSize: Int {
        compressedSize == 0xFFFF_FFFF ? fields.compressedSizes.first ?? compressedSize : compressedSize
    }

    var contentSize: Int { size == 0xFFFF_FFFF ? fields.sizes.first ?? size : size }

    /// Every size of the stored content that a program may read here.
    var storedSizes: [Int] { Self.distinct([storedSize, compressedSize] + fields.compressedSizes) }

    var contentSizes: [Int] { Self.distinct([contentSize, size] + fields.sizes) }

    private static func distinct(_ sizes: [Int]) -> [Int] {
        sizes.enumerated().filter { sizes.firstIndex(of: $0.element) == $0.offset && $0.element != 0xFFFF_FFFF }
            .map(\.element)
    }
}

/// The extra fields of a record that change what is read (APPNOTE 4.5).
struct ZipExtraFields {
    /// Sizes of every zip64 field, in order: a record may have several, and some programs heed them although the
    /// 32-bit fields are not full.
    private(set) var sizes: [Int] = []
    private(set) var compressedSizes: [Int] = []
    private(set) var localOffset: Int?
    /// The name of Info-ZIP's field 0x7075, which some programs prefer.
    private(set) var unicodeName: [UInt8]?
    /// The AES field (0x9901), which decrypting needs.
    private(set) var wrapping: [UInt8] = []
    /// Whether there are more fields than are looked at.
    private(set) var isCut = false

    init() {}

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, isSizeFar: Bool, isCompressedSizeFar: Bool) {
        var offset = range.lowerBound
        var count = 0
        while offset + 4 <= range.upperBound {
            guard count < ArchiveLimits.zipExtraFields else {
                isCut = true
                return
            }
            count += 1
            let length = Int(bytes.uint16(at: offset + 2))
            let body = (offset + 4)..<min(offset + 4 + length, range.upperBound)
            switch bytes.uint16(at: offset) {
            case 0x0001: readZip64(bytes, body, isSizeFar: isSizeFar, isCompressedSizeFar: isCompressedSizeFar)
            case 0x7075 where body.count > 5: unicodeName = Array(bytes[(body.lowerBound + 5)..<body.upperBound])
            case 0x9901 where body.count >= 7:
                wrapping = Array(bytes[offset..<body.upperBound])
            default: break
            }
            offset += 4 + length
        }
    }

    /// The field has only those numbers for which the header has no room; some writers put both sizes all the same.
    private mutating func readZip64(
        _ bytes: UnsafeRawBufferPointer, _ body: Range<Int>, isSizeFar: Bool, isCompressedSizeFar: Bool
    ) {
        var numbers: [Int] = []
        var offset = body.lowerBound
        while offset + 8 <= body.upperBound, numbers.count < 3 {
            numbers.append(bytes.uint64(at: offset))
            offset += 8
        }
        // Where the header's own fields are not full, one number can only be the offset.
        guard isSizeFar || isCompressedSizeFar || numbers.count > 1 else {
            localOffset = localOffset ?? numbers.first
            return
        }
        let hasBoth = isSizeFar == isCompressedSizeFar
        var rest = numbers[...]
        if isSizeFar || hasBoth, let size = rest.popFirst() { sizes.append(size) }
        if isCompressedSizeFar || hasBoth, let size = rest.popFirst() { compressedSizes.append(size) }
        localOffset = localOffset ?? rest.first
    }
}

extension UnsafeRawBufferPointer {
    /// The little-endian number at `offset`; 0 beyond the end. Numbers that no size can be are made 2^48, so that sums of
    /// them can't overflow.
    func uint64(at offset: Int) -> Int {
        guard offset >= 0, count >= 8, offset <= count - 8 else { return 0 }
        return Int(Swift.min(loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian, 1 << 48))
    }
}
