import Compiler
import Foundation
import Lexical
import Message
import Suffixes
import Vocabulary

@testable import Inspection

/// First inputs, taken out of files at hand: mails and what inspection finds in them, each for the targets that read
/// contents of its type, and files for the targets that take their ending.
struct Seeds {
    let folder: String

    /// Inputs of one target. A corpus is read whole before each run.
    private static let most = 300

    init(into folder: String) { self.folder = folder }

    func gather(_ paths: some Sequence<String>) -> CInt {
        var counts: [String: Int] = [:]
        for path in paths {
            guard let bytes = FileManager.default.contents(atPath: path).map({ Array($0) }) else { continue }
            let ending = "." + (path.split(separator: ".").last ?? "")
            for (target, seed) in seeds(of: bytes, ending) {
                guard seed.count <= target.most, counts[target.name, default: 0] < Self.most else { continue }
                if keep(seed, for: target) { counts[target.name, default: 0] += 1 }
            }
        }
        return 0
    }

    private func seeds(of bytes: [UInt8], _ ending: String) -> [(FuzzTarget, [UInt8])] {
        var found = FuzzTarget.all.filter { $0.seeds.contains(ending) }.map { ($0, bytes) }
        if ending == ".lazaret" {
            let policy = PolicyInMemory(files: [PolicyFile(path: "policy.lazaret", bytes: bytes)])
            let result = PolicyCompiler(patterns: PatternLibrary(), suffixes: SuffixLibrary()).compile(policy)
            if let bundle = result.bundle { found += Self.targets(".lzb").map { ($0, bundle) } }
            return found
        }
        let isMail = ending == ".eml"
        let mail = isMail ? bytes : WholeTargets.mail(around: bytes)
        if isMail { found += mailSeeds(bytes) }
        guard let message = try? WholeTargets.inspected(mail) else { return found }
        for node in message.tree.nodes where !node.bytes.isEmpty {
            for target in FuzzTarget.all where target.seeds.contains(where: { Self.isType($0, of: node) }) {
                found.append((target, node.bytes))
            }
        }
        return found
    }

    private static func isType(_ name: String, of node: Node) -> Bool {
        guard let type = FileType.named(name) else { return false }
        return node.types.contains { $0.isSubtype(of: type) }
    }

    private func mailSeeds(_ bytes: [UInt8]) -> [(FuzzTarget, [UInt8])] {
        let message = ParsedMessage(MessageBytes(bytes))
        let whole = Self.targets("eml").map { ($0, bytes) }
        let header = Array(bytes.prefix(message.root.bodyRange.lowerBound))
        let parts = message.view.parts.filter { $0.isLeaf && $0.encoding != .sevenBit }.map { Array($0.rawBody) }
        return whole + Self.targets(".header").map { ($0, header) }
            + Self.targets(".encoded").flatMap { target in parts.map { (target, $0) } }
    }

    private static func targets(_ seed: String) -> [FuzzTarget] { FuzzTarget.all.filter { $0.seeds.contains(seed) } }

    /// False where it is there already.
    private func keep(_ seed: [UInt8], for target: FuzzTarget) -> Bool {
        let name = seed.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        let place = "\(folder)/\(target.name)"
        let path = "\(place)/seed-\(String(name, radix: 16))"
        guard !FileManager.default.fileExists(atPath: path) else { return false }
        try? FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        return FileManager.default.createFile(atPath: path, contents: Data(seed))
    }
}
