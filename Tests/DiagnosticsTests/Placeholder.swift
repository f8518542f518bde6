import Testing

@Suite struct DiagnosticsPlaceholder {
    @Test func roomExists() {}
}
