/// Texts that a reader takes for one another, by their skeletons: what is left when case, accents, white space and
/// unseen characters are taken away and every character is the one it resembles.
public enum Lookalike {
    /// Characters that both skeletons have at least where one may differ: of shorter ones too many would be alike.
    public static let leastForDifference = 4

    /// Whether a value's skeletons and those of the text it is compared with have two that are equal or, for longer
    /// ones, differ in one character put in, left out or replaced.
    public static func alike(_ value: [[UInt32]], _ sought: [[UInt32]]) -> Bool {
        sought.contains { sought in value.contains { alike($0, sought) } }
    }

    private static func alike(_ own: [UInt32], _ sought: [UInt32]) -> Bool {
        if sought.isEmpty || abs(own.count - sought.count) > 1 { return false }
        var start = 0
        while start < own.count, start < sought.count, own[start] == sought[start] { start += 1 }
        if start == own.count, start == sought.count { return true }
        if min(own.count, sought.count) < leastForDifference { return false }
        let ownRest = own[(start + (own.count >= sought.count ? 1 : 0))...]
        let soughtRest = sought[(start + (sought.count >= own.count ? 1 : 0))...]
        return ownRest.elementsEqual(soughtRest)
    }
}
