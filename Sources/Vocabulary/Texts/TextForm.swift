/// A word of a text that the verdict fills in: it differs from rule to rule, but not from message to message alone.
public enum VerdictWord: String, CaseIterable, Hashable, Sendable {
    /// The rule's name.
    case rule
    /// The rule's title; its name where it has none.
    case title
    /// What could not be read, for a rule that is undetermined; the title for one that fired.
    case reason
    /// The areas that this rule names.
    case area
}

/// A text with places to be filled in when the decision is made: `Over the limit of {outbound-limit}`.
///
/// One shape for policy and program; they differ in how they name a value.
public struct TextForm<Operand: Hashable & Sendable>: Hashable, Sendable {
    public enum Piece: Hashable, Sendable {
        case literal(String)
        case verdict(VerdictWord)
        case value(Operand)
    }

    public var pieces: [Piece]

    public init(_ pieces: [Piece]) { self.pieces = pieces }

    public init(_ literal: String) { pieces = [.literal(literal)] }

    /// The text, where nothing in it is to be filled in.
    public var literal: String? {
        var text = ""
        for piece in pieces {
            guard case .literal(let string) = piece else { return nil }
            text += string
        }
        return text
    }

    /// The values it names.
    public var operands: [Operand] {
        pieces.compactMap { if case .value(let operand) = $0 { operand } else { nil } }
    }

    /// The same text over other names of values.
    public func mapping<Other>(_ transform: (Operand) -> Other) -> TextForm<Other> {
        TextForm<Other>(
            pieces.map { piece in
                switch piece {
                case .literal(let text): .literal(text)
                case .verdict(let word): .verdict(word)
                case .value(let operand): .value(transform(operand))
                }
            })
    }

    /// The text with its places filled in, on one line and cut at so many bytes.
    public func filled(upTo bytes: Int, verdict: (VerdictWord) -> String, value: (Operand) -> String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let string): text += string
            case .verdict(let word): text += WrittenText.line(verdict(word), upTo: WrittenTextLimits.valueBytes)
            case .value(let operand): text += value(operand)
            }
        }
        return WrittenText.line(text, upTo: bytes)
    }

    /// As a policy writes it, given how it names a value.
    public func description(_ name: (Operand) -> String) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .verdict(let word): "{\(word.rawValue)}"
            case .value(let operand): "{\(name(operand))}"
            }
        }.joined()
    }
}
