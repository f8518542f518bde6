/// The files a policy is made of, handed in by whoever may read files.
public protocol PolicySources {
    /// The policy's own files, in any order; paths as diagnostics show them.
    var policyFiles: [PolicyFile] { get }

    /// The file of a module such as `["standard", "viruses"]`; `nil` where there is none.
    func module(_ path: [String]) -> PolicyFile?

    /// Dotted names of the modules there are, for suggestions.
    var moduleNames: [String] { get }

    /// The bytes of a file named by `from file`, relative to the folder of the file that names it. The path has been
    /// checked to stay below that folder.
    ///
    /// - Throws: `ListFault` where they cannot be had, or are more than `most`.
    func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8]

    /// Whether there is a mail that a test names, relative to the folder of the file that names it. The path has been
    /// checked to stay below that folder.
    func hasMail(_ path: String, namedIn file: PolicyFile) -> Bool

    /// The list of public suffixes as publicsuffix.org gives it out; `nil` where none is at hand.
    var publicSuffixes: [UInt8]? { get }
}

extension PolicySources {
    /// None, unless the sources say otherwise.
    public var publicSuffixes: [UInt8]? { nil }

    /// Every mail is taken to be there, unless the sources say otherwise.
    public func hasMail(_ path: String, namedIn file: PolicyFile) -> Bool { true }
}

/// Why the bytes of a list cannot be had.
public enum ListFault: Error, Hashable, Sendable {
    /// There is no such file.
    case missing
    /// It has more bytes than a list may have.
    case tooLarge
    /// There is something that cannot be read. The reason is in words, without a full stop: `Permission denied`.
    case unreadable(String)
}

/// A file as it was read.
public struct PolicyFile: Sendable, Hashable {
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// A policy held in memory: for tests, editors and tools.
public struct PolicyInMemory: PolicySources, Sendable {
    public var policyFiles: [PolicyFile]
    /// Modules by their dotted names.
    public var modules: [String: String]
    /// Lists by their paths.
    public var lists: [String: String]
    public var publicSuffixes: [UInt8]?
    /// The mails there are, by their paths; `nil` for every mail that a test names.
    public var mails: Set<String>?

    public init(files: [PolicyFile], modules: [String: String] = [:], lists: [String: String] = [:]) {
        policyFiles = files
        self.modules = modules
        self.lists = lists
    }

    /// A policy of one file.
    public init(_ text: String, path: String = "policy.lazaret") {
        self.init(files: [PolicyFile(path: path, bytes: Array(text.utf8))])
    }

    public func module(_ path: [String]) -> PolicyFile? {
        let name = path.joined(separator: ".")
        return modules[name].map {
            PolicyFile(path: path.joined(separator: "/") + PolicyPlaces.fileExtension, bytes: Array($0.utf8))
        }
    }

    public var moduleNames: [String] { modules.keys.sorted() }

    /// One of `lists`, whichever file names it.
    ///
    /// - Throws: `ListFault` where there is none, or it is too large.
    public func list(_ path: String, namedIn file: PolicyFile, atMost most: Int) throws(ListFault) -> [UInt8] {
        guard let list = lists[path] else { throw .missing }
        guard list.utf8.count <= most else { throw .tooLarge }
        return Array(list.utf8)
    }

    public func hasMail(_ path: String, namedIn file: PolicyFile) -> Bool { mails?.contains(path) ?? true }
}
