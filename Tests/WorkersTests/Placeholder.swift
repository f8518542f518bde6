import Testing

@Suite struct WorkersPlaceholder {
    @Test func roomExists() {}
}
