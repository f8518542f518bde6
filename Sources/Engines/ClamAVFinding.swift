import Vocabulary

/// What ClamAV's names of findings mean, whether libclamav was called or a clamd asked.
enum ClamAVFinding {
    static func answer(_ name: String) -> EngineAnswer {
        // It reports what it gave up on as findings of these families.
        if name.hasPrefix("Heuristics.Limits.Exceeded") { return .unknown(.overLimit, name) }
        if name.hasPrefix("Heuristics.Encrypted.") { return .unknown(sealedReason(name), name) }
        return .infected(name)
    }

    private static func sealedReason(_ finding: String) -> Reasons {
        if finding.hasSuffix(".PDF") { return .encryptedPDF }
        let archives = [".Zip", ".7Zip", ".RAR", ".EGG"]
        return archives.contains { finding.hasSuffix($0) } ? .encryptedArchive : .encryptedOffice
    }

    /// Of `ClamAV 1.4.3/27500/Tue Nov 24 08:10:11 2026`: when the newest signatures were made, as the daemon's own
    /// clock and zone have it. `nil` where it has none of the official ones and so tells no date.
    static func signatureDate(inVersion version: String) -> Int64? {
        let parts = version.split(separator: "/")
        guard parts.count == 3 else { return nil }
        let words = parts[2].split(whereSeparator: { $0 == " " || $0 == ":" })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 7, let month = months.firstIndex(of: String(words[1])), let day = Int(words[2]),
            let hour = Int(words[3]), let minute = Int(words[4]), let second = Int(words[5]), let year = Int(words[6]),
            (1990...9999).contains(year), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else {
            return nil
        }
        let days = daysSince1970(year: year, month: month + 1, day: day)
        return Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    /// Of the proleptic Gregorian calendar; years are counted from March, so that the leap day is the last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
