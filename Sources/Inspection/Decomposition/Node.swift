import Cryptography
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
        /// Text around the parts of a multipart, which readers do not show.
        case margin
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
    /// Labels that other readers read it by.
    var otherCharsets: [String] = []
    var contentID: String?
    /// The `smime-type` that the sender declared.
    var smimeType: String?
    /// Signed nodes above it.
    var signatureDepth = 0
    /// The decoded bytes; not all of them where `unread` says why.
    var bytes: [UInt8] = []
    /// Why content is missing; empty if `bytes` is all of it.
    var unread: Reasons = []
    /// By content, the most specific first; empty where the content is unread.
    var types: [FileType] = []
    var encryption: EncryptionKind?
    /// Whether a password of the mail opened all that is locked in the container.
    var isUnlocked = false
    var signature: SignatureKind?
    var isDamaged = false
    /// Why there may be nodes inside that we do not see.
    var hidden: Reasons = []
    var anomalies: [NodeAnomaly] = []
    /// How many times it was read otherwise than the likeliest reader does to get here.
    var rereadings = 0
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

    /// Whether a whole mail is sealed or wrapped in the node, bodies and attachments together.
    var hidesEntity: Bool {
        role != .body && role != .margin && !hidden.isDisjoint(with: [.smime, .pgpMIME, .pgpInline, .unsupported])
            && (declaredType == "message/partial" || declaredType == "message/external-body"
                || encryption == .smime || encryption == .pgpMIME || isOf(.pkcs7))
    }

    /// Whether a reader shows the node as text of the message, given that its place makes it a body: a program that
    /// is declared `text/plain`, or a script that bears its name, is a file all the same.
    var isShownAsText: Bool {
        let isText =
            types.isEmpty || types == [.unknown]
            || types.allSatisfy { type in
                [.text, .mail, .cryptographic].contains(where: type.isUnder) && !type.isUnder(.pkcs7)
            }
        let meanings = names.compactMap(NameExtension.of).flatMap(FileType.withExtension)
        return isText && meanings.allSatisfy { $0.isUnder(.text) && !$0.isUnder(.script) }
    }

    func isOf(_ type: KnownType) -> Bool { types.contains { $0.isUnder(type) } }
}

/// A breach of format found at a node, as data.
struct NodeAnomaly: Sendable, Equatable {
    let name: String
    let sentence: String
    let range: Range<Int>?
    let isMalformed: Bool
    let isAmbiguous: Bool

    /// An archive stands behind, or beside, what the content is from its first byte on.
    static func embeddedArchive(isAmbiguous: Bool) -> NodeAnomaly {
        NodeAnomaly(
            name: "embedded-archive", sentence: "an archive stands behind other bytes", range: nil,
            isMalformed: false, isAmbiguous: isAmbiguous)
    }

    /// A content is declared to be in a format of cryptography, and is not.
    static let unreadableCryptography = NodeAnomaly(
        name: "unreadable-cryptography", sentence: "the content is not in the cryptographic format it is declared as",
        range: nil, isMalformed: true, isAmbiguous: false)
}

extension String {
    /// The name with its middle left out where it is longer than `limit` bytes: its end, with the extension, decides
    /// what a system does with the file.
    func shortened(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        let head = utf8.prefix(limit / 2)
        let tail = utf8.suffix(max(0, limit - limit / 2 - 3))
        return String(decoding: head, as: UTF8.self) + "…" + String(decoding: tail, as: UTF8.self)
    }
}
