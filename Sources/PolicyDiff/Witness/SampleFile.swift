import Vocabulary

/// A file that can be made up, and what a condition of one file says of it.
struct SampleFile {
    let sample: SampleContents.Sample
    /// Bytes, padding included.
    let size: Int

    private var name: String { "figures.\(sample.fileExtension)" }
    private var declaredType: String { FileType.named(sample.type)?.mediaTypes.first ?? "application/octet-stream" }

    /// The smallest one of at least so many bytes of which the condition surely holds.
    static func satisfying(_ condition: Condition, atLeast least: Int, limit: Int) -> SampleFile? {
        let sizes = [least] + condition.boundsOfSize.flatMap { [$0, $0 + 1] }.sorted()
        for sample in SampleContents.all {
            for size in sizes where size >= least && size <= limit {
                let file = SampleFile(sample: sample, size: max(size, sample.bytes.count))
                if file.answer(condition) == true { return file }
            }
        }
        return nil
    }

    /// Header fields and body of an attachment.
    func part(_ number: Int) -> (fields: [String], body: String) {
        let padding = [UInt8](repeating: sample.padding, count: size - sample.bytes.count)
        return SampleContents.file("\(number)-\(name)", declaredType, sample.bytes + padding)
    }

    /// `nil` where it is not known.
    private func answer(_ condition: Condition) -> Bool? {
        switch condition {
        case .constant(let value): return value
        case .not(let inner): return answer(inner).map { !$0 }
        case .all(let inner):
            let answers = inner.map(answer)
            return answers.contains(false) ? false : answers.contains(nil) ? nil : true
        case .any(let inner):
            let answers = inner.map(answer)
            return answers.contains(true) ? true : answers.contains(nil) ? nil : false
        case .test(.oneOf(.fact(let reference), let alternatives)):
            return values(reference).map { values in
                values.contains { value in alternatives.contains { ValueChoice.likelyHolds($0, value) } }
            }
        case .test, .atLeast, .some, .total: return nil
        }
    }

    private func values(_ reference: FactReference) -> [Value]? {
        guard reference.members.isEmpty, !reference.asNumber else { return nil }
        switch reference.fact {
        case .type: return FileType.named(sample.type).map { [.fileType($0)] }
        case .size: return [.number(Int64(size))]
        case .name: return [.text(Text(name))]
        case .fileExtension: return [.text(Text(sample.fileExtension))]
        case .declaredType: return [.text(Text(declaredType))]
        default: return nil
        }
    }
}

extension Condition {
    /// Numbers that the sizes of files are compared with.
    fileprivate var boundsOfSize: [Int] {
        switch self {
        case .constant, .some, .total: return []
        case .not(let inner): return inner.boundsOfSize
        case .all(let inner), .any(let inner), .atLeast(_, let inner): return inner.flatMap(\.boundsOfSize)
        case .test(.oneOf(.fact(let reference), let alternatives)) where reference.fact == .size:
            return alternatives.compactMap { if case .ordered(_, let bound) = $0 { Int(clamping: bound) } else { nil } }
        case .test: return []
        }
    }
}
