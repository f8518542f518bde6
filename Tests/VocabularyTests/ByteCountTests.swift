import Testing
import Vocabulary

@Suite struct ByteCountTests {
    @Test(arguments: [
        (Int64(0), "0 B"), (999, "999 B"), (1000, "1 KB"), (1049, "1 KB"), (1050, "1.1 KB"), (1950, "2 KB"),
        (2_000_000, "2 MB"), (21_449_999, "21.4 MB"), (1_500_000_000, "1.5 GB"),
    ])
    func isWrittenAsPeopleWriteIt(_ bytes: Int64, _ text: String) {
        #expect(ByteCount(bytes).description == text)
    }

    /// A sum of sizes stays at the greatest number, and a test may assume it.
    @Test func theGreatestNumberIsWrittenToo() {
        #expect(ByteCount(.max).description == "9223372036.9 GB")
        #expect(Value.number(.max).described(as: .size) == "9223372036.9 GB")
    }
}
