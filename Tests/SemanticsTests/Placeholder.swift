import Testing

@Suite struct SemanticsPlaceholder {
    @Test func roomExists() {}
}
