/// A file of lines that `dry-run --format jsonl` wrote, read line by line.
public struct RecordFile {
    private let path: String
    private let limits: ReportLimits
    private static let chunkBytes = 1 << 20

    public init(_ path: String, limits: ReportLimits = ReportLimits()) {
        self.path = path
        self.limits = limits
    }

    /// Hands out the records in their order; empty lines are left out.
    ///
    /// - Throws: `FileFault` when the file cannot be read, or a line is no result of a dry-run.
    public func read(_ body: (MailRecord) -> Void) throws(FileFault) {
        let file = try ReadableFile(path)
        var rest: [UInt8] = []
        var offset = 0
        var number = 0
        while true {
            let chunk = try file.read(at: offset, count: Self.chunkBytes)
            if chunk.isEmpty { break }
            offset += chunk.count
            var start = chunk.startIndex
            while let end = chunk[start...].firstIndex(of: 0x0A) {
                number += 1
                try require(rest.count + end - start, number)
                try hand(rest + chunk[start..<end], number, to: body)
                rest = []
                start = end + 1
            }
            rest += chunk[start...]
            try require(rest.count, number + 1)
        }
        try hand(rest, number + 1, to: body)
    }

    private func require(_ bytes: Int, _ number: Int) throws(FileFault) {
        guard bytes <= limits.lineBytes else {
            throw FileFault(path: path, reason: "line \(number) is longer than any result of a dry-run")
        }
    }

    private func hand(_ line: [UInt8], _ number: Int, to body: (MailRecord) -> Void) throws(FileFault) {
        if line.allSatisfy({ $0 <= 0x20 }) { return }
        guard let record = MailRecord(line: line) else {
            throw FileFault(path: path, reason: "line \(number) is no result of dry-run --format jsonl")
        }
        body(record)
    }
}
