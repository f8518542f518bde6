extension InspectedMessage {
    /// The contents of the opened tree with all that their types are told from, in the order of their paths: the
    /// benchmarks type them once more, to tell that cost from the cost of unpacking them.
    package var contents: [(bytes: [UInt8], names: [String], declaredType: String?)] {
        tree.nodes.map { ($0.bytes, $0.names, $0.declaredType) }
    }
}
