import Testing

@Suite struct EnginesPlaceholder {
    @Test func roomExists() {}
}
