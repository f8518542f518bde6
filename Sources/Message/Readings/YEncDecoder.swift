/// yEnc, the encoding of Usenet: lines between `=ybegin` and `=yend`, each byte moved by 42, critical ones escaped.
enum YEncDecoder {
    private static let begin = Array("=ybegin ".utf8)
    private static let part = Array("=ypart ".utf8)
    private static let end = Array("=yend".utf8)
    /// Bytes of the begin line in which the name is looked for.
    private static let nameBytes = 1_024

    /// Decodes what stands behind the first begin line, or everything where there is none.
    static func decode(_ input: ArraySlice<UInt8>, limit: Int) -> DecoderOutput {
        var result = DecoderOutput()
        var start = input.startIndex
        if let place = beginLine(input) {
            let line = input[place...].prefix { $0 != 0x0A }
            result.beginName = name(line.prefix(nameBytes))
            start = min(line.endIndex + 1, input.endIndex)
        } else {
            result.note(.yEncInvalid, at: 0)
        }
        while start < input.endIndex {
            let line = input[start...].prefix { $0 != 0x0A }
            if line.starts(with: end) { return result }
            if !line.starts(with: part), !take(line, limit, &result) { return result }
            start = line.endIndex + 1
        }
        result.note(.yEncInvalid, at: input.count)
        return result
    }

    /// Where the first begin line starts.
    static func beginLine(_ input: ArraySlice<UInt8>) -> Int? {
        var start = input.startIndex
        while start < input.endIndex {
            if input[start] == 0x3D, input[start...].starts(with: begin) { return start }
            guard let feed = input[start...].firstIndex(of: 0x0A) else { return nil }
            start = feed + 1
        }
        return nil
    }

    private static func name(_ line: ArraySlice<UInt8>) -> String? {
        let text = Charset.unlabelled(line.filter { $0 != 0x0D })
        guard let place = text.firstRange(ofText: " name=") else { return nil }
        return String(text[place...])
    }

    /// False at the limit.
    private static func take(_ line: ArraySlice<UInt8>, _ limit: Int, _ result: inout DecoderOutput) -> Bool {
        var isEscaped = false
        for byte in line where byte != 0x0D {
            if byte == 0x3D, !isEscaped {
                isEscaped = true
                continue
            }
            guard result.bytes.count < limit else {
                result.isComplete = false
                return false
            }
            result.bytes.append(byte &- (isEscaped ? 106 : 42))
            isEscaped = false
        }
        return true
    }
}

extension String {
    /// Where the text goes on behind the first `other`.
    fileprivate func firstRange(ofText other: String) -> String.Index? {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(other) { return rest.dropFirst(other.count).startIndex }
            rest = rest.dropFirst()
        }
        return nil
    }
}
