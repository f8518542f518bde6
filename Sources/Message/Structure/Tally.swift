/// What one reading of a message has used up and noticed, shared by the walks over its nested buffers.
final class Tally {
    let limits: MessageLimits
    var parts = 0
    var nestedBytesLeft: Int
    private(set) var anomalies: [Anomaly] = []
    private(set) var limitsHit: [LimitHit] = []
    private(set) var isMalformed = false
    private(set) var isAmbiguous = false
    /// Whether some anomaly calls for reading the message again as others might.
    private(set) var isDoubtful = false

    init(_ limits: MessageLimits) {
        self.limits = limits
        nestedBytesLeft = limits.nestedBytes
    }

    func absorb(_ more: [Anomaly]) {
        for anomaly in more {
            if anomaly.kind.raisesDoubt { isDoubtful = true }
            if anomaly.isMalformed { isMalformed = true }
            if anomaly.isAmbiguous { isAmbiguous = true }
            if anomalies.count < limits.anomalies { anomalies.append(anomaly) }
        }
    }

    func hit(_ limit: LimitHit) {
        if limitsHit.count < limits.anomalies { limitsHit.append(limit) }
    }
}
