import Vocabulary

extension PublicSuffixList: BundleValue {
    func write(to writer: inout SectionWriter) {
        writer.string(version)
        writer.raw(rules)
    }

    /// The structure is checked here, before any library sees the list.
    static func read(from reader: inout SectionReader) throws(BundleFault) -> PublicSuffixList {
        let version = try reader.string()
        let rules = try reader.raw()
        do throws(PublicSuffixFault) {
            return try PublicSuffixList(version: version, rules: rules)
        } catch {
            throw reader.fault(.value, "line \(error.line ?? 1) is no public suffix in its place")
        }
    }
}
