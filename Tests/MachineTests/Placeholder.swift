import Testing

@Suite struct MachinePlaceholder {
    @Test func roomExists() {}
}
