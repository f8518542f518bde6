import Vocabulary

/// A message as a table, for tests of meaning without a message.
final class TableFacts: FactSource {
    struct Key: Hashable {
        var fact: Fact
        var argument: String?
        var subject: FactSubject
    }

    var values: [Key: FactValue] = [:]
    var lists: [ElementListName: ElementList] = [:]
    var parents: [Int: Int] = [:]

    func set(_ fact: Fact, _ value: FactValue, argument: String? = nil, part: Int? = nil) {
        values[Key(fact: fact, argument: argument, subject: part.map { .part($0) } ?? .message)] = value
    }

    func value(of fact: Fact, argument: String?, subject: FactSubject) -> FactValue {
        values[Key(fact: fact, argument: argument, subject: subject)] ?? .absent
    }

    func elements(of list: ElementListName) -> ElementList { lists[list] ?? ElementList(elements: []) }

    func ancestors(ofPart part: Int) -> [Int] {
        var found: [Int] = []
        var next = parents[part]
        while let parent = next {
            found.append(parent)
            next = parents[parent]
        }
        return found
    }

    func path(ofPart part: Int) -> String { "1.\(part)" }

    func part(ofURL url: Int) -> Int { url }
}
