import Testing

@Suite struct CommandLineTestsPlaceholder {
    @Test func roomExists() {}
}
