/// A length of CSS in pixels.
enum StyleLength {
    /// A length; nil where it depends on what is not known here.
    ///
    /// - Parameters:
    ///   - text: a number with its unit; without one it is of pixels, as where browsers are lenient.
    ///   - font: the size of the letters that `em` is measured by.
    ///   - whole: what a percentage is of.
    static func pixels(_ text: some StringProtocol, font: Double, whole: Double? = nil) -> Double? {
        let digits = text.utf8.prefix { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2B || $0 == 0x2D }
        guard digits.count <= 32, let number = Double(Substring(String(decoding: digits, as: UTF8.self))),
            number.isFinite
        else { return nil }
        if number == 0 { return 0 }
        let unit = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
        if unit == "%" { return whole.map { $0 * number / 100 } }
        return self.unit(unit, font: font).map { $0 * number }
    }

    private static func unit(_ name: String, font: Double) -> Double? {
        switch name {
        case "", "px": 1
        case "pt": 4.0 / 3
        case "em": font
        case "rem": 16
        case "ex", "ch": font / 2
        case "in": 96
        case "cm": 37.8
        case "mm": 3.78
        case "pc": 16
        case "vw": SightThreshold.pageWidth / 100
        case "vh": 8
        default: nil
        }
    }

    /// The size of letters, `nil` for what is none.
    static func fontSize(_ text: some StringProtocol, parent: Double) -> Double? {
        switch text {
        case "xx-small": 9
        case "x-small": 10
        case "small": 13
        case "medium", "initial": 16
        case "large": 18
        case "x-large": 24
        case "xx-large", "xxx-large": 32
        case "smaller": parent / 1.2
        case "larger": parent * 1.2
        default: pixels(text, font: parent, whole: parent).flatMap { $0 < 0 ? nil : $0 }
        }
    }

    /// Whether a width or height leaves no room.
    static func isNothing(_ text: String?, font: Double) -> Bool {
        guard let text, let length = pixels(text, font: font) else { return false }
        return (0...SightThreshold.pixels).contains(length)
    }

    /// Whether a distance from the left or upper side leads out of the page.
    static func leadsOut(_ text: String?, font: Double) -> Bool {
        guard let text, let length = pixels(text, font: font, whole: SightThreshold.pageWidth) else { return false }
        return length <= SightThreshold.before || length >= SightThreshold.beyond
    }
}
