// Runs the extension for Visual Studio Code outside of it, with a language client that speaks to the real server: opens a
// policy with one fault, waits for its diagnostic, mends it, waits until that is gone, and ends. Prints what happened.
// Arguments: the extension, the executable, the folder of modules, the policy.
const { spawn } = require("child_process");
const fs = require("fs");
const Module = require("module");
const { pathToFileURL } = require("url");

const [extension, executable, modules, policy] = process.argv.slice(2);
const tell = (...words) => console.log(words.join(" "));
const settings = { path: executable, modulePath: [modules] };
const watched = [];
const vscode = {
  workspace: {
    getConfiguration: (section) => ({
      get: (key, otherwise) => (section === "lazaret" && key in settings ? settings[key] : otherwise),
    }),
    createFileSystemWatcher: (glob) => (watched.push(glob), { dispose() {} }),
  },
};

// The calls of `vscode-languageclient` that the extension makes, and the messages that stand behind them.
class LanguageClient {
  constructor(id, name, server, client) {
    Object.assign(this, { id, name, server, client, waiting: new Map(), published: [], number: 0 });
  }
  async start() {
    tell("runs", this.server.args.map((a) => (a === modules ? "MODULES" : a)).join(" "));
    this.child = spawn(this.server.command, this.server.args, { stdio: ["pipe", "pipe", "inherit"] });
    this.ended = new Promise((done) => this.child.on("exit", done));
    let data = Buffer.alloc(0);
    this.child.stdout.on("data", (piece) => {
      data = Buffer.concat([data, piece]);
      for (let end; (end = data.indexOf("\r\n\r\n")) >= 0; ) {
        const length = Number(/Content-Length: (\d+)/i.exec(data.toString("latin1", 0, end))[1]);
        if (data.length < end + 4 + length) return;
        this.take(JSON.parse(data.toString("utf8", end + 4, end + 4 + length)));
        data = data.subarray(end + 4 + length);
      }
    });
    const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
    const { capabilities: own } = await this.request("initialize", { processId: process.pid, rootUri: null, capabilities });
    tell("hover", Boolean(own.hoverProvider));
    this.send({ method: "initialized", params: {} });
  }
  async stop() {
    await this.request("shutdown");
    this.send({ method: "exit" });
    tell("ended", await this.ended);
  }
  take(message) {
    if (message.method === "textDocument/publishDiagnostics") this.published.push(message.params.diagnostics);
    else if (message.method && "id" in message) this.send({ id: message.id, result: null });
    else if ("id" in message) this.waiting.get(message.id)?.(message.result);
    this.look?.();
  }
  send(message) {
    const text = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.child.stdin.write(`Content-Length: ${text.length}\r\n\r\n`);
    this.child.stdin.write(text);
  }
  request(method, params) {
    const id = ++this.number;
    this.send({ id, method, params });
    return new Promise((done) => this.waiting.set(id, done));
  }
  until(count) {
    return new Promise((done) => {
      this.look = () => { if (this.published.at(-1)?.length === count) done(this.published.at(-1)); };
      this.look();
    });
  }
}

let client;
const load = Module._load;
Module._load = (name, ...rest) => {
  if (name === "vscode") return vscode;
  if (name === "vscode-languageclient/node")
    return { LanguageClient: class extends LanguageClient { constructor(...a) { super(...a); client = this; } } };
  return load(name, ...rest);
};

(async () => {
  const { activate, deactivate } = require(extension);
  await activate();
  tell("documents", JSON.stringify(client.client.documentSelector), "files", watched.join(" "));
  const uri = pathToFileURL(policy).href;
  const text = fs.readFileSync(policy, "utf8");
  client.send({
    method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "lazaret", version: 1, text } },
  });
  for (const found of await client.until(1)) tell(found.code, found.range.start.line + ":" + found.range.start.character);
  const mended = text.replace("tsl", "tls");
  client.send({
    method: "textDocument/didChange",
    params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: mended }] },
  });
  await client.until(0);
  tell("mended");
  await deactivate();
})().catch((error) => { console.log(String(error.stack)); process.exit(1); });
