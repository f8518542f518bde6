/// What the block headers of a RAR file tell without decoding anything.
///
/// libarchive says nothing when a RAR file ends early between two blocks, when it is a volume of a set, or (RAR 5)
/// that its headers are encrypted, except in the wording of an error. The headers say all three plainly.
struct RarOutline {
    /// Whether names and sizes are encrypted.
    private(set) var headersAreEncrypted = false
    /// Whether the file is one volume of a set.
    private(set) var isVolume = false
    /// Whether the file stops inside a block, or (RAR 5, where it is mandatory) before the end block.
    private(set) var isCut = false
    /// RAR 5: for each file block in order, whether it is encrypted. libarchive 3.6.2 does not tell.
    private(set) var encryptedFiles: [Bool] = []

    /// Whether the file block with this index, counted from 0, is encrypted.
    func isEncrypted(file index: Int) -> Bool {
        encryptedFiles.indices.contains(index) && encryptedFiles[index]
    }

    init(_ bytes: UnsafeRawBufferPointer, format: ArchiveFormat) {
        switch format {
        case .rar5: walkRar5(bytes)
        case .rar: walkRar4(bytes)
        default: break
        }
    }

    /// RAR 5 block: CRC-32, size of what follows, type, flags, [size of extra area], [size of data].
    private mutating func walkRar5(_ bytes: UnsafeRawBufferPointer) {
        var cursor = Cursor(bytes, at: 8)
        for _ in 0..<ArchiveLimits.rarBlocks {
            guard cursor.skip(4), let size = cursor.variable() else {
                isCut = true
                return
            }
            let headerEnd = cursor.offset.addingReportingOverflow(size)
            guard !headerEnd.overflow, headerEnd.partialValue <= bytes.count, let type = cursor.variable(),
                let flags = cursor.variable()
            else {
                isCut = true
                return
            }
            let extraSize = flags & 1 != 0 ? cursor.variable() ?? 0 : 0
            let dataSize = flags & 2 != 0 ? cursor.variable() ?? 0 : 0
            switch type {
            case 1: isVolume = (cursor.variable() ?? 0) & 1 != 0
            case 2:
                encryptedFiles.append(
                    Self.hasEncryptionRecord(bytes, end: headerEnd.partialValue, size: extraSize, from: cursor.offset))
            case 4:
                headersAreEncrypted = true
                return
            case 5: return
            default: break
            }
            let next = headerEnd.partialValue.addingReportingOverflow(dataSize)
            guard !next.overflow, next.partialValue <= bytes.count, next.partialValue > cursor.start else {
                isCut = true
                return
            }
            cursor = Cursor(bytes, at: next.partialValue)
        }
    }

    /// The extra area ends the header: records of size, type, data. Type 1 holds the parameters of encryption.
    private static func hasEncryptionRecord(
        _ bytes: UnsafeRawBufferPointer, end: Int, size: Int, from start: Int
    ) -> Bool {
        guard size > 0, size <= end - start else { return false }
        var offset = end - size
        while offset < end {
            var cursor = Cursor(bytes, at: offset)
            guard let recordSize = cursor.variable(), recordSize > 0, recordSize <= end - cursor.offset else {
                return false
            }
            let next = cursor.offset + recordSize
            if cursor.variable() == 1 { return true }
            offset = next
        }
        return false
    }

    /// RAR 4 block: CRC-16, type, flags, size, [size of data]. The end block came late to the format, so a file
    /// that stops between two blocks proves nothing.
    private mutating func walkRar4(_ bytes: UnsafeRawBufferPointer) {
        var offset = 7
        for _ in 0..<ArchiveLimits.rarBlocks where offset < bytes.count {
            guard offset + 7 <= bytes.count else {
                isCut = true
                return
            }
            let type = bytes[offset + 2]
            let flags = bytes.uint16(at: offset + 3)
            let size = Int(bytes.uint16(at: offset + 5))
            guard size >= 7 else { return }
            var dataSize = 0
            if flags & 0x8000 != 0 || type == 0x74 {
                var far = UInt64(bytes.uint32(at: offset + 7))
                if type == 0x74, flags & 0x0100 != 0 { far |= UInt64(bytes.uint32(at: offset + 32)) << 32 }
                dataSize = Int(clamping: far)
            }
            switch type {
            case 0x73:
                isVolume = flags & 0x0001 != 0
                headersAreEncrypted = flags & 0x0080 != 0
                if headersAreEncrypted { return }
            case 0x7B: return
            default: break
            }
            guard dataSize <= bytes.count, offset + size + dataSize <= bytes.count else {
                isCut = true
                return
            }
            offset += size + dataSize
        }
    }

    /// A reader of RAR 5's variable-length numbers: seven bits a byte, low bits first.
    private struct Cursor {
        let bytes: UnsafeRawBufferPointer
        let start: Int
        var offset: Int

        init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
            self.bytes = bytes
            self.start = offset
            self.offset = offset
        }

        mutating func skip(_ count: Int) -> Bool {
            guard bytes.count - offset >= count else { return false }
            offset += count
            return true
        }

        mutating func variable() -> Int? {
            var value: UInt64 = 0
            for shift in stride(from: 0, to: 63, by: 7) {
                guard offset < bytes.count else { return nil }
                let byte = bytes[offset]
                offset += 1
                value |= UInt64(byte & 0x7F) << UInt64(shift)
                if byte & 0x80 == 0 { return Int(exactly: value) }
            }
            return nil
        }
    }
}
