import Diagnostics

/// What is to be done with a mail.
public struct Action: Sendable {
    /// What it is.
    public var kind: Kind
    /// Its place.
    public var span: SourceSpan

    /// The actions there are.
    public indirect enum Kind: Sendable {
        case deliver(via: Name?)
        case `defer`
        case quarantine(Name)
        case reject(TextLiteral)
        case discard
        case tagSubject(TextLiteral)
        case addHeader(TextLiteral, Operand)
        case removeHeader(TextLiteral)
        case strip
        case disclaimer(Name)
        case redirect(TextLiteral)
        case copy(TextLiteral)
        case log(TextLiteral?)
        case notify(Notice)
    }
}

/// `notify recipient, "a@b.example" using held even unauthenticated except when …`
public struct Notice: Sendable {
    /// Who gets it.
    public var addressees: [Addressee]
    /// The template.
    public var template: Name?
    /// Whether `even unauthenticated` was written.
    public var evenUnauthenticated: Bool
    /// The condition behind `except when`.
    public var except: Expression?

    /// A role (`sender`, `recipient`, `admin`) or an address.
    public enum Addressee: Sendable {
        case role(Name)
        case address(TextLiteral)
    }
}

/// `test "a fact" { … }`
public struct TestDeclaration: Sendable {
    /// What it shows.
    public var title: TextLiteral
    /// The lines in their order.
    public var steps: [Step]
    /// Its place.
    public var span: SourceSpan

    /// A line of a test.
    public enum Step: Sendable {
        case mail(Mail)
        case assume(Assumption)
        case expect(Expectation)
    }

    /// `mail "samples/clip.eml" [inbound] from "a" to "b", "c"`
    public struct Mail: Sendable {
        /// The file.
        public var file: TextLiteral
        /// The direction; `nil` where the addresses are to tell it.
        public var direction: Name?
        /// The reverse path.
        public var sender: TextLiteral
        /// The forward paths.
        public var recipients: [TextLiteral]
        /// Its place.
        public var span: SourceSpan
    }

    /// `assume fact is …`
    public struct Assumption: Sendable {
        /// The fact.
        public var fact: Fact
        /// What is assumed of it.
        public var state: State
        /// Its place.
        public var span: SourceSpan

        /// What can be assumed of a fact.
        public enum State: Sendable {
            case value(Operand)
            case unknown([Reason])
            case absent
        }
    }

    /// `expect …`
    public struct Expectation: Sendable {
        /// What is expected.
        public var kind: Kind
        /// The recipient behind `for`.
        public var recipient: TextLiteral?
        /// Its place.
        public var span: SourceSpan

        /// What can be expected.
        public enum Kind: Sendable {
            case action(Action)
            case noNotice
            case rule(Path, Outcome)
        }
    }

    /// What becomes of a rule.
    public enum Outcome: Sendable {
        case fires, quiet, undetermined
        case exempted(by: Path)
    }
}
