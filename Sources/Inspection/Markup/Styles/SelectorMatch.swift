/// Compares an element of a page with selectors.
struct SelectorMatch {
    /// What the element lies in, from the outside in.
    let parents: [OpenElement]
    /// Comparisons that are left; none are made when there are none left.
    var steps: Int

    /// Whether a selector is for an element that lies in all of the parents.
    mutating func matches(_ selector: StyleSelector, _ element: ElementIdentity) -> Certainty {
        matches(selector, upTo: selector.compounds.count - 1, element, at: parents.count)
    }

    /// - Parameters:
    ///   - index: the compound that the element is compared with, and what stands before that.
    ///   - place: how many of the parents the element lies in.
    private mutating func matches(
        _ selector: StyleSelector, upTo index: Int, _ element: ElementIdentity, at place: Int
    ) -> Certainty {
        steps -= 1
        guard steps > 0 else { return .no }
        let own = holds(selector.compounds[index], element, at: place)
        guard own != .no, index > 0 else { return own }
        let outer: Certainty =
            switch selector.compounds[index].combinator {
            case .within: within(selector, upTo: index - 1, at: place)
            case .child: child(selector, upTo: index - 1, element, at: place)
            case .next, .after: neighbour(selector, upTo: index - 1, element, at: place)
            }
        return min(own, outer)
    }

    private mutating func within(_ selector: StyleSelector, upTo index: Int, at place: Int) -> Certainty {
        let isPlain = selector.isPlain(upTo: index)
        var best = Certainty.no
        for outer in (0..<place).reversed() where steps > 0 {
            // Where only what lies around counts, the first that fits from the inside is as good as another.
            if isPlain, index > 0 {
                steps -= 1
                let own = holds(selector.compounds[index], parents[outer].identity, at: outer)
                if own == .no { continue }
                let found = min(own, within(selector, upTo: index - 1, at: outer))
                best = max(best, found)
                if own == .yes { return best }
            } else {
                best = max(best, matches(selector, upTo: index, parents[outer].identity, at: outer))
                if best == .yes { return best }
            }
        }
        return best
    }

    private mutating func child(
        _ selector: StyleSelector, upTo index: Int, _ element: ElementIdentity, at place: Int
    ) -> Certainty {
        guard place > 0 else { return .no }
        let parent = parents[place - 1].identity
        let found = matches(selector, upTo: index, parent, at: place - 1)
        guard element.name == "tr", parent.name == "table" else { return found }
        // Browsers put the rows of a table into a body that its source may not have.
        return found == .no && selector.compounds[index].element != "tbody" ? .no : .maybe
    }

    private mutating func neighbour(
        _ selector: StyleSelector, upTo index: Int, _ element: ElementIdentity, at place: Int
    ) -> Certainty {
        guard place > 0, element.number > 1 else { return .no }
        let neighbours = parents[place - 1].children.prefix(element.number - 1)
        guard neighbours.count == element.number - 1 else { return .maybe }
        if selector.compounds[index + 1].combinator == .next {
            return matches(selector, upTo: index, neighbours[neighbours.count - 1], at: place)
        }
        var best = Certainty.no
        for neighbour in neighbours.reversed() where best != .yes && steps > 0 {
            best = max(best, matches(selector, upTo: index, neighbour, at: place))
        }
        return best
    }

    // MARK: One element

    private mutating func holds(_ compound: StyleSelector.Compound, _ element: ElementIdentity, at place: Int)
        -> Certainty
    {
        if let name = compound.element, name != element.name { return .no }
        if let identifier = compound.identifier, identifier != element.identifier { return .no }
        guard compound.classes.allSatisfy(element.classes.contains) else { return .no }
        var certainty = Certainty.yes
        for test in compound.tests where certainty != .no {
            certainty = min(certainty, holds(test, element, at: place))
        }
        return certainty
    }

    private mutating func holds(_ test: StyleSelector.Test, _ element: ElementIdentity, at place: Int) -> Certainty {
        switch test {
        case .attribute(let test):
            let own = element.attributes[test.name]
            steps -= (own?.utf8.count ?? 0) / 64
            return Certainty(test.holds(for: own))
        case .anyOf(let selectors): return any(selectors, element, at: place)
        case .noneOf(let selectors): return any(selectors, element, at: place).negated
        case .root: return Certainty(element.name == "html")
        case .unknown: return .maybe
        case .number(let step, let offset, let ofType):
            let number = ofType ? element.numberOfType : element.number
            guard number > 0 else { return .maybe }
            let rest = number - offset
            return Certainty(step == 0 ? rest == 0 : rest % step == 0 && rest / step >= 0)
        }
    }

    private mutating func any(_ selectors: [StyleSelector], _ element: ElementIdentity, at place: Int) -> Certainty {
        var best = Certainty.no
        for selector in selectors where best != .yes {
            best = max(best, matches(selector, upTo: selector.compounds.count - 1, element, at: place))
        }
        return best
    }
}

extension StyleSelector.AttributeTest {
    /// Whether an attribute's value is what is asked for; nil where the element has none.
    fileprivate func holds(for own: String?) -> Bool {
        guard let own else { return false }
        switch relation {
        case .exists: return true
        case .equals: return own == value
        case .word: return own.utf8.split { $0 <= 0x20 }.contains { $0.elementsEqual(value.utf8) }
        case .prefixOrDash: return own == value || own.utf8.starts(with: (value + "-").utf8)
        case .prefix: return !value.isEmpty && own.utf8.starts(with: value.utf8)
        case .suffix: return !value.isEmpty && own.hasSuffix(value)
        case .part: return !value.isEmpty && Array(own.utf8).firstIndex(ofSequence: Array(value.utf8), from: 0) != nil
        }
    }
}
