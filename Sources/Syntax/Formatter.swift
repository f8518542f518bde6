import Diagnostics

/// Writes a policy in its one canonical form: tokens and comments stay as they are and in their order, only the white
/// space between them is chosen. So formatted text means the same by construction, and formatting it again changes
/// nothing.
public enum Formatter {
    /// The canonical form of a file, or nil where it has errors of syntax. Linear in the file's length.
    public static func format(file: SourceFile, limits: SyntaxLimits = SyntaxLimits()) -> String? {
        let (parser, tree) = Parser.run(file: file, limits: limits)
        guard !parser.bag.hasErrors, parser.bag.dropped == 0 else { return nil }
        var writer = LayoutWriter(plan: LayoutPlan(parser: parser, comments: tree.comments))
        return writer.write()
    }

    /// The canonical form of a text, or nil where it has errors of syntax.
    public static func format(source: String) -> String? {
        format(file: SourceFile(path: "", text: source))
    }
}

/// Where lines are broken and columns aligned, decided before anything is written.
struct LayoutPlan {
    /// Lines longer than this are broken where the language offers a place. Unit: columns.
    static let lineWidth = 110
    /// Longest head of a row whose `then` is aligned with the others. Unit: columns.
    static let alignedHead = 72
    static let indent = 4

    /// A block in braces that takes several lines.
    struct Block {
        var close: Int
        var items: [Int] = []
        /// The column, from the item's start, where the value behind a keyword begins; zero for no alignment.
        var keywordWidth = 0
        /// The width of the weights, which are aligned to the right.
        var numberWidth = 0
        /// The column, from the item's start, of `then`.
        var thenColumn = 0
    }

    let file: SourceFile
    let tokens: [Token]
    var marks: [Int: LayoutMark]
    let comments: [Comment]
    /// The first comment behind each token, as an index into `comments`.
    let commentsBefore: [Int]
    var blocks: [Int: Block] = [:]
    /// The items of all blocks that take several lines.
    var items: Set<Int> = []
    /// The tokens before which a long line is broken.
    var wraps: Set<Int> = []

    init(parser: Parser, comments: [Comment]) {
        file = parser.file
        tokens = parser.tokens
        marks = parser.marks
        self.comments = comments
        var counts: [Int] = []
        var next = 0
        for token in parser.tokens {
            while next < comments.count, comments[next].span.start < token.span.start { next += 1 }
            counts.append(next)
        }
        commentsBefore = counts
        findBlocks()
        for start in tokens.indices where marks[start] == .declaration || marks[start] == .item { wrap(from: start) }
    }

    func written(_ index: Int) -> String { file.text(tokens[index].span) }

    func width(_ index: Int) -> Int {
        let text = written(index)
        return text.utf8.contains(0x0A) ? Self.lineWidth + 1 : text.unicodeScalars.count
    }

    /// Whether a space stands between a token and the one before it.
    func isSpaced(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        let (last, this) = (tokens[index - 1], tokens[index])
        if last.kind == .symbol, last.value == "(" || last.value == "-" { return false }
        if last.kind == .symbol, last.value == "{", this.kind == .symbol, this.value == "}" { return false }
        return !(this.kind == .symbol && (this.value == ")" || this.value == ","))
    }

    /// The width of tokens on one line.
    func flatWidth(_ range: Range<Int>) -> Int {
        range.reduce(0) { $0 + width($1) + ($1 > range.lowerBound && isSpaced($1) ? 1 : 0) }
    }

    func hasComments(_ range: Range<Int>) -> Bool {
        guard let first = range.first, let last = range.last, first < last else { return false }
        return commentsBefore[first] < commentsBefore[last]
    }

    // MARK: Blocks

    private mutating func findBlocks() {
        var open: [(index: Int, lineStart: Int, multiline: Bool)] = []
        var lineStart = 0
        for index in tokens.indices {
            let mark = marks[index]
            if mark == .declaration || mark == .item { lineStart = index }
            if mark == .blockOpen || mark == .inlineOpen, let close = closing(index) {
                let isEmpty = close == index + 1
                let flat = flatWidth(lineStart..<close + 1) + Self.indent * open.count
                let fits = isEmpty || (mark == .inlineOpen && flat <= Self.lineWidth)
                let multiline = !fits || hasComments(index..<close + 1)
                if multiline { blocks[index] = Block(close: close) }
                open.append((index, lineStart, multiline))
            } else if mark == .blockClose, let last = open.popLast() {
                lineStart = last.lineStart
            } else if let block = open.last, block.multiline {
                // Elements of a list stand each on a line of its own.
                let isElement =
                    tokens[index].kind == .text && marks[block.index] == .inlineOpen && tokens[index - 1].value == ","
                    && marks[block.lineStart] == .declaration && isList(block.lineStart)
                if isElement { marks[index] = .item }
                if marks[index] == .item {
                    blocks[block.index]?.items.append(index)
                    items.insert(index)
                }
            }
        }
        for index in blocks.keys { align(index) }
    }

    private func isList(_ start: Int) -> Bool { ["group", "list"].contains(tokens[start].value) }

    private func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in open..<tokens.count {
            if marks[index] == .blockOpen || marks[index] == .inlineOpen { depth += 1 }
            if marks[index] == .blockClose { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// Chooses the columns of a block. A rule's clauses have a fixed one, so that adding one changes no other line.
    private mutating func align(_ index: Int) {
        guard var block = blocks[index] else { return }
        for item in block.items {
            let token = tokens[item]
            if token.kind == .word {
                let fixed = token.value == "when" || token.value == "then" ? 6 : 0
                if !["if", "otherwise"].contains(token.value) {
                    block.keywordWidth = max(block.keywordWidth, token.value.count, fixed)
                }
            } else if token.kind == .number || token.value == "-" {
                let last = token.value == "-" ? item + 1 : item
                block.numberWidth = max(block.numberWidth, flatWidth(item..<last + 1))
            }
        }
        if isSetting(index) || isTemplate(index) { block.keywordWidth = 0 }
        for (position, item) in block.items.enumerated() {
            let end = position + 1 < block.items.count ? block.items[position + 1] : block.close
            guard tokens[item].value == "if", let then = (item..<end).first(where: { marks[$0] == .rowThen }) else {
                continue
            }
            let head = flatWidth(item..<then)
            if head <= Self.alignedHead, !hasComments(item..<then + 1) {
                block.thenColumn = max(block.thenColumn, head + 1)
            }
        }
        blocks[index] = block
    }

    private func isSetting(_ open: Int) -> Bool { open >= 4 && tokens[open - 4].value == "setting" }

    /// The outer block of a template: its items begin with a language, which is no keyword.
    private func isTemplate(_ open: Int) -> Bool { open >= 2 && tokens[open - 2].value == "template" }

    // MARK: Long lines

    /// Breaks a long clause or define before each `and` and `or` outside parentheses.
    private mutating func wrap(from start: Int) {
        var end = start + 1
        while end < tokens.count, !endsLine(end) { end += 1 }
        guard flatWidth(start..<end) + Self.indent > Self.lineWidth else { return }
        var depth = 0
        for index in start..<end where tokens[index].kind == .symbol || tokens[index].kind == .word {
            switch tokens[index].value {
            case "(": depth += 1
            case ")": depth -= 1
            case "and", "or": if depth == 0 { wraps.insert(index) }
            default: break
            }
        }
    }

    private func endsLine(_ index: Int) -> Bool {
        switch marks[index] {
        case .declaration, .item, .further, .blockOpen, .blockClose: true
        default: tokens[index].kind == .end
        }
    }
}
