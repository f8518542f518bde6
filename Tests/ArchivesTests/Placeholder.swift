import Testing

@Suite struct ArchivesPlaceholder {
    @Test func roomExists() {}
}
