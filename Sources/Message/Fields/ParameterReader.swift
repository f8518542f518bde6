/// One `name=value` of a structured field as it stands there.
struct RawParameter {
    /// Lower case, with any RFC 2231 suffix (`filename*0*`).
    let name: [UInt8]
    /// The value without quotes and escapes.
    let value: [UInt8]
    /// An unquoted value with white space inside: some readers stop there.
    let hasInnerBlank: Bool

    /// The name without RFC 2231 suffix.
    var baseName: ArraySlice<UInt8> { name.prefix { $0 != 0x2A } }
    /// Whether the name has an RFC 2231 suffix.
    var isExtended: Bool { name.contains(0x2A) }
}

/// Splits `token; name=value; …` (RFC 2045 section 5.1), tolerating comments, missing semicolons and open quotes.
struct ParameterReader {
    private let input: [UInt8]
    private let limit: Int
    private var position = 0

    /// What stands before the first semicolon, without comments, trimmed.
    private(set) var primary: [UInt8] = []
    private(set) var parameters: [RawParameter] = []
    private(set) var hasMalformed = false
    private(set) var isOverLimit = false

    init(_ unfolded: [UInt8], limit: Int) {
        input = unfolded
        self.limit = limit
        readPrimary()
        while position < input.count {
            guard parameters.count < limit else {
                isOverLimit = true
                return
            }
            readParameter()
        }
    }

    private mutating func readPrimary() {
        while position < input.count, input[position] != 0x3B {
            if input[position] == 0x28 {
                skipComment()
            } else {
                primary.append(input[position])
                position += 1
            }
        }
        primary = trimmed(primary[...])
    }

    private mutating func readParameter() {
        skipFiller()
        guard position < input.count else { return }
        var name: [UInt8] = []
        while position < input.count, input[position] != 0x3D, input[position] != 0x3B {
            if input[position] == 0x28 {
                skipComment()
            } else {
                name.append(asciiLowercase(input[position]))
                position += 1
            }
        }
        name = trimmed(name[...])
        guard position < input.count, input[position] == 0x3D, !name.isEmpty else {
            hasMalformed = true
            // A lone "=" must not be met again.
            if position < input.count { position += 1 }
            return
        }
        position += 1
        skipBlanksAndComments()
        if position < input.count, input[position] == 0x22 {
            parameters.append(RawParameter(name: name, value: readQuoted(), hasInnerBlank: false))
        } else {
            let value = readToken()
            parameters.append(RawParameter(name: name, value: value, hasInnerBlank: value.contains(where: isBlank)))
        }
    }

    private mutating func readQuoted() -> [UInt8] {
        var value: [UInt8] = []
        position += 1
        while position < input.count, input[position] != 0x22 {
            if input[position] == 0x5C, position + 1 < input.count { position += 1 }
            value.append(input[position])
            position += 1
        }
        if position < input.count { position += 1 } else { hasMalformed = true }
        return value
    }

    private mutating func readToken() -> [UInt8] {
        let start = position
        while position < input.count, input[position] != 0x3B {
            // A comment ends a token only after white space: names like "report(1).pdf" are common unquoted.
            if input[position] == 0x28, position > start, isBlank(input[position - 1]) {
                let end = position
                skipComment()
                return trimmed(input[start..<end])
            }
            position += 1
        }
        return trimmed(input[start..<position])
    }

    /// Comments nest (RFC 5322 section 3.2.2): a counter, no recursion.
    private mutating func skipComment() {
        var level = 0
        while position < input.count {
            let byte = input[position]
            position += 1
            if byte == 0x5C {
                position += 1
            } else if byte == 0x28 {
                level += 1
            } else if byte == 0x29 {
                level -= 1
                if level == 0 { return }
            }
        }
        position = min(position, input.count)
    }

    private mutating func skipFiller() {
        while position < input.count, input[position] == 0x3B || input[position] <= 0x20 { position += 1 }
        if position < input.count, input[position] == 0x28 { skipComment() }
    }

    private mutating func skipBlanksAndComments() {
        while position < input.count {
            if input[position] <= 0x20 {
                position += 1
            } else if input[position] == 0x28 {
                skipComment()
            } else {
                return
            }
        }
    }

    private func trimmed(_ slice: ArraySlice<UInt8>) -> [UInt8] {
        var slice = slice
        while let byte = slice.first, byte <= 0x20, byte != 0 { slice.removeFirst() }
        while let byte = slice.last, byte <= 0x20, byte != 0 { slice.removeLast() }
        return Array(slice)
    }
}
