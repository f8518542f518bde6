import Testing

@Suite struct CompilerPlaceholder {
    @Test func roomExists() {}
}
