import Testing

@Suite struct MessagePlaceholder {
    @Test func roomExists() {}
}
