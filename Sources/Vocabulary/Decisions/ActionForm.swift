/// What a rule asks for, with what is only known when the decision is made: the values of a field, whether a notice is
/// left out, which parts are taken away. A decision holds `Action`s, in which all that is settled.
public enum ActionForm<Operand: Hashable & Sendable, Condition: Hashable & Sendable>: Hashable, Sendable {
    /// Nothing is left to be settled.
    case plain(Action)
    case addHeader(name: String, TextForm<Operand>)
    case tagSubject(TextForm<Operand>)
    case log(TextForm<Operand>)
    /// Which parts it takes away, each message tells anew.
    case strip
    /// A notice that is left out where the condition is true.
    case notify(whom: Addressee, template: String?, evenUnauthenticated: Bool, except: Condition)

    /// Whether a rule with it does more than mark, so that it may not stay quiet when undetermined.
    public var isMoreThanMark: Bool {
        switch self {
        case .plain(let action): action.isMoreThanMark
        case .strip: true
        case .addHeader, .tagSubject, .log, .notify: false
        }
    }

    /// The texts in it.
    public var texts: [TextForm<Operand>] {
        switch self {
        case .addHeader(_, let text), .tagSubject(let text), .log(let text): [text]
        case .plain, .strip, .notify: []
        }
    }

    /// The template that it names.
    public var template: String? {
        switch self {
        case .plain(let action): action.template
        case .notify(_, let template, _, _): template
        case .addHeader, .tagSubject, .log, .strip: nil
        }
    }

    /// The condition of its `except when`.
    public var condition: Condition? {
        if case .notify(_, _, _, let except) = self { return except }
        return nil
    }

    /// The same action over other names of values and conditions.
    ///
    /// - Throws: what `condition` throws.
    public func mapping<NewOperand, NewCondition, Failure: Error>(
        _ value: (Operand) -> NewOperand, _ condition: (Condition) throws(Failure) -> NewCondition
    ) throws(Failure) -> ActionForm<NewOperand, NewCondition> {
        switch self {
        case .plain(let action): return .plain(action)
        case .addHeader(let name, let text): return .addHeader(name: name, text.mapping(value))
        case .tagSubject(let text): return .tagSubject(text.mapping(value))
        case .log(let text): return .log(text.mapping(value))
        case .strip: return .strip
        case .notify(let whom, let template, let even, let except):
            return .notify(
                whom: whom, template: template, evenUnauthenticated: even, except: try condition(except))
        }
    }

    /// As a person reads it, given how values and conditions are named.
    public func summary(_ value: (Operand) -> String, _ condition: (Condition) -> String) -> String {
        switch self {
        case .plain(let action): action.summary
        case .addHeader(let name, let text): Action.addHeader(name: name, value: text.description(value)).summary
        case .tagSubject(let text): Action.tagSubject(text.description(value)).summary
        case .log(let text): Action.log(text.description(value)).summary
        case .strip: Action.strip([]).summary
        case .notify(let whom, let template, let even, let except):
            Action.notify(whom: whom, template: template, evenUnauthenticated: even).summary
                + " except when \(condition(except))"
        }
    }
}

/// The consequence of a verdict or of a reason, what a rule's `then` says, before its texts are filled in.
public struct ConsequenceForm<Operand: Hashable & Sendable, Condition: Hashable & Sendable>: Hashable, Sendable {
    public var disposition: Disposition
    public var areas: [String]
    /// The text of a `reject`.
    public var reason: TextForm<Operand>?
    public var actions: [ActionForm<Operand, Condition>]

    public init(
        disposition: Disposition = .deliver, areas: [String] = [], reason: TextForm<Operand>? = nil,
        actions: [ActionForm<Operand, Condition>] = []
    ) {
        self.disposition = disposition
        self.areas = areas
        self.reason = reason
        self.actions = actions
    }

    // No key paths here: of a generic type each one is made anew, by names, whenever it is used, which cost a checker
    // of many rules more than half of its time.

    /// Whether it only marks: no disposition above deliver, no strip, redirect or route.
    public var isMarking: Bool { disposition == .deliver && !actions.contains { $0.isMoreThanMark } }

    /// The values its texts name.
    public var operands: [Operand] {
        (reason?.operands ?? []) + actions.flatMap { $0.texts.flatMap { $0.operands } }
    }

    /// The conditions of its notices.
    public var conditions: [Condition] { actions.compactMap { $0.condition } }

    /// The same consequence over other names of values and conditions.
    ///
    /// - Throws: what `condition` throws.
    public func mapping<NewOperand, NewCondition, Failure: Error>(
        _ value: (Operand) -> NewOperand, _ condition: (Condition) throws(Failure) -> NewCondition
    ) throws(Failure) -> ConsequenceForm<NewOperand, NewCondition> {
        var mapped: [ActionForm<NewOperand, NewCondition>] = []
        for action in actions { mapped.append(try action.mapping(value, condition)) }
        return ConsequenceForm<NewOperand, NewCondition>(
            disposition: disposition, areas: areas, reason: reason?.mapping(value), actions: mapped)
    }
}
