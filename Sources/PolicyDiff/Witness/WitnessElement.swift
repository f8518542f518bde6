import Foundation
import Vocabulary

/// Builds the part of a mail that one element of a case becomes.
struct WitnessElement {
    private let states: [AbstractCase.FactState]
    private let lexicons: [AbstractCase.LexiconState]
    private let element: AbstractCase.Element
    /// Which of several like it, from 0: links of one address count as one.
    private let copy: Int
    private let limits: ComparisonLimits

    init(
        _ abstract: AbstractCase, _ element: AbstractCase.Element, copy: Int = 0, _ limits: ComparisonLimits
    ) {
        self.copy = copy
        states = abstract.facts.filter { $0.element == element.number }
        lexicons = abstract.lexicons.filter { $0.element == element.number }
        self.element = element
        self.limits = limits
    }

    /// Header fields and body; `nil` where no sample has what the case says of the element.
    var part: (fields: [String], body: String)? {
        let missing = states.reduce(into: Reasons()) { $0.formUnion($1.missing) }
        for reason in missing.singles {
            if let part = SampleContents.unreadablePart(reason) { return part }
        }
        guard missing.isEmpty else { return nil }
        if element.lists.contains(.urls) { return link }
        let types = states(of: .type)
        let sample = SampleContents.sample { type in
            types.allSatisfy { state in
                state.holding.allSatisfy { ValueChoice.meets($0, state, .fileType(type)) }
                    && !state.failing.contains { ValueChoice.meets($0, state, .fileType(type)) }
            }
        }
        guard let sample, var content = content(of: sample) else { return nil }
        if let size = number(.size) {
            guard size >= content.count, size <= limits.witnessBytes else { return nil }
            content += [UInt8](repeating: sample.padding, count: size - content.count)
        }
        guard let name = name(sample) else { return nil }
        let declared =
            text(.declaredType) ?? FileType.named(sample.type)?.mediaTypes.first ?? "application/octet-stream"
        if element.lists.contains(.attachments) { return SampleContents.file(name, declared, content) }
        if element.lists.contains(.files) {
            return SampleContents.file("files.zip", "application/zip", ZipWriter.archive([(name, content)]))
        }
        return (
            ["Content-Type: text/plain; charset=utf-8"], String(decoding: content, as: UTF8.self) + "\r\n"
        )
    }

    /// A text with the link in it.
    private var link: (fields: [String], body: String)? {
        let scheme = text(.urlScheme) ?? "https"
        let host = text(.urlHost) ?? "links.witness.example"
        let user = text(.urlUser).map { $0 + "@" } ?? ""
        let query = text(.urlQuery).map { "?" + $0 } ?? ""
        let fragment = text(.urlFragment).map { "#" + $0 } ?? (copy > 0 ? "#\(copy)" : "")
        var path = text(.urlPath) ?? (copy > 0 ? "/\(copy)" : "/")
        if !path.hasPrefix("/") { path = "/" + path }
        let address = "\(scheme)://\(user)\(host)\(path)\(query)\(fragment)"
        guard let shown = text(.shownText) ?? text(.shownDomain) else {
            return (["Content-Type: text/plain; charset=utf-8"], "See \(address)\r\n")
        }
        return (
            ["Content-Type: text/html; charset=utf-8"],
            "<html><body><a href=\"\(Self.escaped(address))\">\(Self.escaped(shown))</a></body></html>\r\n"
        )
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private func states(of fact: Fact) -> [AbstractCase.FactState] {
        states.filter { if case .fact(let reference) = $0.subject { reference.fact == fact } else { false } }
    }

    private func values(_ fact: Fact) -> [Value] {
        let states = states(of: fact)
        return states.isEmpty ? [] : ValueChoice(states: states).values() ?? []
    }

    private func text(_ fact: Fact) -> String? { values(fact).first?.searchableText?.string }

    private func number(_ fact: Fact) -> Int? {
        if case .number(let number)? = values(fact).first { Int(number) } else { nil }
    }

    /// What the element's text has to be; `nil` where nothing is said of it.
    private var wantedText: String? {
        let entries = lexicons.compactMap(SampleText.of)
        guard !entries.isEmpty else { return text(.text) }
        return entries.joined(separator: ".\n")
    }

    private func content(of sample: SampleContents.Sample) -> [UInt8]? {
        guard let text = wantedText else { return sample.bytes }
        return sample.type == "plain" ? Array(text.utf8) + [0x0a] : nil
    }

    private func name(_ sample: SampleContents.Sample) -> String? {
        if let name = text(.name) { return name.filter { $0 != "\"" && !$0.isNewline } }
        let ending = text(.fileExtension) ?? sample.fileExtension
        return "figures.\(ending)"
    }
}

extension SampleContents {
    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
