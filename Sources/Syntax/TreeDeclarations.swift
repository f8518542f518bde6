import Diagnostics

/// A declaration; `span` reaches from its first word to its last token.
public enum Declaration: Sendable {
    case policy(PolicyHeader)
    case importing(ImportDeclaration)
    case parameter(ParameterDeclaration)
    case list(ListDeclaration)
    case dictionary(DictionaryDeclaration)
    case define(DefineDeclaration)
    case setting(SettingDeclaration)
    case area(AreaDeclaration)
    case uninspectable(UninspectableDeclaration)
    case rule(RuleDeclaration)
    case exempt(ExemptDeclaration)
    case score(ScoreDeclaration)
    case template(TemplateDeclaration)
    case test(TestDeclaration)

    /// Its place.
    public var span: SourceSpan {
        switch self {
        case .policy(let node): node.span
        case .importing(let node): node.span
        case .parameter(let node): node.span
        case .list(let node): node.span
        case .dictionary(let node): node.span
        case .define(let node): node.span
        case .setting(let node): node.span
        case .area(let node): node.span
        case .uninspectable(let node): node.span
        case .rule(let node): node.span
        case .exempt(let node): node.span
        case .score(let node): node.span
        case .template(let node): node.span
        case .test(let node): node.span
        }
    }

    /// The declared name; none for `import`, `uninspectable` and `test`, or where it is missing.
    public var name: Name? {
        switch self {
        case .policy(let node): node.name
        case .parameter(let node): node.name
        case .list(let node): node.name
        case .dictionary(let node): node.name
        case .define(let node): node.name
        case .setting(let node): node.name
        case .area(let node): node.name
        case .rule(let node): node.name
        case .exempt(let node): node.name
        case .score(let node): node.name
        case .template(let node): node.name
        case .importing, .uninspectable, .test: nil
        }
    }
}

/// `policy acme { … }`
public struct PolicyHeader: Sendable {
    /// The policy's name.
    public var name: Name
    /// The fields in their order; a field may wrongly stand twice.
    public var fields: [Field]
    /// Its place.
    public var span: SourceSpan

    /// A line of the header.
    public struct Field: Sendable {
        /// What it says.
        public var kind: Kind
        /// Its place.
        public var span: SourceSpan

        /// The fields there are.
        public enum Kind: Sendable {
            case edition(NumberLiteral)
            case level(WarningLevel)
            case description(TextLiteral)
            case timezone(TextLiteral)
            case language([Name])
            case limits([Argument])
            case domains([TextLiteral])
            case networks([TextLiteral])
            case admin([TextLiteral])
            case authServers([TextLiteral])
        }
    }
}

/// `allow NAME "reason"`, `deny NAME`
public struct WarningLevel: Sendable {
    /// The name of the warning.
    public var warning: Name
    /// The reason given; none means `deny`.
    public var allowedBecause: TextLiteral?
    /// Its place.
    public var span: SourceSpan
}

/// `largest 2 MB` within parentheses
public struct Argument: Sendable {
    /// The parameter.
    public var name: Name
    /// Its value.
    public var value: Value
}

/// `import standard.media as clips with (largest 2 MB)`
public struct ImportDeclaration: Sendable {
    /// The module.
    public var module: Path
    /// The name behind `as`.
    public var alias: Name?
    /// The arguments.
    public var arguments: [Argument]
    /// Its place.
    public var span: SourceSpan
}

/// `parameter largest = 5 MB`
public struct ParameterDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// The default.
    public var value: Value
    /// Its place.
    public var span: SourceSpan
}

/// `group finance { … }`, `list shorteners of Domain { … }`
public struct ListDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// The type behind `of`; none for a group, whose elements are address patterns.
    public var elementType: Name?
    /// Where its elements are.
    public var contents: Contents
    /// Its place.
    public var span: SourceSpan

    /// Elements written here, or elsewhere.
    public enum Contents: Sendable {
        case inline([TextLiteral])
        /// `from file "partners.txt"`: the kind of place and its name.
        case external(Name, TextLiteral?)
    }
}

/// `dictionary secrecy-marks { … }`
public struct DictionaryDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// The thresholds; a good dictionary has exactly one.
    public var thresholds: [Value]
    /// The names behind `ignore`.
    public var ignored: [Name]
    /// The entries.
    public var entries: [Entry]
    /// Its place.
    public var span: SourceSpan

    /// `5 word "confidential" up to 3 times`
    public struct Entry: Sendable {
        /// What it adds to the sum: a number, or the name of a parameter that stands for one.
        public var weight: Value
        /// What it looks for.
        public var pattern: Pattern
        /// How often it counts at most; once where none is written.
        public var times: NumberLiteral?
        /// Its place.
        public var span: SourceSpan
    }

    /// What an entry looks for.
    public enum Pattern: Sendable {
        case word(TextLiteral)
        case phrase(TextLiteral)
        case regex(RegexLiteral, checkedBy: Name?)
        case near(TextLiteral, within: NumberLiteral, of: TextLiteral)
    }
}

/// `define shortened for url = …`
public struct DefineDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// What it is said of (`url`), or none for the message.
    public var element: Name?
    /// The condition.
    public var condition: Expression
    /// Its place.
    public var span: SourceSpan
}

/// `setting outbound-limit take largest { … }`
public struct SettingDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// How several values are joined.
    public var take: Name
    /// The rows.
    public var rows: [Row]
    /// Its place.
    public var span: SourceSpan

    /// `when … then value`, or `otherwise value`.
    public struct Row: Sendable {
        /// The condition; none for `otherwise`.
        public var condition: Expression?
        /// The value.
        public var value: Value
        /// Its place.
        public var span: SourceSpan
    }
}

/// `quarantine media { keep 30 days }` as a declaration
public struct AreaDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// The fields in their order.
    public var fields: [Field]
    /// Its place.
    public var span: SourceSpan

    /// A field of an area.
    public struct Field: Sendable {
        /// What it says.
        public var kind: Kind
        /// Its place.
        public var span: SourceSpan

        /// The fields there are.
        public enum Kind: Sendable {
            case keep(Quantity)
            case approvers([TextLiteral])
            case release(TextLiteral, to: TextLiteral)
            case expire(after: Quantity, then: Action)
        }
    }
}

/// `uninspectable { if encrypted then … }`
public struct UninspectableDeclaration: Sendable {
    /// The rows.
    public var answers: [Answer]
    /// Its place.
    public var span: SourceSpan
}

/// `if encrypted (smime) on inbound then ignore`
public struct Answer: Sendable {
    /// The reasons; empty for `if unknown`.
    public var reasons: [Reason]
    /// The directions; empty for all.
    public var directions: [Name]
    /// The actions; empty for `ignore`.
    public var actions: [Action]
    /// Its place.
    public var span: SourceSpan
}

/// `encrypted (pgp-mime, smime)`
public struct Reason: Sendable {
    /// The reason.
    public var name: Name
    /// The kinds; empty for all.
    public var kinds: [Name]
    /// Its place.
    public var span: SourceSpan
}

/// `rule no-clips "title" { … }`
public struct RuleDeclaration: Sendable {
    /// Whether `mandatory` was written.
    public var isMandatory: Bool
    /// The name.
    public var name: Name
    /// The title.
    public var title: TextLiteral?
    /// The clauses in their order; a clause may wrongly stand twice.
    public var clauses: [Clause]
    /// Its place.
    public var span: SourceSpan

    /// A clause of a rule.
    public struct Clause: Sendable {
        /// What it says.
        public var kind: Kind
        /// Its place.
        public var span: SourceSpan

        /// The clauses there are.
        public enum Kind: Sendable {
            case level(WarningLevel)
            case on([Name])
            case label([Name])
            case when(Expression)
            case unless(Expression)
            case then([Action])
            case answer(Answer)
        }
    }
}

/// `exempt partners from no-clips { when … }`
public struct ExemptDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// What it lifts.
    public var targets: [Target]
    /// The condition.
    public var condition: Expression
    /// Its place.
    public var span: SourceSpan

    /// What an exemption lifts.
    public enum Target: Sendable {
        case rule(Path)
        case label(Name)
        case unknown(Reason)
    }
}

/// `score suspicion { 5 when … }`
public struct ScoreDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// The lines.
    public var lines: [Line]
    /// Its place.
    public var span: SourceSpan

    /// `5 when …`
    public struct Line: Sendable {
        /// What it adds: a number, or the name of a parameter that stands for one.
        public var weight: Value
        /// When.
        public var condition: Expression
        /// Its place.
        public var span: SourceSpan
    }
}

/// `template held { fr { … } en { … } }`
public struct TemplateDeclaration: Sendable {
    /// The name.
    public var name: Name
    /// One text a language.
    public var versions: [Version]
    /// Its place.
    public var span: SourceSpan

    /// The text in one language.
    public struct Version: Sendable {
        /// The language.
        public var language: Name
        /// The notice's subject.
        public var subject: TextLiteral
        /// The notice's body.
        public var body: TextLiteral
        /// Its place.
        public var span: SourceSpan
    }
}
