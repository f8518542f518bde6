import Testing

@Suite struct VocabularyPlaceholder {
    @Test func roomExists() {}
}
