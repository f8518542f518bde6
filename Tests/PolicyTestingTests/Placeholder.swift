import Testing

@Suite struct PolicyTestingPlaceholder {
    @Test func roomExists() {}
}
