extension InspectedMessage {
    /// Tells the types of all contents of the opened tree once more, for benchmarks, which tell that cost from the cost
    /// of unpacking them so; how many types there are.
    package func typeContents() -> Int {
        tree.nodes.reduce(0) { $0 + tree.typed($1).types.count }
    }
}
