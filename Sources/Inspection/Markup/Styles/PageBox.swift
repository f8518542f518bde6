/// How an element is laid out, as far as that puts letters or boxes in another order than they stand in.
struct PageBox: Equatable {
    var arrangement = RenderedText.Arrangement.written
    /// Its place among its neighbours in a flexible box.
    var place = 0
    /// Whether the first of several such boxes stands furthest to the right.
    var isFloatingRight = false
    /// Whether its letters have an order of their own, whatever stands around it.
    var isOverridden = false

    /// - Parameters:
    ///   - isFromRight: the direction in which the element's text runs.
    ///   - values: what is declared for it.
    init(_ name: String, _ values: StyleValues, isFromRight: Bool) {
        let display = values[.display] ?? ""
        if values[.unicodeBidi]?.contains("override") == true {
            isOverridden = true
            if isFromRight { arrangement = .reversedLetters }
        } else if display.contains("flex") || display.contains("grid") || display == "-webkit-box" {
            let direction = values[.flexDirection] ?? ""
            let isTurned = direction.contains("reverse") != (isFromRight && !direction.contains("column"))
            arrangement = .boxes(isReversed: isTurned)
        } else if name == "tr", isFromRight {
            arrangement = .boxes(isReversed: true)
        }
        if let order = values[.order].flatMap({ Int($0) }) { place = max(-99_999, min(order, 99_999)) }
        isFloatingRight = values[.float] == "right" || values[.float] == "inline-end"
    }

    private init() {}

    /// In the order of the source.
    static let plain = PageBox()
}
