import Vocabulary

extension QuarantineArea: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(name)
        writer.signed(keep)
        writer.array(approvers)
        writer.optional(release) {
            $0.count($1.start)
            $0.count($1.end)
        }
        writer.optional(expiry) { writer, expiry in
            writer.signed(expiry.seconds)
            writer.name(expiry.disposition)
            writer.optional(expiry.reason) { $0.string($1) }
        }
    }

    static func read(from reader: inout SectionReader) throws(BundleFault) -> QuarantineArea {
        QuarantineArea(
            name: try reader.string(), keep: try reader.signed(), approvers: try reader.array(),
            release: try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
                Window(start: try reader.number(), end: try reader.number())
            },
            expiry: try reader.optional { (reader: inout SectionReader) throws(BundleFault) in
                Expiry(
                    seconds: try reader.signed(), disposition: try reader.name(), reason: try reader.optionalString())
            })
    }
}

extension TableVerifier {
    /// Areas stand in the order of their names, and what they are told lies within its bounds.
    func verifyAreas() throws(BundleFault) {
        let periods = AreaLimits.shortestKeep...AreaLimits.longestKeep
        var last: String?
        for area in program.areas {
            try Verifier.require(last.map { $0 < area.name } ?? true, "areas are not in the order of their names")
            last = area.name
            try Verifier.require(periods.contains(area.keep), "an area keeps its mail too long or not at all")
            if let release = area.release {
                let minutes = 0..<(24 * 60)
                try Verifier.require(
                    minutes.contains(release.start) && minutes.contains(release.end) && release.start != release.end,
                    "an area releases its mail at no time of the day")
            }
            if let expiry = area.expiry {
                try Verifier.require(
                    periods.contains(expiry.seconds) && expiry.seconds <= area.keep, "an area's mail expires too late")
                try Verifier.require(
                    Expiry.dispositions.contains(expiry.disposition)
                        && (expiry.reason != nil) == (expiry.disposition == .reject),
                    "an area's mail comes to nothing possible")
            }
        }
    }

    private typealias Expiry = QuarantineArea.Expiry
}
