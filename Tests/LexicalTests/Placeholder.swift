import Testing

@Suite struct LexicalPlaceholder {
    @Test func roomExists() {}
}
