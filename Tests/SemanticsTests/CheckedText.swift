import Diagnostics
import Semantics
import Vocabulary

/// Refuses what the real pattern checker refuses too, so that the tests need no library.
struct StubPatternChecker: PatternChecker {
    func skeletons(of value: Value) -> [[UInt32]] {
        value.searchableText.map { [$0.string.unicodeScalars.filter { $0 != " " }.map(\.value)].filter { !$0.isEmpty } }
            ?? []
    }

    func folded(_ character: UInt32, _ folding: TextFolding) -> [UInt32] { [CaseFolding.fold(character)] }

    func fault(of pattern: TextPattern) -> PatternFault? {
        guard pattern.kind == .regex else { return nil }
        let source = pattern.source.string
        if let place = source.range(of: "(?=") ?? source.range(of: "(?!") ?? source.range(of: "(?<") {
            return PatternFault(
                message: "look-around is not part of regular expressions",
                offset: source.utf8.distance(from: source.startIndex, to: place.lowerBound))
        }
        return nil
    }

    func makeScanner(_ patterns: [TextPattern]) throws(PatternFault) -> any TextScanner {
        throw PatternFault(message: "the stub scans nothing")
    }
}

extension String {
    fileprivate func range(of piece: String) -> Range<String.Index>? { firstRange(of: piece) }
}

/// Checks a policy given as text; further files, modules and lists follow lines such as `=== module standard.viruses`.
func check(_ text: String, limits: SemanticsLimits = SemanticsLimits()) -> CheckResult {
    check(sources(of: text), limits: limits)
}

/// Checks a policy with the stubs for what libraries do.
func check(_ policy: PolicyInMemory, limits: SemanticsLimits = SemanticsLimits()) -> CheckResult {
    Checker(patterns: StubPatternChecker(), suffixes: StubSuffixes(), limits: limits).check(policy)
}

/// Tells registrable domains by plain rules alone, so that the tests need no library.
struct StubSuffixes: PublicSuffixReader, PublicSuffixes {
    private var rules: Set<String> = []

    func read(_ list: PublicSuffixList) throws(PublicSuffixFault) -> any PublicSuffixes {
        var suffixes = StubSuffixes()
        suffixes.rules = Set(String(decoding: list.rules, as: UTF8.self).split(separator: "\n").map(String.init))
        return suffixes
    }

    func registrable(of domain: Domain) -> Domain? {
        let labels = domain.name.string.split(separator: ".")
        for start in labels.indices {
            let name = labels[start...].joined(separator: ".")
            guard rules.contains(name) || start == labels.count - 1 else { continue }
            return start == 0 ? nil : Domain(labels[(start - 1)...].joined(separator: "."))
        }
        return nil
    }
}

/// The files of a text with `===` lines.
func sources(of text: String) -> PolicyInMemory {
    var policy = PolicyInMemory(files: [])
    var kind = "file"
    var name = "policy.lazaret"
    var lines: [Substring] = []
    func finish() {
        let body = lines.joined(separator: "\n") + "\n"
        switch kind {
        case "module": policy.modules[name] = body
        case "list": policy.lists[name] = body
        case "mail": policy.mails = (policy.mails ?? []).union([name])
        case "suffixes": policy.publicSuffixes = Array(body.utf8)
        default: policy.policyFiles.append(PolicyFile(path: name, bytes: Array(body.utf8)))
        }
    }
    var rest = text[...]
    if rest.last == "\n" { rest = rest.dropLast() }
    for line in rest.split(separator: "\n", omittingEmptySubsequences: false) {
        let words = line.split(separator: " ")
        if words.count == 3, words[0] == "===" {
            finish()
            (kind, name, lines) = (String(words[1]), String(words[2]), [])
        } else {
            lines.append(line)
        }
    }
    finish()
    return policy
}

/// The diagnostics of a text as people read them.
func rendered(_ result: CheckResult) -> String {
    TextRenderer(sources: result.sources).render(result.diagnostics)
}
