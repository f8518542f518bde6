import CPoppler
import Vocabulary

/// The text of a PDF, page by page, and the addresses that its pages link to.
enum PDFText {
    /// Reads a document that no password locks.
    ///
    /// - Parameters:
    ///   - bytes: all of the file; a broken one is mended as far as poppler can.
    ///   - limits: the most bytes of text, pages and time.
    static func read(_ bytes: [UInt8], limits: InspectionLimits) -> ExtractedText {
        let file = bytes.withUnsafeBytes { g_bytes_new($0.baseAddress, gsize($0.count)) }
        defer { g_bytes_unref(file) }
        var error: UnsafeMutablePointer<GError>?
        guard let document = poppler_document_new_from_bytes(file, nil, &error) else {
            defer { g_clear_error(&error) }
            let isLocked = error?.pointee.code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue)
            return ExtractedText(missing: isLocked ? EncryptionKind.pdf.reason : .damaged)
        }
        defer { g_object_unref(UnsafeMutableRawPointer(document)) }
        var reader = PDFPages(limits: limits)
        reader.read(document)
        var extracted = reader.text.extracted
        extracted.linked = reader.linked
        extracted.missing.formUnion(reader.missing)
        return extracted
    }
}

/// Reads pages until a limit ends it.
private struct PDFPages {
    var text: LayeredCollector
    var linked: [UInt8] = []
    var missing: Reasons = []
    private let limits: InspectionLimits
    private let deadline: ContinuousClock.Instant

    init(limits: InspectionLimits) {
        self.limits = limits
        text = LayeredCollector(limit: limits.textBytes)
        deadline = .now.advanced(by: .seconds(limits.documentSeconds))
    }

    mutating func read(_ document: OpaquePointer) {
        let count = Int(poppler_document_get_n_pages(document))
        if count <= 0 { missing.formUnion(.damaged) }
        for number in 0..<max(0, count) {
            guard number < limits.pages, text.isComplete, ContinuousClock.now < deadline else {
                missing.formUnion(.overLimit)
                return
            }
            guard let page = poppler_document_get_page(document, Int32(number)) else {
                missing.formUnion(.damaged)
                continue
            }
            defer { g_object_unref(UnsafeMutableRawPointer(page)) }
            addText(of: page)
            addLinks(of: page)
        }
    }

    private mutating func addText(of page: OpaquePointer) {
        guard let content = poppler_page_get_text(page) else {
            missing.formUnion(.damaged)
            return
        }
        defer { g_free(content) }
        text.line()
        // Which words a hyphen broke at the end of a line, the page does not tell.
        for line in UnsafeRawBufferPointer(start: content, count: strlen(content)).split(separator: 0x0a) {
            text.append(line)
            text.line()
        }
    }

    private mutating func addLinks(of page: OpaquePointer) {
        let mappings = poppler_page_get_link_mapping(page)
        defer { poppler_page_free_link_mapping(mappings) }
        var next = mappings
        while let item = next {
            next = item.pointee.next
            guard let data = item.pointee.data else { continue }
            let mapping = data.assumingMemoryBound(to: PopplerLinkMapping.self)
            guard let action = mapping.pointee.action, action.pointee.type == POPPLER_ACTION_URI,
                let address = action.pointee.uri.uri
            else { continue }
            let count = strlen(address)
            guard linked.count + count < limits.textBytes else {
                missing.formUnion(.overLimit)
                return
            }
            linked += UnsafeRawBufferPointer(start: address, count: count) + [0x0a]
        }
    }
}
