/// A parameter of Content-Type or Content-Disposition, decoded.
public struct Parameter: Sendable, Equatable {
    /// The name in lower case, without RFC 2231 suffix.
    public let name: String
    /// The value: RFC 2231 sections joined and decoded, encoded words decoded.
    public let value: String
    /// Whether RFC 2231 was used.
    public let isExtended: Bool
}

/// A field value of the form `token; name=value; …`, the common ground of Content-Type and Content-Disposition.
struct StructuredValue {
    let primary: [UInt8]
    let raw: [RawParameter]
    /// The value without folds.
    let text: [UInt8]
    let parameters: [Parameter]
    let hasMalformed: Bool
    let isOverLimit: Bool
    let isCut: Bool
    /// Names of parameters given twice in the same form with different values.
    let conflicts: [String]

    init(_ field: HeaderField, limits: MessageLimits) {
        var value = field.unfoldedBytes
        isCut = value.count > limits.valueBytes
        if isCut { value = Array(value.prefix(limits.valueBytes)) }
        text = value
        let reader = ParameterReader(value, limit: limits.parameters)
        primary = reader.primary
        raw = reader.parameters
        hasMalformed = reader.hasMalformed
        isOverLimit = reader.isOverLimit

        var names: [ArraySlice<UInt8>] = []
        var seen: [[UInt8]: [UInt8]] = [:]
        var clashing: [String] = []
        for parameter in raw {
            if !names.contains(parameter.baseName) { names.append(parameter.baseName) }
            if let before = seen[parameter.name] {
                if before != parameter.value { clashing.append(String(decoding: parameter.baseName, as: UTF8.self)) }
            } else {
                seen[parameter.name] = parameter.value
            }
        }
        conflicts = clashing
        let all = raw
        parameters = names.compactMap { name in Self.decode(name, of: all) }
    }

    /// The decoded value of `name`, the first plain one or else the RFC 2231 one.
    func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The RFC 2231 form wins where both are there: it exists because the plain one cannot say it.
    private static func decode(_ name: ArraySlice<UInt8>, of raw: [RawParameter]) -> Parameter? {
        let text = String(decoding: name, as: UTF8.self)
        let own = raw.filter { $0.baseName == name }
        if own.contains(where: \.isExtended), let value = extended(text, of: own) {
            return Parameter(name: text, value: value, isExtended: true)
        }
        guard let plain = own.first(where: { !$0.isExtended }) ?? own.first else { return nil }
        return Parameter(name: text, value: HeaderDecoding.text(plain.value), isExtended: false)
    }

    /// The RFC 2231 reading of `name`, by GMime.
    static func extended(_ name: String, of raw: [RawParameter]) -> String? {
        var sections: [UInt8] = []
        for parameter in raw where parameter.isExtended {
            if !sections.isEmpty { sections += "; ".utf8 }
            sections += parameter.name
            sections += "=\"".utf8
            for byte in parameter.value {
                if byte == 0x22 || byte == 0x5C { sections.append(0x5C) }
                sections.append(byte)
            }
            sections.append(0x22)
        }
        guard !sections.isEmpty else { return nil }
        return HeaderDecoding.parameter(name, sections: sections)
    }
}
