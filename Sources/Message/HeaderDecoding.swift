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
        let input = isASCII ? value : Array(Charset.unlabelled(value).utf8)
        let decoded = withCString(input) { string -> String? in
            guard let result = g_mime_utils_header_decode_text(nil, string) else { return nil }
            defer { g_free(result) }
            return String(cString: result)
        }
        return decoded ?? String(decoding: value, as: UTF8.self)
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

    static func addresses(_ value: [UInt8]) -> [MailAddress] {
        withCString(value) { string -> [MailAddress]? in
            guard let list = internet_address_list_parse(nil, string) else { return nil }
            defer { g_object_unref(list) }
            var found: [MailAddress] = []
            collect(list, group: nil, depth: 0, into: &found)
            return found
        } ?? []
    }

    /// Group nesting that is followed; GMime makes no deeper ones from honest text.
    private static let groupDepth = 8

    private static func collect(
        _ list: UnsafeMutablePointer<InternetAddressList>, group: String?, depth: Int, into found: inout [MailAddress]
    ) {
        guard depth < groupDepth else { return }
        for index in 0..<internet_address_list_length(list) {
            guard let address = internet_address_list_get_address(list, index) else { continue }
            let name = internet_address_get_name(address).map { String(cString: $0) }
            if let mailbox = lz_as_mailbox(address) {
                let spec = internet_address_mailbox_get_addr(mailbox).map { String(cString: $0) } ?? ""
                found.append(MailAddress(displayName: name ?? "", addrSpec: spec, group: group))
            } else if let inner = lz_as_group(address) {
                guard let members = internet_address_group_get_members(inner) else { continue }
                collect(members, group: name ?? "", depth: depth + 1, into: &found)
            }
        }
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
