// The Lazaret policy language for tree-sitter; it follows Grammar/lazaret.ebnf, production by production.

const commaSep1 = (rule) => seq(rule, repeat(seq(",", rule)));

module.exports = grammar({
  name: "lazaret",

  extras: ($) => [/\s/, $.comment],
  word: ($) => $.name,

  rules: {
    source_file: ($) => repeat($._declaration),

    _declaration: ($) =>
      choice(
        $.policy, $.import, $.parameter, $.list, $.dictionary, $.define, $.setting, $.area, $.uninspectable,
        $.rule, $.exempt, $.score, $.template, $.test
      ),

    policy: ($) => seq("policy", field("name", $.name), "{", repeat($._policy_field), "}"),
    _policy_field: ($) =>
      choice(
        seq("edition", $.number),
        $.level,
        seq(choice("description", "timezone"), $._text),
        seq("language", $._names),
        seq("limits", "(", commaSep1($.argument), ")"),
        seq(choice("domains", "networks", "admin", "auth-servers"), $._texts)
      ),
    level: ($) => choice(seq("allow", $.name, $._text), seq("deny", $.name)),
    import: ($) =>
      seq(
        "import", field("module", $._path), optional(seq("as", field("alias", $.name))),
        optional(seq("with", "(", commaSep1($.argument), ")"))
      ),
    parameter: ($) => seq("parameter", field("name", $.name), "=", $._value),
    argument: ($) => seq(field("name", $.name), $._value),
    _value: ($) => choice($._literal, $.name),
    list: ($) =>
      seq(
        choice(seq("group", field("name", $.name)), seq("list", field("name", $.name), "of", field("type", $.name))),
        choice(seq("{", optional($._texts), "}"), seq("from", $.name, optional($._text)))
      ),
    dictionary: ($) =>
      seq(
        "dictionary", field("name", $.name), "{",
        repeat(choice(seq("threshold", $._plain_bound), seq("ignore", $._names), $.entry)), "}"
      ),
    entry: ($) => seq($._weight, $._pattern, optional(seq("up", "to", $.number, "times"))),
    _pattern: ($) =>
      choice(
        seq(choice("word", "phrase"), $._text),
        seq("regex", $.regex, optional(seq("checked", "by", $.name))),
        seq($._text, "within", $.number, "words", "of", $._text)
      ),
    define: ($) => seq("define", field("name", $.name), optional(seq("for", $.name)), "=", $._expression),
    setting: ($) => seq("setting", field("name", $.name), "take", $.name, "{", repeat($.row), "}"),
    row: ($) => seq(choice("otherwise", seq("when", $._expression, "then")), $._value),
    area: ($) => seq("quarantine", field("name", $.name), "{", repeat($._area_field), "}"),
    _area_field: ($) =>
      choice(
        seq("keep", $.quantity),
        seq("approvers", $._texts),
        seq("release", $._text, "to", $._text),
        seq("expire", "after", $.quantity, "then", $._disposition)
      ),
    uninspectable: ($) => seq("uninspectable", "{", repeat($.answer), "}"),
    answer: ($) =>
      seq(
        "if", choice("unknown", commaSep1($.reason)), optional(seq("on", $._names)), "then",
        choice("ignore", repeat1($.action))
      ),
    reason: ($) => seq($.name, optional(seq("(", $._names, ")"))),

    rule: ($) =>
      seq(
        optional("mandatory"), "rule", field("name", $.name), optional(field("title", $._text)), "{",
        repeat($._clause), "}"
      ),
    _clause: ($) =>
      choice(
        $.level,
        seq(choice("on", "label"), $._names),
        seq(choice("when", "unless"), $._expression),
        seq("then", repeat1($.action)),
        $.answer
      ),
    exempt: ($) =>
      seq("exempt", field("name", $.name), "from", commaSep1($.target), "{", "when", $._expression, "}"),
    target: ($) => choice($._path, seq("label", $.name), seq("unknown", $.reason)),
    score: ($) => seq("score", field("name", $.name), "{", repeat(seq($._weight, "when", $._expression)), "}"),
    template: ($) => seq("template", field("name", $.name), "{", repeat($.version), "}"),
    version: ($) => seq(field("language", $.name), "{", "subject", $._text, "body", $._text, "}"),

    test: ($) => seq("test", field("title", $._text), "{", repeat(choice($.given, $.assume, $.expect)), "}"),
    given: ($) => seq("mail", $._text, optional($.name), "from", $._text, "to", $._texts),
    assume: ($) =>
      seq(
        "assume", $.fact,
        choice(seq("is", choice($._operand, seq("unknown", "because", commaSep1($.reason)))), seq("not", "exists"))
      ),
    expect: ($) =>
      seq(
        "expect", choice($.action, seq("no", "notice"), seq(field("rule", $._path), $.outcome)),
        optional(seq("for", $._text))
      ),
    outcome: ($) =>
      choice("fires", "quiet", "undetermined", seq("exempted", "by", choice($._path, "unless"))),

    // Conditions. `and` and `or` never mix on one level; a tree that mixes them is the checker's to refuse.
    _expression: ($) => choice($._term, $.and, $.or),
    and: ($) => prec.left(2, seq($._expression, "and", $._expression)),
    or: ($) => prec.left(1, seq($._expression, "or", $._expression)),
    _term: ($) =>
      choice(
        $.group, $.not, $.selection, $.quantified, $.inside, $.count_of_matches, $.count, $.sum, $.comparison
      ),
    group: ($) => seq("(", $._expression, ")"),
    not: ($) => seq("not", choice($.group, $.fact)),
    selection: ($) =>
      seq(
        choice(seq("any", "of"), seq("all", "of"), seq("at", "least", $._plain_bound, "of")), "(",
        commaSep1($._expression), ")"
      ),
    quantified: ($) =>
      seq(choice("any", "every", "no"), $._path, optional(seq("as", field("binding", $.name))), $.where),
    where: ($) => seq("where", "(", $._expression, ")"),
    inside: ($) => seq("inside", $.choice),
    count_of_matches: ($) => seq("count", "of", "matches", $.regex, "in", $.fact, $._order, $._bound),
    count: ($) => seq("count", "of", optional("distinct"), $._path, optional($.where), $._order, $._bound),
    _bound: ($) => choice($.quantity, $.name),
    _plain_bound: ($) => choice($.number, $.name),
    sum: ($) => seq("sum", "of", $._path, optional($.where), $._order, $._bound),
    comparison: ($) =>
      seq(
        $._operand,
        optional(
          choice(
            seq($._order, $._operand),
            seq("is", optional("not"), $.choice),
            seq(optional("not"), $.relation)
          )
        )
      ),
    relation: ($) =>
      choice(
        "exists",
        seq("in", choice($._path, $._operands)),
        seq("mentions", $._path, optional(seq("at", $._plain_bound)), optional(seq("in", "total"))),
        seq("matches", choice($.regex, seq(choice("any", "all"), "of", "(", commaSep1($.regex), ")"))),
        seq(
          choice("contains", "under", seq("starts", "with"), seq("ends", "with"), seq("looks", "like")), $.choice
        )
      ),
    choice: ($) => seq(optional("exactly"), choice($._operand, seq(choice("any", "all"), "of", $._operands))),
    _operands: ($) => seq("(", commaSep1($._operand), ")"),
    _order: () => choice("<", "<=", ">", ">="),
    _operand: ($) => choice($.fact, $._literal, $.otherwise),
    otherwise: ($) => seq(choice($.fact, $._literal), "otherwise", $._operand),
    fact: ($) => seq($._path, optional($._text), optional(seq("as", "number"))),

    action: ($) =>
      choice(
        $._disposition,
        seq("tag", "subject", $._text),
        seq("add", "header", $._text, $._operand),
        seq("remove", "header", $._text),
        "strip",
        seq("disclaimer", $.name),
        seq(choice("redirect", "copy"), "to", $._text),
        seq("log", optional($._text)),
        $.notify
      ),
    notify: ($) =>
      seq(
        "notify", commaSep1(choice($.name, $._text)), optional(seq("using", $.name)),
        optional(seq("even", "unauthenticated")), optional(seq("except", "when", $._expression))
      ),
    _disposition: ($) =>
      choice(
        seq("deliver", optional(seq("via", $.name))), "defer", seq("quarantine", $.name), seq("reject", $._text),
        "discard"
      ),

    _names: ($) => commaSep1($.name),
    _texts: ($) => commaSep1($._text),
    _literal: ($) => choice($._text, $.quantity, $.date, "true", "false"),
    quantity: ($) => seq(optional("-"), $.number, optional($.unit)),
    _weight: ($) => choice(seq(optional("-"), $.number), $.name),
    unit: () =>
      choice(
        "B", "KB", "MB", "GB", "KiB", "MiB", "GiB", "second", "seconds", "minute", "minutes", "hour", "hours", "day",
        "days", "week", "weeks"
      ),

    _path: ($) => choice($.name, $.path),
    name: () => /[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*/,
    path: () => /[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*(\.[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*)+/,
    number: () => /\d+(\.\d+)?/,
    date: () => /\d{4}-\d{2}-\d{2}/,
    _text: ($) => choice($.block, $.text),
    text: () => /"([^"\\\n]|\\[^\n])*"/,
    block: () => /"""([^"\\]|\\(.|\n)|"[^"]|""[^"])*"""/,
    regex: () => /\/([^\/\\\n*]|\\[^\n])([^\/\\\n]|\\[^\n])*\/[a-z]*/,
    comment: () => /#[^\n]*/,
  },
});
