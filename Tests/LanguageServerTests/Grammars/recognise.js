// Reads grammar.js without tree-sitter: checks that every name it uses is defined, prints its words, and recognises files
// by an Earley parser over its tokens. It does not show that tree-sitter finds no conflict in its tables.
const fs = require("fs");
const path = require("path");

const norm = (x) => (typeof x === "string" ? { type: "STRING", value: x } : x instanceof RegExp ? { type: "PATTERN", value: x.source } : x);
global.seq = (...m) => ({ type: "SEQ", members: m.map(norm) });
global.choice = (...m) => ({ type: "CHOICE", members: m.map(norm) });
global.repeat = (x) => ({ type: "REPEAT", content: norm(x) });
global.repeat1 = (x) => ({ type: "SEQ", members: [norm(x), { type: "REPEAT", content: norm(x) }] });
global.optional = (x) => ({ type: "CHOICE", members: [norm(x), { type: "SEQ", members: [] }] });
global.field = (_, x) => norm(x);
const keep = (...a) => norm(a[a.length - 1]);
global.prec = Object.assign(keep, { left: keep, right: keep });
global.token = Object.assign(keep, { immediate: keep });

let rules = {};
global.grammar = (g) => {
  const used = new Set();
  const $ = new Proxy({}, { get: (_, name) => (used.add(name), { type: "SYMBOL", name }) });
  for (const [name, rule] of Object.entries(g.rules)) rules[name] = norm(rule($));
  g.extras($).map(norm);
  g.word($);
  for (const name of used) if (!rules[name]) throw new Error("grammar.js uses " + name + ", which it does not define");
  return g;
};
require(path.resolve(process.argv[2]));

// Flat productions: nonterminal -> [[symbol…]…]; a terminal is {text} or {pattern}.
const productions = new Map();
const words = new Set();
let fresh = 0;
const terminals = Object.entries(rules).filter(([, r]) => r.type === "PATTERN");
const add = (name, bodies) => productions.set(name, bodies);
const flat = (node) => {
  switch (node.type) {
    case "STRING": words.add(node.value); return [["'" + node.value]];
    case "SYMBOL": return [[rules[node.name].type === "PATTERN" ? "/" + node.name : node.name]];
    case "SEQ": return node.members.reduce((heads, m) => { const tails = named(m); return heads.map((h) => [...h, ...tails]); }, [[]]);
    case "CHOICE": return node.members.flatMap(flat);
    case "REPEAT": { const name = "~" + fresh++; add(name, [[], ...flat(node.content).map((b) => [name, ...b])]); return [[name]]; }
  }
};
const named = (node) => {
  const bodies = flat(node);
  if (bodies.length === 1) return bodies[0];
  const name = "~" + fresh++;
  add(name, bodies);
  return [name];
};
for (const [name, rule] of Object.entries(rules)) if (rule.type !== "PATTERN") add(name, flat(rule));

const patterns = terminals.map(([name, r]) => [name, new RegExp(r.value, "y")]);
const symbols = [...words].filter((w) => !/^[a-z]/i.test(w)).sort((a, b) => b.length - a.length);
const lex = (text) => {
  const tokens = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at])) { at++; continue; }
    let best = null;
    for (const [name, re] of patterns) {
      re.lastIndex = at;
      const m = re.exec(text);
      if (m && (!best || m[0].length > best.text.length)) best = { name, text: m[0], at };
    }
    if (!best) {
      const s = symbols.find((w) => text.startsWith(w, at));
      if (!s) throw new Error("nothing matches at " + at);
      best = { name: "", text: s, at };
    }
    at += best.text.length;
    if (best.name !== "comment") tokens.push(best);
  }
  return tokens;
};
const reserved = new Set(JSON.parse(process.argv[3]));
const fits = (symbol, token) =>
  symbol[0] === "'" ? token.text === symbol.slice(1)
    : symbol[0] === "/" ? token.name === symbol.slice(1) && !(token.name === "name" && reserved.has(token.text)) : false;

const nullable = new Set();
for (let grew = true; grew; ) {
  grew = false;
  for (const [n, bodies] of productions)
    if (!nullable.has(n) && bodies.some((b) => b.every((s) => nullable.has(s)))) { nullable.add(n); grew = true; }
}
const recognise = (tokens) => {
  let sets = [new Map()];
  const put = (set, item) => { const k = item.n + "|" + item.b + "|" + item.d + "|" + item.o; if (!set.has(k)) { set.set(k, item); return true; } };
  productions.get("source_file").forEach((_, b) => put(sets[0], { n: "source_file", b, d: 0, o: 0 }));
  for (let i = 0; i <= tokens.length; i++) {
    const set = sets[i];
    const next = new Map();
    for (const item of set.values()) {
      const body = productions.get(item.n)[item.b];
      if (item.d === body.length) {
        for (const waiting of sets[item.o].values()) {
          const s = productions.get(waiting.n)[waiting.b][waiting.d];
          if (s === item.n) put(set, { ...waiting, d: waiting.d + 1 });
        }
        continue;
      }
      const s = body[item.d];
      if (productions.has(s)) {
        productions.get(s).forEach((_, b) => put(set, { n: s, b, d: 0, o: i }));
        if (nullable.has(s)) put(set, { ...item, d: item.d + 1 });
      } else if (i < tokens.length && fits(s, tokens[i])) put(next, { ...item, d: item.d + 1 });
    }
    if (i < tokens.length && next.size === 0) return tokens[i];
    sets.push(next);
  }
  const whole = [...sets[tokens.length].values()].some((x) => x.n === "source_file" && x.o === 0 && x.d === productions.get(x.n)[x.b].length);
  return whole ? null : { text: "the end", at: -1 };
};

console.log("words " + [...words].filter((w) => /^[a-z]/i.test(w)).sort().join(" "));
for (const file of process.argv.slice(4)) {
  const text = fs.readFileSync(file, "utf8");
  const fault = recognise(lex(text));
  console.log(fault ? "fault " + file + ":" + text.slice(0, fault.at).split("\n").length + ": " + fault.text : "good " + file);
}
