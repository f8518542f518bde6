/// Files that are known by their own signatures, where a wrong guess would matter to a mail filter.
enum BinarySignature {
    /// The names of the types; empty if no signature stands.
    static func names(_ bytes: UnsafeRawBufferPointer, hint: TypeHint) -> [String] {
        for (offset, magic, name) in signatures where bytes.holds(magic, at: offset) { return [name] }
        if let name = program(bytes, hint) { return [name] }
        if let name = trailing(bytes) { return [name] }
        if let name = cryptographic(bytes) { return [name] }
        let head = bytes.prefix(FileTypingLimits.pdfPrefix)
        if contains(head, Array("%PDF-".utf8)) { return ["pdf"] }
        // Readers repair a document whose first line is broken, as long as its end is there.
        let tail = bytes.suffix(FileTypingLimits.pdfPrefix)
        if contains(tail, Array("startxref".utf8)), contains(tail, Array("%%EOF".utf8)) { return ["pdf"] }
        return []
    }

    private static let signatures: [(Int, [UInt8], String)] = [
        (0, Array("{\\rt".utf8), "rtf"), (0, Array("ITSF".utf8), "chm"), (0, Array("!BDN".utf8), "pst"),
        (0, [0x78, 0x9F, 0x3E, 0x22], "tnef"),
        (0, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0], "lnk"),
        (
            0, [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3],
            "onenote"
        ),
        (0, [0x7F, 0x45, 0x4C, 0x46], "elf"), (0, [0, 0x61, 0x73, 0x6D], "wasm"), (0, Array("dex\n".utf8), "dex"),
        (0, [0xFE, 0xED, 0xFA, 0xCE], "macho"), (0, [0xFE, 0xED, 0xFA, 0xCF], "macho"),
        (0, [0xCE, 0xFA, 0xED, 0xFE], "macho"), (0, [0xCF, 0xFA, 0xED, 0xFE], "macho"),
        (0, Array("Cr24".utf8), "browser-extension"), (0, [0xFE, 0xED, 0xFE, 0xED], "keystore"),
        (0, [0x03, 0xD9, 0xA2, 0x9A], "keystore"), (0, Array("SQLite format 3\0".utf8), "sqlite"),
        (4, Array("Standard Jet DB".utf8), "access"), (4, Array("Standard ACE DB".utf8), "access"),
        (0, Array("KDMV".utf8), "vmdk"),
        (0, Array("# Disk DescriptorFile".utf8), "vmdk"), (0, [0x51, 0x46, 0x49, 0xFB], "qcow2"),
        (0, Array("COWD".utf8), "vmdk"), (64, [0x7F, 0x10, 0xDA, 0xBE], "vdi"),
        (0, Array("encrcdsa".utf8), "dmg"), (0, Array("QED\0".utf8), "disk-image"),
        (0, Array("WithoutFreeSpace".utf8), "disk-image"), (0, Array("WithouFreSpacExt".utf8), "disk-image"),
        (0, Array("Bochs Virtual HD Image".utf8), "disk-image"),
        (0, Array("hsqs".utf8), "squashfs"), (0, Array("sqsh".utf8), "squashfs"),
        (0, Array("qshs".utf8), "squashfs"), (0, Array("shsq".utf8), "squashfs"),
        (0, Array("ALZ\u{1}".utf8), "alz"), (0, Array("EGGA".utf8), "egg"),
        (0, Array("SIT!".utf8), "stuffit"), (0, Array("StuffIt ".utf8), "stuffit"),
        (20, [0xDC, 0xA7, 0xC4, 0xFD], "zoo"), (0, Array("FWS".utf8), "flash"), (0, Array("CWS".utf8), "flash"),
        (0, Array("ZWS".utf8), "flash"), (0, Array("regf".utf8), "registry-hive"),
        (0, [0x00, 0x05, 0x16, 0x07], "apple-double"), (0, [0x00, 0x05, 0x16, 0x00], "apple-double"),
        (0, Array("PAR1".utf8), "parquet"),
    ]

    /// Windows programs: the kinds differ in a flag or in the name alone, but all of them run.
    private static func program(_ bytes: UnsafeRawBufferPointer, _ hint: TypeHint) -> String? {
        if bytes.holds([0xCA, 0xFE, 0xBA, 0xBE], at: 0), bytes.count >= 8 {
            // Both start so: then comes a count of architectures for macOS, or a version of at least 45 for Java.
            return bytes[4] == 0 && bytes[5] == 0 && bytes[6] == 0 && bytes[7] < 45 ? "macho" : "class"
        }
        guard bytes.count >= 64, bytes[0] == 0x4D, bytes[1] == 0x5A else { return nil }
        let header = bytes.little(at: 60, count: 4)
        guard header < bytes.count, bytes.holds([0x50, 0x45, 0, 0], at: header) else { return "dos" }
        let characteristics = bytes.little(at: header + 22, count: 2)
        let subsystem = bytes.little(at: header + 24 + 68, count: 2)
        if hint.hasExtension("scr") { return "scr" }
        if hint.hasExtension("cpl") { return "cpl" }
        if hint.hasExtension("xll") { return "xll" }
        if (10...13).contains(subsystem) { return "efi" }
        if subsystem == 1 { return "sys" }
        return characteristics & 0x2000 != 0 ? "dll" : "exe"
    }

    /// Disk images that are known by their last sector.
    private static func trailing(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.count >= 512 else { return nil }
        return bytes.holds(Array("koly".utf8), at: bytes.count - 512) ? "dmg" : nil
    }

    /// DER: a SEQUENCE that starts with an object identifier (PKCS #7) or with version 3 and one (PKCS #12).
    private static func cryptographic(_ bytes: UnsafeRawBufferPointer) -> String? {
        switch CryptographicMessageHead.identifier(bytes) {
        case .signed: return "pkcs7-signed"
        case .enveloped: return "pkcs7-enveloped"
        case .compressed: return "pkcs7-compressed"
        case .other: return "pkcs7"
        case .store: return "pkcs12"
        case nil: return nil
        }
    }

    private static func contains(_ bytes: Slice<UnsafeRawBufferPointer>, _ sought: [UInt8]) -> Bool {
        guard bytes.count >= sought.count, let first = sought.first else { return false }
        for index in bytes.startIndex...(bytes.endIndex - sought.count) where bytes[index] == first {
            if bytes[index..<(index + sought.count)].elementsEqual(sought) { return true }
        }
        return false
    }
}

/// The outermost object identifier of a DER or BER structure, as far as it tells the type of a file.
enum CryptographicMessageHead {
    case signed
    case enveloped
    case compressed
    case store
    case other

    private static let pkcs7: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
    private static let contentTypes: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01]

    /// Looks at 48 bytes at most.
    static func identifier(_ bytes: UnsafeRawBufferPointer) -> CryptographicMessageHead? {
        let head = Array(bytes.prefix(48))
        guard var index = contentStart(head, tag: 0x30, at: 0) else { return nil }
        var isStore = false
        if index + 3 < head.count, head[index..<(index + 3)].elementsEqual([0x02, 0x01, 0x03]) {
            guard let inner = contentStart(head, tag: 0x30, at: index + 3) else { return nil }
            isStore = true
            index = inner
        }
        guard index + 2 < head.count, head[index] == 0x06 else { return nil }
        let identifier = head[(index + 2)...].prefix(Int(head[index + 1]))
        if identifier.starts(with: pkcs7), identifier.count == 9 {
            if isStore { return .store }
            switch identifier.last {
            case 2: return .signed
            case 3, 4, 6: return .enveloped
            default: return .other
            }
        }
        guard !isStore, identifier.starts(with: contentTypes), identifier.count == 11 else { return nil }
        switch identifier.last {
        case 23: return .enveloped
        case 9: return .compressed
        default: return .other
        }
    }

    /// Where the content of the element with `tag` starts; the indefinite length has no bytes of its own.
    private static func contentStart(_ head: [UInt8], tag: UInt8, at index: Int) -> Int? {
        guard index + 1 < head.count, head[index] == tag else { return nil }
        let length = head[index + 1]
        guard length & 0x80 != 0 else { return index + 2 }
        return length & 0x7F <= 8 ? index + 2 + Int(length & 0x7F) : nil
    }
}

extension UnsafeRawBufferPointer {
    /// Whether `magic` stands at `offset`.
    func holds(_ magic: [UInt8], at offset: Int) -> Bool {
        guard offset >= 0, offset <= count, count - offset >= magic.count else { return false }
        return self[offset..<(offset + magic.count)].elementsEqual(magic)
    }

    /// The little-endian number at `offset`; 0 beyond the end.
    func little(at offset: Int, count length: Int) -> Int {
        guard offset >= 0, offset <= count, count - offset >= length else { return 0 }
        return (0..<length).reversed().reduce(0) { $0 << 8 | Int(self[offset + $1]) }
    }
}
