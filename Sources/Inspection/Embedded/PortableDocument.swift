import CQPDF
import Vocabulary

/// qpdf's reader of a PDF over bytes in memory; freed when the value ends.
///
/// qpdf reads lazily from the memory it is given, so a value must not outlive the closure that lends it the bytes.
struct PortableDocument: ~Copyable {
    /// What opening came to.
    enum Opening {
        case done
        case locked
        case damaged
    }

    /// A value of the document, valid until it is released.
    typealias Handle = qpdf_oh

    private var data: qpdf_data?
    let opening: Opening

    init(_ bytes: UnsafeRawBufferPointer) {
        let data = qpdf_init()
        self.data = data
        // Nothing is to be written to the standard error: the worker's belongs to the pool.
        qpdf_silence_errors(data)
        qpdf_set_suppress_warnings(data, QPDF_TRUE)
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = qpdf_read_memory(data, "document", start, UInt64(bytes.count), nil)
        guard result & QPDF_ERRORS != 0 else {
            opening = .done
            return
        }
        let code = qpdf_get_error_code(data, qpdf_get_error(data))
        opening = code == qpdf_e_password ? .locked : .damaged
    }

    deinit {
        var data = data
        qpdf_cleanup(&data)
    }

    var trailer: Handle { qpdf_get_trailer(data) }

    func release(_ handle: Handle) { qpdf_oh_release(data, handle) }

    /// Whether a call failed since this was last asked.
    func takeFailure() -> Bool {
        guard qpdf_has_error(data) != 0 else { return false }
        _ = qpdf_get_error(data)
        return true
    }

    /// The number and generation of a value that is an object of its own.
    func identity(of handle: Handle) -> UInt64? {
        guard qpdf_oh_is_indirect(data, handle) != 0 else { return nil }
        let number = UInt64(UInt32(truncatingIfNeeded: qpdf_oh_get_object_id(data, handle)))
        return number << 32 | UInt64(UInt32(truncatingIfNeeded: qpdf_oh_get_generation(data, handle)))
    }

    func isDictionary(_ handle: Handle) -> Bool { qpdf_oh_is_dictionary(data, handle) != 0 }
    func isStream(_ handle: Handle) -> Bool { qpdf_oh_is_stream(data, handle) != 0 }
    func isArray(_ handle: Handle) -> Bool { qpdf_oh_is_array(data, handle) != 0 }
    func dictionary(ofStream handle: Handle) -> Handle { qpdf_oh_get_dict(data, handle) }
    func count(ofArray handle: Handle) -> Int { Int(qpdf_oh_get_array_n_items(data, handle)) }
    func item(_ index: Int, of handle: Handle) -> Handle { qpdf_oh_get_array_item(data, handle, Int32(index)) }
    func value(of key: String, in handle: Handle) -> Handle { qpdf_oh_get_key(data, handle, key) }

    func has(_ key: String, in handle: Handle) -> Bool { qpdf_oh_has_key(data, handle, key) != 0 }

    /// The whole number at a key; nil if there is none.
    func number(at key: String, in handle: Handle) -> Int? {
        let value = value(of: key, in: handle)
        defer { release(value) }
        guard qpdf_oh_is_integer(data, value) != 0 else { return nil }
        return Int(qpdf_oh_get_int_value_as_int(data, value))
    }

    /// Whether the value of a key is this name, such as `/EmbeddedFile`.
    func holds(_ name: String, at key: String, in handle: Handle) -> Bool {
        let value = value(of: key, in: handle)
        defer { release(value) }
        return qpdf_oh_is_name_and_equals(data, value, name) != 0
    }

    func keys(of handle: Handle) -> [String] {
        var keys: [String] = []
        qpdf_oh_begin_dict_key_iter(data, handle)
        while qpdf_oh_dict_more_keys(data) != 0 {
            guard let key = qpdf_oh_dict_next_key(data) else { break }
            keys.append(String(cString: key))
        }
        return keys
    }

    func name(_ handle: Handle) -> String? {
        guard qpdf_oh_is_name(data, handle) != 0 else { return nil }
        return qpdf_oh_get_name(data, handle).map { String(cString: $0) }
    }

    /// A text in UTF-8; nil if the value is none.
    func text(_ handle: Handle) -> [UInt8]? {
        guard qpdf_oh_is_string(data, handle) != 0 else { return nil }
        var length = 0
        guard let start = qpdf_oh_get_binary_utf8_value(data, handle, &length) else { return nil }
        return Array(UnsafeRawBufferPointer(start: start, count: length))
    }

    /// The bytes of a stream, decrypted but with its filters on: what they expand to, qpdf would not bound.
    func storedBytes(ofStream handle: Handle) -> [UInt8]? {
        var start: UnsafeMutablePointer<UInt8>?
        var length = 0
        let result = qpdf_oh_get_stream_data(data, handle, qpdf_dl_none, nil, &start, &length)
        defer { free(start) }
        guard result & QPDF_ERRORS == 0, let start else { return nil }
        return Array(UnsafeRawBufferPointer(start: start, count: length))
    }
}
