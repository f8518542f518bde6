import Vocabulary

/// Colours for people; plain text where there is no terminal.
public struct Paint: Sendable {
    public let isOn: Bool

    public init(isOn: Bool) { self.isOn = isOn }

    public enum Tone: String, Sendable {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case magenta = "35"
        case cyan = "36"
        case bold = "1"
        case faint = "2"
    }

    /// The text in a tone, padded on the right to a width before it is coloured.
    public func callAsFunction(_ text: String, _ tone: Tone, width: Int = 0) -> String {
        let padded = text + String(repeating: " ", count: max(0, width - text.count))
        return isOn ? "\u{1B}[\(tone.rawValue)m\(padded)\u{1B}[0m" : padded
    }
}

extension Paint.Tone {
    /// The graver, the more like a warning.
    static func of(_ disposition: Disposition) -> Paint.Tone {
        switch disposition {
        case .deliver: .green
        case .defer: .cyan
        case .quarantine: .yellow
        case .discard, .reject: .red
        }
    }
}
