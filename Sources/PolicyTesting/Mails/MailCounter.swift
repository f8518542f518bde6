import Foundation
import Synchronization

/// Counts the mails of a walk on a thread of its own, so that progress can say how much is left.
///
/// The count reads folders, and mboxes for their separators; no mail is read.
public final class MailCounter: Sendable {
    private let counted = Mutex<Int?>(nil)

    public init(_ sources: [MailSource], limits: MailLimits = MailLimits()) {
        let thread = Thread { [weak self] in
            var count = 0
            for _ in MailWalk(sources, limits: limits) { count += 1 }
            self?.counted.withLock { $0 = count }
        }
        thread.start()
    }

    /// How many there are, `nil` until that is known.
    public var total: Int? { counted.withLock { $0 } }
}
