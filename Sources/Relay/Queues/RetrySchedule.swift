/// When mail of ours is tried again: after 1, 2, 5 and 10 minutes, then every 30.
enum RetrySchedule {
    static let firstSeconds: Int64 = 60
    private static let minutes: [Int64] = [1, 2, 5, 10]

    /// - Parameter attempts: tries so far, at least one.
    static func seconds(after attempts: Int) -> Int64 {
        60 * (minutes.indices.contains(attempts - 1) ? minutes[attempts - 1] : 30)
    }
}
