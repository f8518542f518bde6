import Diagnostics
import Syntax
import Vocabulary

/// Codes 458, 459 and 717: registrable domains.
extension SemanticsDiagnostics {
    static func noPublicSuffixes(_ span: SourceSpan) -> Diagnostic {
        make(
            .noPublicSuffixes, "`.registrable` needs the list of public suffixes, which is not at hand", at: span,
            help: "install the package `publicsuffix`, or name the file: `--public-suffixes FILE`")
    }

    static func badPublicSuffixes(_ span: SourceSpan, _ fault: PublicSuffixFault) -> Diagnostic {
        let place = fault.line.map { ": line \($0) is no rule" } ?? ""
        return make(
            .badPublicSuffixes, "the file of public suffixes is not such a list\(place)", at: span,
            help: "take the one of publicsuffix.org, `public_suffix_list.dat`")
    }

    static func subdomainOfRegistrable(_ text: TextLiteral, _ subject: String, registrable: Domain?) -> Diagnostic {
        let name = registrable?.name.string
        let fix = name.map { FixIt("write \"\($0)\"", replace: text.span, with: "\"\($0)\"") }
        return make(
            .subdomainOfRegistrable, "`\(subject)` is never `\(text.value)`", at: text.span,
            label: name == nil ? "a name under which others register theirs" : "a subdomain of what was registered",
            help: name == nil
                ? "compare the whole domain: `under \"\(text.value)\"`"
                : "to tell this subdomain from its sisters, leave `.registrable` out", fixIts: fix.map { [$0] } ?? [])
    }

    static func entryIsSubdomain(
        _ span: SourceSpan, _ list: String, entry: String, _ subject: String
    ) -> Diagnostic {
        make(
            .subdomainOfRegistrable, "`\(subject)` is never `\(entry)`, an entry of `\(list)`", at: span,
            help: "leave `.registrable` out and write `under any of (\(list))`")
    }
}

/// Code 728: mailboxes whose domain is not among ours.
extension SemanticsDiagnostics {
    /// - Parameter listed: the last of the header's domains, behind which the missing one can be put.
    static func uncoveredSubdomain(
        _ span: SourceSpan, _ named: OwnDomain, of parent: Domain, listed: SourceSpan?
    ) -> Diagnostic {
        let others = named.isWildcard ? "" : ", or \"*.\(parent.name.string)\" for every subdomain"
        return make(
            .uncoveredSubdomain, "`domains` does not cover `\(named.text)`", at: span,
            label: "lies under `\(parent.name.string)`, but mail to it counts as outbound",
            help: "a subdomain is named by itself: add \"\(named.text)\" to `domains`\(others)",
            fixIts: listed.map {
                [FixIt("add \"\(named.text)\" to `domains`", replace: $0.after, with: ", \"\(named.text)\"")]
            } ?? [])
    }
}
