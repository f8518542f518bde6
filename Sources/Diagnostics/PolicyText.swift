/// Texts as a policy writes them, wherever the project writes policy text.
public enum PolicyText {
    /// The text in quotation marks, so that the lexer reads the same text again.
    ///
    /// Control and format characters (bidirectional marks among them) and the line separators are escaped: what a
    /// reader of the policy cannot see must not stand in it, and a terminal that shows it is not steered.
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.isUnseen: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension Unicode.Scalar {
    /// Whether it steers what stands around it instead of being seen itself.
    public var isUnseen: Bool {
        if value < 0x7f { return value < 0x20 }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
