import Diagnostics

/// Writes tokens and comments as a plan says.
struct LayoutWriter {
    let plan: LayoutPlan
    private var output = ""
    private var column = 0
    /// The blocks of several lines that are open.
    private var open: [LayoutPlan.Block] = []
    /// Where a line goes on that had to be broken.
    private var continuation = LayoutPlan.indent
    private var actionColumn = 0
    private var itemColumn = 0
    private var isFresh = true
    private var nextComment = 0
    /// The end of what was written last, in the source.
    private var lastEnd = 0
    private var lastDeclarationWasLong = false

    init(plan: LayoutPlan) { self.plan = plan }

    mutating func write() -> String {
        for index in plan.tokens.indices {
            let isEnd = plan.tokens[index].kind == .end
            let (target, isNatural) = lineStart(of: index)
            if plan.marks[index] == .declaration || isEnd { separateDeclarations(index, isEnd: isEnd) }
            let broken = writeComments(before: index, target: target, isNatural: isNatural)
            if isEnd { break }
            place(index, target: target, isNatural: isNatural, isBroken: broken)
            if plan.marks[index] == .first { actionColumn = column }
            put(plan.written(index))
            lastEnd = plan.tokens[index].span.end
            entered(index)
        }
        if !isFresh { newline() }
        return output
    }

    // MARK: Places

    /// The column a token has at the start of a line, and whether it begins one in any case.
    private func lineStart(of index: Int) -> (column: Int, isNatural: Bool) {
        let token = plan.tokens[index]
        if token.kind == .end { return (0, true) }
        switch plan.marks[index] {
        case .declaration: return (0, true)
        case .item where plan.items.contains(index): return (open.count * LayoutPlan.indent, true)
        case .blockClose where open.last?.close == index: return ((open.count - 1) * LayoutPlan.indent, true)
        case .further: return (actionColumn, true)
        // Only behind a comment: else a block opens on the line of what it belongs to.
        case .blockOpen, .inlineOpen: return (open.count * LayoutPlan.indent, false)
        default: return (continuation, plan.wraps.contains(index))
        }
    }

    /// Ends the line of the last declaration and keeps or makes the blank line behind it.
    private mutating func separateDeclarations(_ index: Int, isEnd: Bool) {
        let long = declarationIsLong(index)
        let blank = !isEnd && !output.isEmpty && (lastDeclarationWasLong || long)
        pendingBlank = blank
        lastDeclarationWasLong = long
    }

    private var pendingBlank = false

    private func declarationIsLong(_ index: Int) -> Bool {
        var next = index + 1
        while next < plan.tokens.count, plan.marks[next] != .declaration {
            if plan.blocks[next] != nil || plan.wraps.contains(next) { return true }
            next += 1
        }
        return false
    }

    /// Writes the comments before a token; whether the token must begin a line because of them.
    private mutating func writeComments(before index: Int, target: Int, isNatural: Bool) -> Bool {
        var wrote = false
        while nextComment < plan.commentsBefore[index] {
            let comment = plan.comments[nextComment]
            nextComment += 1
            let lines = lineBreaks(to: comment.span.start)
            if lines == 0, !isFresh {
                put("  ")
            } else {
                if !isFresh { newline() }
                let isInside = plan.marks[index] == .blockClose && isNatural
                blankLine(if: lines > 1 || pendingBlank, afterBrace: !wrote && justOpened)
                pendingBlank = false
                pad(to: target + (isInside ? LayoutPlan.indent : 0))
            }
            put(comment.text)
            newline()
            lastEnd = comment.span.end
            justOpened = false
            wrote = true
        }
        return wrote
    }

    private var justOpened = false

    private func lineBreaks(to offset: Int) -> Int {
        guard lastEnd < offset else { return 0 }
        return plan.file.lineIndex(of: offset) - plan.file.lineIndex(of: lastEnd)
    }

    private mutating func blankLine(if wanted: Bool, afterBrace: Bool) {
        if wanted, !afterBrace, !output.isEmpty, !output.hasSuffix("\n\n") { output += "\n" }
    }

    private mutating func place(_ index: Int, target: Int, isNatural: Bool, isBroken: Bool) {
        let mark = plan.marks[index]
        if isNatural || isBroken {
            if !isFresh { newline() }
            let keepsBlank = isNatural && (mark == .declaration || mark == .item)
            blankLine(
                if: pendingBlank || (keepsBlank && lineBreaks(to: plan.tokens[index].span.start) > 1),
                afterBrace: justOpened)
            pendingBlank = false
            pad(to: target)
        } else if mark == .rowThen, let block = open.last, column < itemColumn + block.thenColumn {
            pad(to: itemColumn + block.thenColumn)
        } else if plan.isSpaced(index), !isFresh, !output.hasSuffix(" ") {
            put(" ")
        }
        justOpened = false
        if mark == .item, isNatural { beginItem(index) }
        if mark == .declaration { continuation = LayoutPlan.indent }
    }

    /// Aligns weights to the right and sets where the item goes on.
    private mutating func beginItem(_ index: Int) {
        itemColumn = column
        continuation = column + LayoutPlan.indent
        guard let block = open.last else { return }
        let token = plan.tokens[index]
        if token.kind == .number || token.value == "-" {
            let last = token.value == "-" ? index + 1 : index
            pad(to: itemColumn + block.numberWidth - plan.flatWidth(index..<last + 1))
            continuation = itemColumn + block.numberWidth + 1
        } else if token.kind == .word, block.keywordWidth > 0, token.value != "if" {
            continuation = itemColumn + block.keywordWidth + 1
        }
    }

    /// What follows from a token just written: a keyword is padded, a brace opens or closes a block.
    private mutating func entered(_ index: Int) {
        let token = plan.tokens[index]
        if plan.marks[index] == .item, token.kind == .word, plan.items.contains(index), let block = open.last,
            block.keywordWidth > 0, token.value != "if", hasValueOnLine(index + 1)
        {
            pad(to: itemColumn + block.keywordWidth + 1)
        }
        if let block = plan.blocks[index] {
            open.append(block)
            justOpened = true
        }
        if open.last?.close == index { open.removeLast() }
    }

    /// Whether a token follows on the same line.
    private func hasValueOnLine(_ index: Int) -> Bool {
        let comments = plan.commentsBefore[index] > nextComment
        return !comments && !lineStart(of: index).isNatural
    }

    // MARK: Text

    private mutating func put(_ text: String) {
        output += text
        column =
            text.utf8.contains(0x0A)
            ? text.unicodeScalars.reversed().prefix { $0 != "\n" }.count : column + text.unicodeScalars.count
        isFresh = false
    }

    private mutating func pad(to target: Int) {
        guard target > column else { return }
        output += String(repeating: " ", count: target - column)
        column = target
    }

    private mutating func newline() {
        output += "\n"
        column = 0
        isFresh = true
    }
}
