/// Bounds of the search for hidden text in a page. What lies beyond any of them is `over-limit`: a style that was not
/// looked at may hide what breaks a word.
enum StyleLimits {
    /// Elements within elements of which the styles are told apart.
    static let openElements = 4_096
    /// Rules of all style sheets of a page that can matter.
    static let rules = 4_096
    /// Comparisons of elements with rules in one page.
    static let steps = 4_000_000
    /// Bytes of a `style` attribute, of a class list, or of what a rule is for. A picture within a style has tens of
    /// thousands.
    static let attributeBytes = 256 << 10
    /// Bytes of one value, addresses of pictures apart.
    static let valueBytes = 512
    /// Classes of one element.
    static let classes = 64
    /// Parts of what a rule is for, and classes and other tests of each: `table td .x` has three.
    static let compounds = 16
    /// Selectors and rules within one another.
    static let selectorNesting = 4
    /// Neighbours of an element that are known when it is compared with rules that ask for them.
    static let neighbours = 1_024
    /// Variables that one rule or `style` declares, and variables in one another.
    static let variables = 64
    /// Elements within one another that put letters or boxes in an order of their own.
    static let arrangements = 64
    /// Bytes of a class, name or identifier in a rule.
    static let nameBytes = 256
}

/// From when on a reader does not see what stands on a page.
enum SightThreshold {
    /// Pixels up to which letters, or a box, have no size: one point.
    static let pixels = 1.34
    /// Pixels to the left or above from which a place lies outside of the page, and to the right or below.
    static let before = -900.0
    static let beyond = 5_000.0
    /// The width of the page that `@media` is asked about, in pixels.
    static let pageWidth = 1_024.0
    /// How much a colour's red, green and blue, of 255, may differ from the ground's and not be seen.
    static let contrast = 24
    /// The opacity below which letters are not seen.
    static let opacity = 0.1
}
