import Testing

@Suite struct DigestsPlaceholder {
    @Test func roomExists() {}
}
