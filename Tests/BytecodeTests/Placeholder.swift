import Testing

@Suite struct BytecodePlaceholder {
    @Test func roomExists() {}
}
