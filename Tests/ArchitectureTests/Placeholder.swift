import Testing

@Suite struct ArchitectureTestsPlaceholder {
    @Test func roomExists() {}
}
