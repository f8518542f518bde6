import Operation
import Testing

@Suite struct RelayLimitRowTests {
    @Test func everyFieldIsItsOwn() {
        var set = RelayLimits()
        for (index, row) in RelayLimitRow.all.enumerated() { row.set(row.range.lowerBound + Int64(index), in: &set) }
        var limits = RelayLimits()
        func at(_ name: String) -> Int64 {
            RelayLimitRow.all.firstIndex { $0.name == name }.map { RelayLimitRow.all[$0].range.lowerBound + Int64($0) }
                ?? -1
        }
        limits.sessions = Int(at("sessions"))
        limits.messagesUnderWay = Int(at("messages-under-way"))
        limits.slowLane = Int(at("slow-lane"))
        limits.slowLaneBytes = Int(at("slow-lane-bytes"))
        limits.messageBytes = Int(at("message-bytes"))
        limits.memoryBytes = Int(at("memory-bytes"))
        limits.recipients = Int(at("recipients"))
        limits.deadlineSeconds = Int(at("deadline-seconds"))
        limits.idleSeconds = Int(at("idle-seconds"))
        limits.hopReplySeconds = Int(at("hop-reply-seconds"))
        limits.connectSeconds = Int(at("connect-seconds"))
        limits.hops = Int(at("hops"))
        limits.ownMarks = Int(at("own-marks"))
        limits.refusedCommands = Int(at("refused-commands"))
        limits.undecidedSeconds = at("undecided-seconds")
        limits.undeliveredSeconds = at("undelivered-seconds")
        limits.retrySeconds = at("retry-seconds")
        limits.systemAreaSeconds = at("system-area-seconds")
        #expect(set == limits)
    }
}
