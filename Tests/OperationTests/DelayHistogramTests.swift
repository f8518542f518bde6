import Operation
import Testing

@Suite struct DelayHistogramTests {
    @Test func quantilesLieInTheirSpan() throws {
        var histogram = DelayHistogram()
        #expect(histogram.quantile(0.5) == nil)
        for _ in 0..<98 { histogram.record(seconds: 0.003) }
        for _ in 0..<2 { histogram.record(seconds: 3) }
        #expect(histogram.count == 100)
        let half = try #require(histogram.quantile(0.5))
        #expect(half > 0.002 && half <= 0.004)
        let most = try #require(histogram.quantile(0.99))
        #expect(most > 2 && most <= 4)
        #expect(histogram.quantile(1) == 4)
    }

    @Test func everyTimeIsCounted() {
        var histogram = DelayHistogram()
        for seconds in [-1, 0, 0.0005, 1e9, .nan, .infinity] { histogram.record(seconds: seconds) }
        #expect(histogram.count == 6)
        #expect(histogram.counts.first == 5 && histogram.counts.last == 1)
        #expect(histogram.sum == 1e9 + 0.0005)
        #expect(histogram.quantile(0.99) == DelayHistogram.bounds.last)
    }
}
