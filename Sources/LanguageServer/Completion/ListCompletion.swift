import Semantics
import Syntax
import Vocabulary

extension CompletionItems {
    /// Groups and lists whose values are of a type; all where the type is not known.
    mutating func addLists(of type: ValueType?) {
        addNames([.group, .list, .parameter]) { declaration in
            guard let type, case .list(let node) = declaration else { return true }
            return node.elementType.map { ListType(rawValue: $0.text)?.valueType == type } ?? (type == .address)
        }
        if type == nil || type == .domain { add("policy.domains", .variable, "Domain") }
        if type == nil || type == .ip { add("policy.networks", .variable, "Network") }
    }
}
