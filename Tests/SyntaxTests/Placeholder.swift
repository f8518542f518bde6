import Testing

@Suite struct SyntaxPlaceholder {
    @Test func roomExists() {}
}
