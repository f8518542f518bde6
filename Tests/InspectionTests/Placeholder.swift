import Testing

@Suite struct InspectionPlaceholder {
    @Test func roomExists() {}
}
