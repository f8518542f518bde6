import CGMime
import Glibc

/// Text made from bytes of a declared charset.
public struct DecodedText: Sendable, Equatable {
    /// The text.
    public let text: String
    /// The charset used, in lower case.
    public let charset: String
    /// The declared charset was not known and windows-1252 (or UTF-8, when valid) stood in.
    public let isCharsetUnknown: Bool
    /// Some bytes were not valid and became U+FFFD.
    public let hasInvalidBytes: Bool
    /// False when a limit cut the bytes before the end.
    public let isComplete: Bool
    /// What was odd about the transfer encoding and the charset.
    public let anomalies: [Anomaly]
}

/// Charset decoding through iconv, under the names and aliases that GMime and iconv know.
public enum Charset {
    /// What a decoding yielded.
    public struct Result: Sendable, Equatable {
        /// The text in UTF-8.
        public let text: String
        /// The charset used.
        public let charset: String
        /// The label was not known.
        public let isUnknown: Bool
        /// Some bytes became U+FFFD.
        public let hasInvalidBytes: Bool
    }

    /// Length of the longest label that is looked up.
    private static let labelLength = 40

    /// Labels that readers take for a wider charset, which differs only where the named one has nothing, and labels
    /// that iconv does not know.
    private static let aliases = [
        "iso-8859-1": "windows-1252", "latin1": "windows-1252", "iso8859-1": "windows-1252",
        "iso_8859-1": "windows-1252",
        "iso-8859-9": "windows-1254", "iso-8859-8-i": "iso-8859-8", "iso-8859-11": "cp874", "tis-620": "cp874",
        "windows-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
        "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "x-windows-949": "cp949",
        "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms_kanji": "cp932",
        "iso-2022-jp": "iso-2022-jp-2", "x-euc-jp": "euc-jp", "x-big5": "big5", "x-mac-roman": "macintosh",
        "unicode-1-1-utf-7": "utf-7", "unicode-2-0-utf-7": "utf-7", "x-unicode-1-1-utf-7": "utf-7",
        "x-unicode-2-0-utf-7": "utf-7", "csunicode11utf7": "utf-7", "utf7": "utf-7", "cp65000": "utf-7",
        "windows-65000": "utf-7", "unicode": "utf-16",
    ]

    /// Decodes `bytes` as `label` says. A byte-order mark wins over the label; a missing label, or ASCII with 8-bit
    /// bytes, means UTF-8 when valid, else windows-1252; so does an unknown label, and it is reported.
    public static func decode(_ bytes: ArraySlice<UInt8>, label: String?) -> Result {
        decodeMarked(bytes) ?? decodeUnmarked(bytes, label: label)
    }

    /// Decodes bytes as a reader does that heeds the label alone: a byte-order mark before them is left out.
    public static func decode(_ bytes: ArraySlice<UInt8>, heedingOnly label: String?) -> Result {
        decodeUnmarked(bytes.dropFirst(mark(of: bytes)?.length ?? 0), label: label)
    }

    private static func decodeUnmarked(_ bytes: ArraySlice<UInt8>, label: String?) -> Result {
        let name = normalized(label)
        switch name {
        case "", "us-ascii", "ascii": return unlabelledResult(bytes, isUnknown: false, isLabelled: !name.isEmpty)
        case "utf-8", "utf8":
            if let text = String(validating: bytes, as: UTF8.self) {
                return Result(text: text, charset: "utf-8", isUnknown: false, hasInvalidBytes: false)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            return Result(text: text, charset: "utf-8", isUnknown: false, hasInvalidBytes: true)
        case "hz-gb-2312", "hz":
            if let (text, invalid) = convert(HZDecoder.decode(bytes)[...], from: "gb18030") {
                return Result(text: text, charset: "hz-gb-2312", isUnknown: false, hasInvalidBytes: invalid)
            }
        default: break
        }
        let effective = aliases[name] ?? name
        guard let (text, invalid) = convert(bytes, from: effective) else {
            return unlabelledResult(bytes, isUnknown: true, isLabelled: true)
        }
        return Result(text: text, charset: effective, isUnknown: false, hasInvalidBytes: invalid)
    }

    /// Whether `label` is a charset that can be decoded.
    public static func isKnown(_ label: String) -> Bool {
        let name = normalized(label)
        if ["", "us-ascii", "utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "hz-gb-2312", "hz"].contains(name) {
            return true
        }
        guard let converter = open(aliases[name] ?? name) else { return false }
        g_mime_iconv_close(converter)
        return true
    }

    /// Bytes without a label as text: UTF-8 when valid, else windows-1252.
    static func unlabelled(_ bytes: [UInt8]) -> String {
        unlabelledResult(bytes[...], isUnknown: false, isLabelled: false).text
    }

    private static func unlabelledResult(_ bytes: ArraySlice<UInt8>, isUnknown: Bool, isLabelled: Bool) -> Result {
        if let text = String(validating: bytes, as: UTF8.self) {
            let hasHigh = isLabelled && !isUnknown && bytes.contains { $0 >= 0x80 }
            return Result(text: text, charset: "utf-8", isUnknown: isUnknown, hasInvalidBytes: hasHigh)
        }
        let text = convert(bytes, from: "windows-1252")?.text ?? String(decoding: bytes, as: UTF8.self)
        return Result(text: text, charset: "windows-1252", isUnknown: isUnknown, hasInvalidBytes: isLabelled)
    }

    /// The byte-order mark that bytes begin with: the charset it stands for, and its length.
    public static func mark(of bytes: ArraySlice<UInt8>) -> (charset: String, length: Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("utf-8", 3) }
        if bytes.starts(with: [0xFF, 0xFE]) { return ("utf-16le", 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return ("utf-16be", 2) }
        return nil
    }

    private static func decodeMarked(_ bytes: ArraySlice<UInt8>) -> Result? {
        guard let (name, length) = mark(of: bytes), let (text, invalid) = convert(bytes.dropFirst(length), from: name)
        else { return nil }
        return Result(text: text, charset: name, isUnknown: false, hasInvalidBytes: invalid)
    }

    /// One name for all labels of a charset that are known here; that of ASCII for none, which means the same.
    public static func canonical(_ label: String?) -> String {
        let name = normalized(label)
        switch name {
        case "", "ascii": return "us-ascii"
        case "utf8": return "utf-8"
        case "hz": return "hz-gb-2312"
        default: return aliases[name] ?? name
        }
    }

    /// Lower case, without quotes and blanks; a label that no registry could hold becomes `?`.
    private static func normalized(_ label: String?) -> String {
        guard let label, !label.isEmpty else { return "" }
        let kept = label.utf8.filter { $0 > 0x20 && $0 != 0x22 && $0 != 0x27 }.map(asciiLowercase)
        let isPlausible =
            kept.count <= labelLength && kept.contains { ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) }
            && kept.allSatisfy { byte in
                (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || "-_.:+()".utf8.contains(byte)
            }
        return isPlausible ? String(decoding: kept, as: UTF8.self) : "?"
    }

    private static func open(_ name: String) -> iconv_t? {
        // glibc drops characters it does not expect and takes an empty name for the locale's charset.
        guard name != "?",
            let converter = HeaderDecoding.withCString(Array(name.utf8), { g_mime_iconv_open("UTF-8", $0) }),
            converter != iconv_t(bitPattern: -1)
        else { return nil }
        return converter
    }

    private static func convert(_ bytes: ArraySlice<UInt8>, from name: String) -> (text: String, invalid: Bool)? {
        guard let converter = open(name) else { return nil }
        defer { g_mime_iconv_close(converter) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 4)
        var invalid = false
        bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return }
            // iconv takes a pointer to mutable input but does not write through it.
            var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
                mutating: base.assumingMemoryBound(to: CChar.self))
            var left = raw.count
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
                guard let start = buffer.baseAddress else { return }
                while true {
                    var room = buffer.count
                    var out: UnsafeMutablePointer<CChar>? = start
                    // With no input left, the call flushes what a stateful charset held back.
                    let isFlush = left == 0
                    let status =
                        isFlush
                        ? iconv(converter, nil, nil, &out, &room) : iconv(converter, &input, &left, &out, &room)
                    let fault = errno
                    let made = buffer.count - room
                    start.withMemoryRebound(to: UInt8.self, capacity: made) {
                        output.append(contentsOf: UnsafeBufferPointer(start: $0, count: made))
                    }
                    if isFlush { break }
                    if status != -1 || fault == E2BIG { continue }
                    // An invalid or cut sequence: one replacement character for one byte, then go on.
                    invalid = true
                    output.append(contentsOf: [0xEF, 0xBF, 0xBD])
                    guard let next = input else { break }
                    input = next + 1
                    left -= 1
                }
            }
        }
        return (String(decoding: output, as: UTF8.self), invalid)
    }
}
