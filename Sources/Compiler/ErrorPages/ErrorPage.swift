import Diagnostics
import Semantics

/// What there is to say about one kind of fault, for somebody who meets it for the first time.
public struct ErrorPage: Sendable {
    /// The number of its code.
    let number: Int
    /// What is wrong, in a few words.
    public let title: String
    /// What it means, why it matters to mail, and what to do.
    public let text: String
    /// Policy text that has the fault. Text that begins with `when` is a rule's clause; a line such as
    /// `=== module standard.viruses` begins another file.
    public let wrong: String
    /// The same as it should be.
    public let right: String

    init(_ number: Int, _ title: String, _ text: String, wrong: String, right: String) {
        self.number = number
        self.title = title
        self.text = text
        self.wrong = wrong
        self.right = right
    }

    /// Whether a policy can silence it.
    public var isWarning: Bool { SemanticsCode(rawValue: number)?.isWarning ?? false }
}

/// A code and its page.
public struct ExplainedCode: Sendable {
    /// The code, with its name.
    public let code: DiagnosticCode
    /// What there is to say about it.
    public let page: ErrorPage
}
