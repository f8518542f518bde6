/// Numbers in header fields, as `header "…" as number` reads them.
public enum DecimalNumber {
    /// Thousandths of the number that the text starts with after white space (`5.3 / 10` is 5300); further decimals
    /// are cut off. `nil` when it starts with none or is beyond what fits.
    public static func parse(_ utf8: [UInt8]) -> Int64? {
        var rest = utf8[...].drop { $0 == 0x20 || $0 == 0x09 }
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest = rest.dropFirst()
        }
        let whole = rest.prefix { (0x30...0x39).contains($0) }
        guard !whole.isEmpty, whole.count <= 15, let number = Int64(String(decoding: whole, as: UTF8.self)) else {
            return nil
        }
        rest = rest.dropFirst(whole.count)
        var thousandths: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            var scale: Int64 = 100
            for digit in rest.dropFirst().prefix(while: { (0x30...0x39).contains($0) }).prefix(3) {
                thousandths += Int64(digit - 0x30) * scale
                scale /= 10
            }
        }
        let magnitude = number * 1000 + thousandths
        return isNegative ? -magnitude : magnitude
    }
}
