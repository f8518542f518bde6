/// A colour of CSS (Color 4), or of an attribute of HTML.
struct StyleColor: Equatable {
    let red: Int
    let green: Int
    let blue: Int
    /// 0 is not there at all.
    var alpha = 1.0

    static let black = StyleColor(red: 0, green: 0, blue: 0)
    static let white = StyleColor(red: 255, green: 255, blue: 255)
    /// What browsers give a link.
    static let link = StyleColor(red: 0, green: 0, blue: 238)

    /// Whether letters of this colour are seen on a ground.
    func isSeen(on ground: StyleColor) -> Bool {
        func differs(_ own: Int, _ other: Int) -> Bool {
            abs(Double(own - other)) * alpha > Double(SightThreshold.contrast)
        }
        return differs(red, ground.red) || differs(green, ground.green) || differs(blue, ground.blue)
    }

    /// What is seen of this colour where another one lies under it.
    func over(_ other: StyleColor) -> StyleColor {
        func mixed(_ own: Int, _ other: Int) -> Int { Int(Double(own) * alpha + Double(other) * (1 - alpha)) }
        return StyleColor(
            red: mixed(red, other.red), green: mixed(green, other.green), blue: mixed(blue, other.blue))
    }

    /// A colour by its name, its digits or its numbers; nil for what is none, or depends on something else.
    init?(_ text: String) {
        if text == "transparent" {
            self.init(red: 0, green: 0, blue: 0, alpha: 0)
        } else if text.hasPrefix("#") {
            self.init(digits: text.utf8.dropFirst())
        } else if let open = text.firstIndex(of: "("), text.last == ")" {
            let numbers = text[text.index(after: open)...].dropLast().split { " ,/".contains($0) }
            self.init(function: text[..<open], numbers)
        } else if let number = Self.names[text] {
            self.init(red: number >> 16, green: number >> 8 & 0xFF, blue: number & 0xFF)
        } else {
            return nil
        }
    }

    /// As an attribute has it, where the number sign may be missing.
    init?(attribute: String) {
        if let color = StyleColor(attribute) {
            self = color
        } else {
            self.init(digits: attribute.utf8[...])
        }
    }

    private init(red: Int, green: Int, blue: Int, alpha: Double = 1) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    private init?(digits text: some Collection<UInt8>) {
        let digits = text.compactMap { HexDigit.value($0).map(Int.init) }
        guard digits.count == text.count else { return nil }
        switch digits.count {
        case 3, 4:
            self.init(red: digits[0] * 17, green: digits[1] * 17, blue: digits[2] * 17)
            if digits.count == 4 { alpha = Double(digits[3]) / 15 }
        case 6, 8:
            let pairs = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
            self.init(red: pairs[0], green: pairs[1], blue: pairs[2])
            if pairs.count == 4 { alpha = Double(pairs[3]) / 255 }
        default: return nil
        }
    }

    private init?(function: Substring, _ numbers: [Substring]) {
        guard numbers.count == 3 || numbers.count == 4 else { return nil }
        func number(_ text: Substring, whole: Double) -> Double? {
            guard let value = Double(text.last == "%" ? text.dropLast() : text), value.isFinite else { return nil }
            return min(max(0, text.last == "%" ? value / 100 * whole : value), whole)
        }
        let alpha = numbers.count == 4 ? number(numbers[3], whole: 1) : 1
        guard let alpha else { return nil }
        switch function {
        case "rgb", "rgba":
            let parts = numbers.prefix(3).compactMap { number($0, whole: 255) }
            guard parts.count == 3 else { return nil }
            self.init(red: Int(parts[0]), green: Int(parts[1]), blue: Int(parts[2]), alpha: alpha)
        case "hsl", "hsla":
            let angle = numbers[0].hasSuffix("deg") ? numbers[0].dropLast(3) : numbers[0]
            guard let hue = Double(angle), abs(hue) < 1e6, let saturation = number(numbers[1], whole: 1),
                let lightness = number(numbers[2], whole: 1)
            else { return nil }
            self.init(hue: hue, saturation: saturation, lightness: lightness, alpha: alpha)
        default: return nil
        }
    }

    /// CSS Color 4, 7.1.
    private init(hue: Double, saturation: Double, lightness: Double, alpha: Double) {
        func channel(_ offset: Double) -> Int {
            var place = (offset + hue / 30).truncatingRemainder(dividingBy: 12)
            if place < 0 { place += 12 }
            let reach = saturation * min(lightness, 1 - lightness)
            return Int((lightness - reach * max(-1, min(place - 3, 9 - place, 1))) * 255)
        }
        self.init(red: channel(0), green: channel(8), blue: channel(4), alpha: alpha)
    }
}
