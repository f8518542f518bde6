import Vocabulary

/// A link as a policy sees it.
struct Link: Hashable {
    let address: WebAddress
    /// What stands there to be read, white space around it left out; `nil` where nothing does.
    let shown: [UInt8]?
    /// Whether that is all of it.
    let isShownWhole: Bool
    /// The part whose text it stands in.
    let part: Int

    func hash(into hasher: inout Hasher) {
        address.hash(into: &hasher)
        hasher.combine(run: shown ?? [])
        hasher.combine(part)
    }
}

/// The links of a message: of every text in it, in the order of parts, equal ones once.
struct MessageLinks {
    private(set) var links: [Link] = []
    private(set) var missing: Reasons
    private let limits: InspectionLimits
    private var seen: Set<Link> = []
    /// Addresses written out in the texts of the part at hand, as they stand there: the same again is the same link.
    private var written: Set<WrittenRun> = []
    /// How many different ones were read, links or not.
    private var tried = 0

    /// Takes the links out of all texts of the message that can be read.
    init(of message: InspectedMessage) {
        limits = message.settings.limits
        missing = message.lists.parts.missing
        for part in message.lists.parts.elements {
            written = []
            let text = message.text(ofPart: part)
            missing.formUnion(text.missing)
            if let markup = text.markup {
                add(markup, shownIn: text.texts.first?.utf8 ?? [], of: part)
                for text in text.concealed { addWritten(in: text.utf8, of: part, except: []) }
            } else {
                // Hidden letters may stand in an address, or be one; the source of a calendar breaks addresses.
                for text in text.texts + text.versions { addWritten(in: text.utf8, of: part, except: []) }
                if !text.linked.isEmpty { addWritten(in: text.linked, of: part, except: []) }
            }
        }
        seen = []
        written = []
    }

    // MARK: - Pages

    private mutating func add(_ markup: MarkupLinks, shownIn text: [UInt8], of part: Int) {
        if !markup.isComplete { missing.formUnion(.overLimit) }
        let base = markup.base.flatMap { WebAddress($0) }
        var covered: [Range<Int>] = []
        for link in markup.links {
            if let shown = link.shown { covered.append(shown) }
            guard let address = WebAddress(link.target, base: base), !Self.isInner(address) else { continue }
            add(address, shown: link.label ?? link.shown.map { Array(text[$0.clamped(to: 0..<text.count)]) }, of: part)
        }
        addWritten(in: text, of: part, except: covered)
        if !markup.comments.isEmpty { addWritten(in: markup.comments, of: part, except: []) }
    }

    /// Whether an address means a part of the mail itself.
    private static func isInner(_ address: WebAddress) -> Bool {
        address.scheme == Array("cid".utf8) || address.scheme == Array("mid".utf8)
    }

    // MARK: - Running text

    /// Adds what stands written out, but for what is the text of a link already. The ranges are in order.
    private mutating func addWritten(in text: [UInt8], of part: Int, except covered: [Range<Int>]) {
        var next = 0
        WrittenLinks.find(in: text) { place in
            while next < covered.count, covered[next].upperBound <= place.range.lowerBound { next += 1 }
            if next < covered.count, covered[next].contains(place.range.lowerBound) { return true }
            return add(place, in: text, of: part)
        }
    }

    private mutating func add(_ place: WrittenLinks.Place, in text: [UInt8], of part: Int) -> Bool {
        let written = text[place.range]
        if written.count > limits.linkBytes { missing.formUnion(.overLimit) }
        let bytes = written.prefix(limits.linkBytes)
        guard self.written.insert(WrittenRun(bytes: Array(bytes), hasScheme: place.hasScheme)).inserted else {
            return true
        }
        guard tried < limits.writtenLinks else {
            missing.formUnion(.overLimit)
            return false
        }
        tried += 1
        let scheme = place.hasScheme ? [] : Array("http://".utf8)
        // What names no host is nothing to click.
        guard let address = WebAddress(scheme + bytes), address.host.domain != nil || !address.isHierarchical else {
            return true
        }
        return add(address, shown: Array(bytes), of: part)
    }

    // MARK: - The list

    /// Whether there is room for more.
    @discardableResult
    private mutating func add(_ address: WebAddress, shown: [UInt8]?, of part: Int) -> Bool {
        guard links.count < limits.links else {
            missing.formUnion(.overLimit)
            return false
        }
        let trimmed = shown.map { $0.drop { $0 <= 0x20 } } ?? []
        let text = Array(trimmed.prefix(limits.shownBytes))
        let link = Link(
            address: address, shown: text.isEmpty ? nil : text, isShownWhole: trimmed.count <= limits.shownBytes,
            part: part)
        if seen.insert(link).inserted { links.append(link) }
        return true
    }
}

/// An address as it stands written out.
private struct WrittenRun: Hashable {
    let bytes: [UInt8]
    let hasScheme: Bool

    func hash(into hasher: inout Hasher) { hasher.combine(run: bytes) }
}

extension Link {
    /// The host that the shown text names to a reader: of an address in it, or of a domain that is all of it.
    var shownDomain: Domain? {
        guard let shown else { return nil }
        var found: WebAddress?
        WrittenLinks.find(in: shown) { place in
            let scheme = place.hasScheme ? [] : Array("http://".utf8)
            found = WebAddress(scheme + shown[place.range])
            return found?.host.domain == nil
        }
        return found?.host.domain ?? DomainShape.domain(of: shown[...])
    }

    /// A fact of the link.
    func value(of fact: Fact) -> FactValue {
        func text(_ bytes: [UInt8]?) -> FactValue { .optional(bytes.map { .text(Text(utf8: $0)) }) }
        switch fact {
        case .urlScheme: return text(address.scheme)
        case .urlUser: return text(address.user)
        case .urlHost: return address.host.value
        case .urlPath: return text(address.path.isEmpty ? nil : address.path)
        case .urlQuery: return text(address.query)
        case .urlFragment: return text(address.fragment)
        case .shownText:
            var value = text(shown)
            if !isShownWhole { value.missing = .overLimit }
            return value
        case .shownDomain:
            var value = FactValue.optional(shownDomain.map { .domain($0) })
            if !isShownWhole { value.missing = .overLimit }
            return value
        default: return .unknown(.unsupported)
        }
    }
}
