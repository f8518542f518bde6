import Digests
import Vocabulary

/// One node of the inspected tree: a part of a mail, a nested mail, or an entry of a container.
struct Node {
    /// What the node is to a reader of the mail.
    enum Role: Sendable {
        /// Structure without content of its own: `multipart/*`.
        case multipart
        /// Text that a mail reader shows as the message.
        case body
        /// A top-level part that is no body.
        case attachment
        /// Anything further down.
        case inner
    }

    let parent: Int?
    let path: String
    /// Containers the node lies in; multiparts are none.
    let depth: Int
    var role: Role
    /// Every reading of the name, the one most readers show first.
    var names: [String]
    var declaredType: String?
    /// The declared charset of a text.
    var charset: String?
    var contentID: String?
    /// The decoded bytes; not all of them where `unread` says why.
    var bytes: [UInt8] = []
    /// Why content is missing; empty if `bytes` is all of it.
    var unread: Reasons = []
    /// By content, the most specific first; empty where the content is unread.
    var types: [FileType] = []
    var encryption: EncryptionKind?
    var signature: String?
    var isDamaged = false
    /// Why there may be nodes inside that we do not see.
    var hidden: Reasons = []
    var anomalies: [NodeAnomaly] = []
    var children: [Int] = []

    init(
        parent: Int?, path: String, depth: Int, role: Role, names: [String] = [], declaredType: String? = nil
    ) {
        self.parent = parent
        self.path = path
        self.depth = depth
        self.role = role
        self.names = names
        self.declaredType = declaredType
    }

    func isOf(_ type: FileType?) -> Bool {
        guard let type else { return false }
        return types.contains { $0.isSubtype(of: type) }
    }
}

/// A breach of format found at a node, as data.
struct NodeAnomaly: Sendable, Equatable {
    let name: String
    let sentence: String
    let range: Range<Int>?
    let isMalformed: Bool
    let isAmbiguous: Bool
}
