import Foundation
import Glibc

/// Where to find mails.
public enum MailSource: Equatable, Sendable {
    /// A file, an mbox, a Maildir, a folder of these, or `-` for one mail on standard input.
    case path(String)
    /// Paths on standard input, one a line.
    case listOnStandardInput
}

/// Walks over mails one by one, in an order that depends on names only.
///
/// Folders are walked in the order of their names' bytes; in a Maildir `cur` comes before `new` and `tmp` is left out.
/// Outside Maildirs, files and folders whose names start with a dot are left out, and links to folders are not
/// followed, so that a tree cannot be endless. Files there without any header field are no mails and are left out.
/// Lazy: nothing is listed or read before its turn.
public struct MailWalk: IteratorProtocol, Sequence {
    private let limits: MailLimits
    /// Files in folders that are no mails.
    public let skipped = SkippedFiles()
    /// What is still to be walked, the next at the end.
    private var pending: [Step]
    private var mbox: (scanner: MboxScanner, file: ReadableFile, count: Int)?

    private enum Step {
        case argument(String)
        case standardInputList
        case entry(String, depth: Int)
        case mail(String)
    }

    public init(_ sources: [MailSource], limits: MailLimits = MailLimits()) {
        self.limits = limits
        pending = sources.reversed().map { source in
            switch source {
            case .path(let path): .argument(path)
            case .listOnStandardInput: .standardInputList
            }
        }
    }

    public mutating func next() -> MailItem? {
        while true {
            if mbox != nil {
                if let item = nextOfMbox() { return item }
                mbox = nil
            }
            guard let step = pending.popLast() else { return nil }
            do throws(FileFault) {
                if let item = try take(step) { return item }
            } catch {
                return .unreadable(error)
            }
        }
    }

    private mutating func take(_ step: Step) throws(FileFault) -> MailItem? {
        switch step {
        case .argument("-"):
            return .mail(StoredMail(name: "-", place: .bytes(try StandardInput.all(limit: limits.mailBytes))))
        case .argument(let path): return try enter(path, depth: 0)
        case .entry(let path, let depth): return try enter(path, depth: depth)
        case .mail(let path): return .mail(StoredMail(path: path))
        case .standardInputList:
            guard let path = readLine(strippingNewline: true) else { return nil }
            pending.append(.standardInputList)
            guard path.utf8.count <= limits.pathBytes else {
                throw FileFault(
                    path: String(path.prefix(80)) + "…", reason: "a path of more than \(limits.pathBytes) bytes")
            }
            if !path.isEmpty { pending.append(.entry(path, depth: 0)) }
            return nil
        }
    }

    private mutating func enter(_ path: String, depth: Int) throws(FileFault) -> MailItem? {
        switch try FileKind.of(path) {
        case .other: throw FileFault(path: path, reason: "neither a file nor a folder")
        case .folder:
            guard depth < limits.folderDepth else {
                throw FileFault(path: path, reason: "more than \(limits.folderDepth) folders deep")
            }
            pending += try list(path, depth: depth).reversed()
            return nil
        case .file:
            let file = try ReadableFile(path)
            guard try MboxScanner.isMbox(file) else {
                // A file that somebody names is taken at their word.
                if depth == 0 { return .mail(StoredMail(path: path)) }
                if try SkippedFiles.isMail(file, limits: limits) { return .mail(StoredMail(path: path)) }
                skipped.add(path)
                return nil
            }
            mbox = (MboxScanner(file, limits: limits), file, 0)
            return nil
        }
    }

    private func list(_ folder: String, depth: Int) throws(FileFault) -> [Step] {
        let names = try Self.names(in: folder)
        let isMaildir = names.contains("cur") && names.contains("new")
        var steps: [Step] = []
        if isMaildir {
            for part in ["cur", "new"] {
                let inside = Self.join(folder, part)
                steps += try Self.names(in: inside).filter { !$0.hasPrefix(".") }.map { .mail(Self.join(inside, $0)) }
            }
        }
        for name in names {
            let path = Self.join(folder, name)
            if isMaildir {
                // Folders of a Maildir are Maildirs beside `cur`, their names starting with a dot.
                guard !["cur", "new", "tmp"].contains(name), (try? FileKind.of(path))?.isFolder == true else {
                    continue
                }
            } else if name.hasPrefix(".") {
                continue
            }
            if FileKind.isLink(path), (try? FileKind.of(path))?.isFolder == true { continue }
            steps.append(.entry(path, depth: depth + 1))
        }
        return steps
    }

    private mutating func nextOfMbox() -> MailItem? {
        guard let file = mbox?.file, var scanner = mbox?.scanner, var count = mbox?.count else { return nil }
        do throws(FileFault) {
            guard let range = try scanner.next() else { return nil }
            count += 1
            let isAlone = count == 1 && !scanner.hasMore
            mbox = (scanner, file, count)
            return .mail(
                StoredMail(name: isAlone ? file.path : "\(file.path)#\(count)", place: .mbox(file, range)))
        } catch {
            mbox = nil
            return .unreadable(error)
        }
    }

    /// The names in a folder, sorted by their bytes.
    static func names(in folder: String) throws(FileFault) -> [String] {
        guard let stream = opendir(folder) else { throw .system(folder) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }
}

extension FileKind {
    var isFolder: Bool {
        if case .folder = self { return true }
        return false
    }
}
