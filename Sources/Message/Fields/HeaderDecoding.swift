import CGMime

/// GMime's decoders of header values. The library is started once; its objects live only inside these functions.
/// Callers bound the input; NUL bytes are dropped, since C strings end there.
enum HeaderDecoding {
    private static let started: Bool = {
        g_mime_init()
        return true
    }()

    /// Runs `body` over `value` as a C string, after the library was started.
    static func withCString<Result>(_ value: [UInt8], _ body: (UnsafePointer<CChar>) -> Result?) -> Result? {
        guard started else { return nil }
        var string = value.contains(0) ? value.filter { $0 != 0 } : value
        string.append(0)
        return string.withUnsafeBytes { raw in
            guard let base = raw.baseAddress else { return nil }
            return body(base.assumingMemoryBound(to: CChar.self))
        }
    }

    /// Encoded words and unlabelled 8-bit text to UTF-8.
    static func text(_ value: [UInt8]) -> String {
        let isASCII = value.allSatisfy { $0 < 0x80 }
        guard containsEncodedWord(value) else {
            return isASCII ? String(decoding: value, as: UTF8.self) : Charset.unlabelled(value)
        }
        // GMime must not guess at raw 8-bit bytes beside encoded words.
        let input = EncodedWords.withoutPadding(isASCII ? value : Array(Charset.unlabelled(value).utf8))
        return pieces(input).map { piece in
            withCString(Array(piece)) { string -> String? in
                guard let result = g_mime_utils_header_decode_text(nil, string) else { return nil }
                defer { g_free(result) }
                return String(cString: result)
            } ?? String(decoding: piece, as: UTF8.self)
        }.joined()
    }

    /// Bytes handed to the decoder of encoded words at once: its time grows with the square of them when words do not
    /// end (0.2 s for 64 KB).
    private static let pieceBytes = 4_096

    /// `value` cut before white space where possible. Between encoded words that white space is no content.
    private static func pieces(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var rest = value[...]
        while rest.count > pieceBytes {
            let window = rest.prefix(pieceBytes)
            let cut = window.dropFirst().lastIndex(where: isBlank) ?? window.endIndex
            result.append(rest[..<cut])
            rest = rest[cut...]
            let next = rest.drop(while: isBlank)
            if result.last?.suffix(2).elementsEqual("?=".utf8) == true, next.starts(with: "=?".utf8) { rest = next }
        }
        result.append(rest)
        return result
    }

    static func containsEncodedWord(_ value: [UInt8]) -> Bool {
        var index = 0
        while index + 1 < value.count {
            if value[index] == 0x3D, value[index + 1] == 0x3F { return true }
            index += 1
        }
        return false
    }

    static func date(_ value: [UInt8]) -> Int64? {
        guard !value.isEmpty else { return nil }
        return withCString(value) { string -> Int64? in
            guard let date = g_mime_utils_header_decode_date(string) else { return nil }
            defer { g_date_time_unref(date) }
            return Int64(g_date_time_to_unix(date))
        }
    }

    /// Bytes of one mailbox that are read; what is longer is no address that could be used.
    private static let mailboxBytes = 4_096

    static func addresses(_ value: [UInt8]) -> [MailAddress] {
        var found: [MailAddress] = []
        var groupName: (range: Range<Int>, text: String)?
        for element in AddressSplitter(value).elements {
            var group: String?
            if let raw = element.group {
                if groupName?.range != raw.indices { groupName = (raw.indices, phrase(raw)) }
                group = groupName?.text
            }
            let mailbox = EncodedWords.withoutPadding(Array(element.text.prefix(mailboxBytes)))
            found += mailboxes(mailbox, group: group)
        }
        return found
    }

    private static func mailboxes(_ value: [UInt8], group: String?) -> [MailAddress] {
        withCString(value) { string -> [MailAddress]? in
            guard let list = internet_address_list_parse(nil, string) else { return nil }
            defer { g_object_unref(list) }
            var found: [MailAddress] = []
            for index in 0..<internet_address_list_length(list) {
                guard let address = internet_address_list_get_address(list, index),
                    let mailbox = lz_as_mailbox(address)
                else { continue }
                let name = internet_address_get_name(address).map { String(cString: $0) } ?? ""
                let spec = internet_address_mailbox_get_addr(mailbox).map { String(cString: $0) } ?? ""
                found.append(MailAddress(displayName: name, addrSpec: spec, group: group))
            }
            return found
        } ?? []
    }

    /// A group's name: outer blanks and quotes gone, encoded words decoded.
    private static func phrase(_ raw: ArraySlice<UInt8>) -> String {
        text(unfold(raw).filter { $0 != 0x22 })
    }

    /// The value of one RFC 2231 parameter from its sections as written ("name*0*=…; name*1=…").
    static func parameter(_ name: String, sections: [UInt8]) -> String? {
        withCString(sections) { string -> String? in
            guard let list = g_mime_param_list_parse(nil, string) else { return nil }
            defer { g_object_unref(list) }
            guard let parameter = g_mime_param_list_get_parameter(list, name),
                let value = g_mime_param_get_value(parameter)
            else { return nil }
            return String(cString: value)
        }
    }
}
