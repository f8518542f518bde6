// Writes the parser that grammar.js describes as a Bison grammar, so that Bison's canonical LR(1) tables show its
// conflicts. Printed: the grammar. An error where tree-sitter itself would refuse grammar.js before it makes tables.
//
// As tree-sitter prepares a grammar: each sequence of choices becomes flat productions without empty ones, a repetition
// becomes a symbol of its own, shared within a rule, and what has a pattern is a terminal. `word` and `extras` concern
// the lexer alone. tree-sitter settles a shift against a reduction by the precedence of the reduced production and of
// those that shift, and at the same precedence by the former's side; it reports the rest, as it does two reductions.
// Here `prec.left(n)` gives its production and the words of it level n. A production without precedence is marked by a
// name that has no level, or Bison would take that of its last word and keep silent.
const path = require("path");

const node = (x) =>
  typeof x === "string" ? { type: "STRING", value: x } : x instanceof RegExp ? { type: "PATTERN", value: x.source } : x;
const refuse = (why) => { throw new Error(why); };
global.seq = (...m) => ({ type: "SEQ", members: m.map(node) });
global.choice = (...m) => ({ type: "CHOICE", members: m.map(node) });
global.repeat1 = (x) => ({ type: "REPEAT1", content: node(x) });
global.repeat = (x) => choice(repeat1(x), { type: "BLANK" });
global.optional = (x) => choice(x, { type: "BLANK" });
global.field = (_, x) => node(x);
const untranslated = (what) => () => refuse(what + " is not translated");
global.prec = Object.assign(untranslated("plain prec"), {
  left: (level, x) => ({ type: "PREC", level, content: node(x) }),
  right: untranslated("prec.right"), dynamic: untranslated("prec.dynamic"),
});
for (const name of ["token", "alias", "reserved"]) global[name] = untranslated(name);

const rules = {};
global.grammar = (g) => {
  const $ = new Proxy({}, { get: (_, name) => ({ type: "SYMBOL", name }) });
  const understood = ["name", "extras", "word", "rules"];
  for (const key of Object.keys(g)) if (!understood.includes(key)) refuse(key + " of grammar.js is not translated");
  for (const [name, rule] of Object.entries(g.rules)) rules[name] = node(rule($));
  g.used = [...g.extras($), g.word($)].map(node).filter((x) => x.type === "SYMBOL").map((x) => x.name);
  return (global.read = g);
};
require(path.resolve(process.argv[2]));

const isTerminal = (name) => (rules[name] ?? refuse(name + " is not defined")).type === "PATTERN";
const terminals = new Map();
const terminal = (key) => {
  if (!terminals.has(key)) terminals.set(key, "T" + terminals.size);
  return terminals.get(key);
};

// A body is {symbols, level}; the level is that which encloses its last symbol, as a reduction's precedence is.
const productions = new Map();
const used = new Set(read.used);
const flat = (owner, x, level) => {
  switch (x.type) {
    case "BLANK": return [{ symbols: [], level }];
    case "STRING": return [{ symbols: [terminal("'" + x.value + "'")], level }];
    case "PATTERN": return refuse("a pattern stands within " + owner);
    case "SYMBOL":
      used.add(x.name);
      return [{ symbols: [isTerminal(x.name) ? terminal(x.name) : x.name], level }];
    case "CHOICE": return x.members.flatMap((m) => flat(owner, m, level));
    case "PREC": return flat(owner, x.content, x.level > 0 ? x.level : refuse("a level is a number above 0"));
    case "SEQ":
      return x.members.reduce(
        (heads, m) => {
          const tails = flat(owner, m, level);
          return heads.flatMap((h) => tails.map((t) => ({
            symbols: [...h.symbols, ...t.symbols], level: t.symbols.length ? t.level : h.level,
          })));
        },
        [{ symbols: [], level }]);
    case "REPEAT1": {
      const name = owner + "_repeat_" + owners(owner, JSON.stringify(x.content));
      if (!productions.has(name)) {
        productions.set(name, []);
        const bodies = flat(owner, x.content, undefined);
        if (bodies.some((b) => b.symbols.length === 0)) refuse("a repetition in " + owner + " matches nothing");
        productions.set(name, bodies.flatMap((b) => [b, { symbols: [name, ...b.symbols], level: b.level }]));
      }
      return [{ symbols: [name], level }];
    }
    default: return refuse(x.type);
  }
};
const contents = new Map();
const owners = (owner, content) => {
  const known = contents.get(owner) ?? contents.set(owner, []).get(owner);
  return known.includes(content) ? known.indexOf(content) : known.push(content) - 1;
};

const start = Object.keys(rules)[0];
for (const [name, rule] of Object.entries(rules)) {
  if (rule.type === "PATTERN") {
    // Only what a finite automaton can read, and never nothing.
    if (/\(\?[=!<]|\\[1-9bB]|\^|\$/.test(rule.value.replace(/\[\^/g, "[")) || new RegExp("^(?:" + rule.value + ")$").test(""))
      refuse("tree-sitter takes no such pattern: " + name);
    continue;
  }
  const bodies = flat(name, rule, undefined);
  if (name !== start && bodies.some((b) => b.symbols.length === 0)) refuse(name + " matches nothing");
  productions.set(name, bodies);
}
for (const name of Object.keys(rules)) if (name !== start && !used.has(name)) refuse(name + " is never used");

const levels = new Map();
for (const bodies of productions.values())
  for (const { symbols, level } of bodies)
    for (const symbol of level ? symbols.filter((s) => /^T\d+$/.test(s)) : []) {
      if (levels.has(symbol) && levels.get(symbol) !== level) refuse("a word has two levels");
      levels.set(symbol, level);
    }
const lines = [...terminals].map(([key, t]) => `%token ${t} ${JSON.stringify(key)}`);
lines.push("%token NONE");
for (const level of [...new Set(levels.values())].sort((a, b) => a - b))
  lines.push(`%left LEVEL${level} ${[...levels].filter(([, l]) => l === level).map(([t]) => t).join(" ")}`);
lines.push(`%start ${start}`, "%%");
for (const [name, bodies] of productions) {
  const alternatives = bodies.map(
    ({ symbols, level }) => (symbols.join(" ") || "%empty") + " %prec " + (level ? "LEVEL" + level : "NONE"));
  lines.push(`${name}: ${[...new Set(alternatives)].join("\n  | ")};`);
}
console.log(lines.join("\n"));
