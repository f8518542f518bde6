; Colours of the Lazaret policy language.

[
  "define" "dictionary" "exempt" "group" "import" "list" "mandatory" "parameter" "policy" "rule"
  "score" "setting" "template" "test" "uninspectable"
] @keyword

[
  "admin" "after" "allow" "approvers" "assume" "auth-servers" "because" "body" "by" "checked" "deny"
  "description" "domains" "edition" "even" "except" "exempted" "expect" "expire" "fires" "for"
  "from" "header" "if" "ignore" "keep" "label" "language" "least" "like" "limits" "mail" "networks"
  "notice" "number" "on" "phrase" "quiet" "regex" "release" "subject" "take" "then" "threshold"
  "times" "timezone" "to" "total" "unauthenticated" "undetermined" "unless" "up" "using" "via"
  "when" "with" "within" "word" "words"
] @keyword

[
  "add" "copy" "defer" "deliver" "discard" "disclaimer" "log" "notify" "quarantine" "redirect"
  "reject" "remove" "strip" "tag"
] @function.builtin

[
  "all" "and" "any" "as" "at" "contains" "count" "distinct" "ends" "every" "exactly" "exists" "in"
  "inside" "is" "looks" "matches" "mentions" "no" "not" "of" "or" "otherwise" "starts" "sum" "under"
  "where"
] @keyword.operator

[
  "false" "true" "unknown"
] @constant.builtin

[
  "<" "<=" ">" ">=" "="
] @operator

[
  "{" "}" "(" ")"
] @punctuation.bracket

"," @punctuation.delimiter

(comment) @comment
(text) @string
(block) @string
(regex) @string.regexp
(number) @number
(date) @number
(unit) @type.builtin
(fact (name) @variable)
(fact (path) @variable)
(reason (name) @constant)
(policy name: (name) @namespace)
(import module: (_) @namespace)
(parameter name: (name) @variable.parameter)
(argument name: (name) @variable.parameter)
(list name: (name) @constant)
(list type: (name) @type)
(dictionary name: (name) @constant)
(define name: (name) @function)
(setting name: (name) @constant)
(area name: (name) @label)
(rule name: (name) @function)
(exempt name: (name) @function)
(score name: (name) @constant)
(template name: (name) @constant)
